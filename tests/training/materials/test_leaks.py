"""Nothing of a staff material at any address of the site for whom it is not: every address, every kind of reader."""

import json
from html import unescape
from urllib.parse import unquote

import pytest
from django.urls import reverse

from search import suggesting
from suite.body.from_text import blocks_from_text
from suite.publishing.domain.lifecycle import approve, submit
from suite.roles.domain import group
from tests.training.materials.made import kept_photo, kept_slides
from tests.training.quizzes.staging import single
from tests.training.videos.files import mp4
from training.domain.lifecycle import quizzes, videos
from training.models import MaterialIndexPage, MaterialPicture, Quiz, Video

pytestmark = pytest.mark.pdf

TITLE = "银杏预案演练"
# What stands in the page, on its slides, under its pictures, in its captions.
WORDS = (TITLE, "水杉暗号", "枫香路线", "香樟水位尺", "乌桕口令")
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n乌桕口令\n"


class Material:
    """One with everything: text, three slides, two pictures, a video with captions; live."""

    def __init__(self, page, section, video):
        self.page, self.section, self.video = page, section, video

    def at(self, name, *keys):
        return reverse(name, args=keys)

    @property
    def kind(self):
        return "training-handout" if self.page.audience == "staff" else "training-material"


# The material's own addresses: its readers get 200.
OWN = {
    "page": lambda one: one.page.url,
    "sheet": lambda one: one.at("training_materials_sheet", one.page.pk, 2),
    "sheet's picture": lambda one: one.at("training_materials_picture", one.page.pk, 1, 2),
    "picture of the series": lambda one: one.at("training_materials_picture", one.page.pk, 1, 4),
    "PDF": lambda one: one.at("training_materials_file", one.page.pk),
    "video": lambda one: one.at("training_video_play", one.video.pk),
    "video, whole": lambda one: one.at("training_video_download", one.video.pk),
    "captions": lambda one: one.at("training_video_captions", one.video.pk),
    "hand-out": lambda one: one.at("printing:document", one.kind, one.page.pk),
}
# For who writes and keeps it: no reader, whoever it is for, gets anything.
EDITORS = {
    "progress of the file": lambda one: one.at("training_materials_file_state", one.page.file.pk),
    "progress in numbers": lambda one: one.at("training_materials_file_progress", one.page.file.pk),
    "drawn sheet": lambda one: one.at("training_materials_draft_picture", one.page.file.pk, 1),
    "uploaded file": lambda one: one.at("training_materials_draft_file", one.page.file.pk),
    "uploaded picture": lambda one: one.at("training_materials_draft_file", one.page.pictures.first().file.pk),
    "video on the desk": lambda one: one.at("training_videos_one", one.video.pk),
    "videos on the desk": lambda one: one.at("training_videos"),
    "form": lambda one: one.at("wagtailadmin_pages:edit", one.page.pk),
    "preview": lambda one: one.at("wagtailadmin_pages:view_draft", one.page.pk),
    "history": lambda one: one.at("wagtailadmin_pages:history", one.page.pk),
    "usage": lambda one: one.at("wagtailadmin_pages:usage", one.page.pk),
    "revision": lambda one: one.at("wagtailadmin_pages:revisions_view", one.page.pk, one.page.live_revision_id),
    "admin API": lambda one: f"/admin/api/main/pages/{one.page.pk}/",
    "admin search": lambda one: f"{reverse('wagtailadmin_pages:search')}?q={TITLE}",
    "register of videos": lambda one: one.at("training_video_modeladmin_index"),
}
# Papers of the wrong kind, and as Word: there are none, for nobody.
NEVER = {
    "hand-out of the other kind": lambda one: one.at(
        "printing:document", {"training-handout": "training-material"}.get(one.kind, "training-handout"), one.page.pk
    ),
    "hand-out as Word": lambda one: one.at("printing:docx", one.kind, one.page.pk),
    "API": lambda one: f"/api/v2/pages/{one.page.pk}/",
}
# Lists in which a material for villagers stands.
LISTS = {
    "section": lambda one: one.section.url,
    "section, by words": lambda one: f"{one.section.url}?q=银杏",
    "section, by kind": lambda one: f"{one.section.url}?kind=slides",
    "search, by title": lambda one: "/search/?q=银杏预案",
    "search, by text": lambda one: "/search/?q=水杉暗号",
    "search, by slides": lambda one: "/search/?q=枫香路线",
    "search, by captions of pictures": lambda one: "/search/?q=香樟水位尺",
    "search, by kind": lambda one: "/search/?q=银杏&kind=material",
    "titles on offer": lambda one: "/search/suggest/?q=银杏预",
    "titles on offer, by kind": lambda one: "/search/suggest/?q=银杏预&kind=material",
    "did you mean": lambda one: "/search/?q=银杏预按演练",
}
# Lists of other things.
ELSEWHERE = {
    "home": lambda one: "/",
    "feed of notices": lambda one: reverse("pages:notice_feed"),
    "calendar": lambda one: reverse("training_courses_calendar"),
    "open data": lambda one: reverse("guides:data"),
    "sitemap": lambda one: "/sitemap.xml",
    "robots": lambda one: "/robots.txt",
    "a page that is not there": lambda one: f"{one.page.url}nowhere/",
    "papers": lambda one: "/z/",
    "draws": lambda one: reverse("draw:index"),
}
READERS = {
    "a stranger, of a material for staff": (None, {}),
    "somebody without the role": ("赵", {"roles": ["head"]}),
    "somebody of another unit": ("赵", {"units": ["office"]}),
    "somebody with neither": ("孙", {"roles": ["head"], "units": ["office"]}),
    "a stranger, of a material for a role": (None, {"roles": ["head"]}),
}


