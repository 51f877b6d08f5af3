"""What the handbook quotes stands on the screens, and its ways lead there.

Three kinds of quotation, as the handbook's own first page says: “…” stands on a screen word for word, 「…」 is an
example (what somebody writes or says, or how the sample township calls a section), 《…》 is a chapter.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import wagtail
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from training.domain.handbook import CHAPTERS, HANDBOOK

CATALOGUE = "**/locale/zh_Hans/LC_MESSAGES/django.po"
QUOTED = re.compile("“([^”]+)”")
EXAMPLE_OF_A_SECTION = re.compile("「([^」]+)」(?:和「([^」]+)」)?栏目")
CHAPTER = re.compile("《([^》]+)》")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# What a sentence with gaps has to say beside them; in a shorter one, such as “添加%(object)s”, only words that the
# product says itself fill the gaps.
FEWEST_WORDS = 4
NOT_OF_THE_HANDBOOK = {"党政机关公文格式"}  # a national standard

WAY = re.compile("(办公桌|后台)(?:左边|上点|点|的)?((?:“[^”]+”)(?:→“[^”]+”)*)")
# Who goes the ways of a chapter; what of the training is for others.
WALKERS = {
    "cadre": "cadre",
    "leader": "leader",
    "supervisor": "supervisor",
    "liaison": "liaison",
    "editor": "editor",
    "checker": "checker",
    "guides": "editor",
    "search": "editor",
    "printing": "editor",
    "hearings": "efficiency_office",
    "commitments": "efficiency_office",
    "training": "efficiency_office",
}
BY_THE_SYSTEM_ADMINISTRATOR = {"发文字号"}


def text_of(chapter):
    return Path(HANDBOOK, f"{chapter}.md").read_text(encoding="utf-8")


@cache
def on_screens():
    """Everything the product can say: whole sentences, and patterns of those with gaps.

    Wagtail's own words count where the office has no better ones for the same thing.
    """
    wagtails = Path(wagtail.__file__).parent.glob(CATALOGUE)
    ours = [*Path(settings.BASE_DIR, "site").glob(CATALOGUE), *Path(settings.BASE_DIR, "search").glob(CATALOGUE)]
    said = {}
    for catalogue in [*wagtails, *ours]:
        with catalogue.open("rb") as file:
            for message in read_po(file):
                english = message.id if isinstance(message.id, str) else message.id[0]
                chinese = [message.string] if isinstance(message.string, str) else message.string
                said[message.context, english] = chinese
    sentences = {sentence.strip() for chinese in said.values() for sentence in chinese if sentence.strip()}
    return sentences, [
        (
            re.compile(r"\s*(.+?)\s*".join(re.escape(part.strip()) for part in PLACEHOLDER.split(one))),
            len("".join(PLACEHOLDER.split(one))) >= FEWEST_WORDS,
        )
        for one in sentences
        if PLACEHOLDER.search(one) and PLACEHOLDER.sub("", one).strip("：:，。（）“” ")
    ]


def stands_on_a_screen(words):
    """Whether the product says so; in a sentence with gaps, 「…」 is an example of what stands in one."""
    sentences, gapped = on_screens()
    if words in sentences:
        return True
    words = words.replace("「", "“").replace("」", "”")
    for pattern, says_enough in gapped:
        found = pattern.fullmatch(words)
        if found and (says_enough or all(gap in sentences for gap in found.groups())):
            return True
        # Titles of the desk go on with what they are about.
        if says_enough and pattern.fullmatch(f"{words}：甲"):
            return True
    return False


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_a_chapter_puts_in_quotation_marks_stands_on_a_screen(chapter):
    quoted = QUOTED.findall(text_of(chapter))
    assert quoted
    assert [words for words in quoted if not stands_on_a_screen(words)] == []


def test_words_that_no_screen_says_are_found_out():
    assert stands_on_a_screen("我的学习")
    assert stands_on_a_screen("审批2份月承诺")
    assert stands_on_a_screen("添加办事指南")
    assert not stands_on_a_screen("添加甲乙")
    assert not stands_on_a_screen("我的学习学习")
    assert not stands_on_a_screen("审批月承诺书")
    assert not stands_on_a_screen("甲：乙")


def test_sections_that_are_given_as_examples_are_those_of_the_sample_township():
    named = {name for key in CHAPTERS for names in EXAMPLE_OF_A_SECTION.findall(text_of(key)) for name in names if name}
    sample = "".join(
        path.read_text(encoding="utf-8")
        for path in Path(settings.BASE_DIR, "site").rglob("*.py")
        if "sample" in path.as_posix() or path.name == "demo.py"
    )
    assert named
    assert [name for name in sorted(named) if f'title="{name}"' not in sample and f'"{name}"' not in sample] == []


def test_chapters_that_a_chapter_names_are_called_so():
    titles = {text_of(key).splitlines()[0].removeprefix("# ") for key in CHAPTERS}
    named = {name for key in CHAPTERS for name in CHAPTER.findall(text_of(key))}
    assert named - NOT_OF_THE_HANDBOOK <= titles
    assert named >= NOT_OF_THE_HANDBOOK


def walk(client, start, steps):
    """The steps of a way that could be gone, as somebody who looks for these very words."""
    page, gone = "", []
    if start == "后台":
        steps, menu = list(steps), sidebar(client)
        while steps and steps[0] in menu:
            gone.append(steps[0])
            below = menu[steps.pop(0)]
            if isinstance(below, str):
                page = below
                break
            menu = below
        if not steps:
            return gone if not page or client.get(page, follow=True).status_code == 200 else gone[:-1]
    page = page or reverse("desk")
    for number, step in enumerate(steps, start=1):
        answer = client.get(page, follow=True)
        soup = BeautifulSoup(answer.content, "html.parser")
        links = {" ".join(link.get_text().split()): link.get("href") for link in soup.find_all("a")}
        # The last step may be pressed, and is not here: that would do it.
        pressed = {button.get_text(strip=True) for button in soup.find_all("button")} if number == len(steps) else set()
        if step in links:
            page = answer.wsgi_request.build_absolute_uri(links[step]).removeprefix("http://testserver")
            if client.get(page, follow=True).status_code != 200:
                return gone
        elif step not in pressed:
            return gone
        gone.append(step)
    return gone


def sidebar(client):
    """Wagtail's menu of this account: labels, with an address or the menu below."""
    page = BeautifulSoup(client.get("/admin/", follow=True).content, "html.parser")
    props = json.loads(page.find(id="wagtail-sidebar-props").string)

    def below(items):
        found = {}
        for item in items:
            entry, *rest = item["_args"]
            found[entry["label"]] = below(rest[0]) if item["_type"].endswith("SubMenuItem") else entry.get("url")
        return found

    return next(below(one["_args"][0]) for one in props["modules"] if one["_type"].endswith("MainMenuModule"))


def ways(chapter):
    return [(start, QUOTED.findall(steps)) for start, steps in WAY.findall(text_of(chapter))]


def test_the_ways_of_the_handbook_are_found():
    assert ("办公桌", ["我的学习", "学习进度"]) in ways("training")
    assert ("后台", ["报表", "效能听证统计"]) in ways("leader")
    assert sum(len(ways(chapter)) for chapter in WALKERS) > 25


@pytest.mark.parametrize("chapter", WALKERS)
def test_the_ways_of_a_chapter_lead_where_it_says(chapter, township, client):
    lost = []
    for start, steps in ways(chapter):
        by = "system_admin" if steps[0] in BY_THE_SYSTEM_ADMINISTRATOR else WALKERS[chapter]
        client.force_login(get_user_model().objects.get(username=by))
        gone = walk(client, start, steps)
        if gone != steps:
            lost.append((start, steps, gone))
    assert lost == []