@pytest.fixture
def make(section, draft_material, publish, editors, township, search_index):
    """make(audience="staff", roles=(…), units=(…)): such a `Material`, in a section that is live."""

    def whole(audience="staff", roles=(), units=()):
        live_section = _published(section, editors)
        video = videos.keep_whole("演练录像", "a.mp4", [mp4()], len(mp4()), editors.editor)
        video = videos.set_captions(Video.objects.get(pk=video.pk), VTT, editors.editor)
        draft = draft_material(
            TITLE,
            kind="slides",
            audience=audience,
            file=kept_slides(editors.editor, "第一页", "枫香路线", "第三页"),
            video=video,
            body=blocks_from_text("水杉暗号写在这里。"),
            roles=[group(name) for name in roles],
            units=[getattr(township.units, name) for name in units],
        )
        draft.pictures = [
            MaterialPicture(file=kept_photo(editors.editor, "red"), caption="香樟水位尺", sort_order=0),
        ]
        draft.save_revision(user=editors.editor)
        page = publish(draft)
        search_index()
        suggesting.learn()
        return Material(page, live_section, video)

    return whole


def _published(section, editors):
    section.save_revision(user=editors.editor)
    submit(section, editors.editor)
    approve(section, editors.checker)
    return MaterialIndexPage.objects.get(pk=approve(section, editors.approver).pk)


def said(response):
    """Whatever an answer says, headers too."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    words = content.decode("utf-8", "replace")
    if "json" in response.get("Content-Type", ""):
        words += json.dumps(json.loads(content), ensure_ascii=False)
    return unquote(unescape(words + str(dict(response.headers))))


def asked(client, url):
    """The answer, without what is only the question said back."""
    response = client.get(url)
    words = said(response)
    return response.status_code, [word for word in WORDS if word in words and word not in unquote(url)]


def test_each_reader_finds_it_at_every_address_of_its_own(client, make, township):
    material = make(roles=["head"])
    client.force_login(township.user("王"))
    assert {name: asked(client, url(material))[0] for name, url in OWN.items()} == dict.fromkeys(OWN, 200)


def test_everybody_finds_one_for_villagers_in_every_list(client, make):
    material = make(audience="villagers")
    found = {name: asked(client, url(material)) for name, url in LISTS.items()}
    assert {name: (status, bool(words)) for name, (status, words) in found.items()} == dict.fromkeys(LISTS, (200, True))
    assert {asked(client, url(material))[0] for url in OWN.values()} == {200}


@pytest.mark.parametrize(("name", "narrowed"), READERS.values(), ids=READERS)
def test_nobody_else_finds_anything_of_it_anywhere(client, make, township, name, narrowed):
    material = make(**narrowed)
    if name:
        client.force_login(township.user(name))
    own = {address: asked(client, url(material)) for address, url in (OWN | EDITORS | NEVER).items()}
    assert [address for address, (status, words) in own.items() if status == 200 or words] == []
    lists = {address: asked(client, url(material)) for address, url in (LISTS | ELSEWHERE).items()}
    assert {address: words for address, (_status, words) in lists.items() if words} == {}
    assert [address for address in LISTS if lists[address][0] != 200] == []


def test_its_readers_see_nothing_that_is_for_its_editors(client, make, township):
    material = make()
    client.force_login(township.user("李"))
    found = {address: asked(client, url(material)) for address, url in (EDITORS | NEVER).items()}
    assert [address for address, (status, words) in found.items() if status == 200 or words] == []
    # The search is the same for everybody: not even its readers find it there, they do in the section.
    lists = [name for name, url in LISTS.items() if asked(client, url(material))[1]]
    assert lists == ["section", "section, by words", "section, by kind"]


@pytest.mark.parametrize(("name", "found"), [("赵", []), ("王", [TITLE])])
def test_a_quiz_names_the_material_to_read_first_to_its_readers_only(client, make, township, name, found):
    material, quiz = make(roles=["head"]), Quiz.objects.create(title="小测", pass_mark=50, tries=3)
    Quiz.objects.filter(pk=quiz.pk).update(material=material.page.pk)
    quiz.people.set([township.people[name]])
    quizzes.replace_questions(quiz, [single()], township.user("周"))
    quizzes.open_quiz(quiz, township.user("周"))
    client.force_login(township.user(name))
    for address in (reverse("training_quizzes_quiz", args=[quiz.pk]), reverse("training_quizzes_mine")):
        status, words = asked(client, address)
        assert (status, words) == (200, found if address.endswith(f"{quiz.pk}/") else [])
