"""Whatever is typed, pasted or sent by robots, on both engines, with a table of spellings and synonyms in use."""

import html as markup
import re
import string
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from modelsearch.backends import get_search_backend
from wagtail.models import Page, Site

from search import suggesting
from search.engines.ranking import RAREST
from search.models import Synonym
from search.spelling import Spelling

HAN_200 = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
# Control characters, and those that turn the direction of text.
NEVER_KEPT = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+"
MOST_QUERIES = 40
TYPED = {
    "nothing": "",
    "blanks": " \u3000\t\n",
    "one character": "宅",
    "one letter": "a",
    "ten thousand characters": "低保" * 5000,
    "ten thousand letters": "a" * 10_000,
    "punctuation": "，。！？、；：“”‘’（）《》…—·",
    "syntax of queries": '* ? ~2 ^3 "低保 AND (户 OR NOT) [a TO z] {x} title:低 -低 +低 \\ /re/',
    "operators": "AND OR NOT",
    "brackets": "([{<" * 50,
    "emoji": "😀👨\u200d👩\u200d👧🏽🇨🇳低保",
    "bidi": "\u202e低保\u202c\u2066申请\u2069\u200f\u061c",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029低保",
    "NUL": "低\x00保",
    "noncharacters": "\ufffe\uffff\U0010ffff\ufffd低保",
    "combining": "e" + "\u0301" * 199,
    "growing": "ﷺ" * 200,
    "SQL": "' OR 1=1; DROP TABLE wagtailcore_page; --",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;低保",
    "templates": "{{ query }}{% now 'Y' %}%s %(query)s {count} ${7*7}",
    "200 different characters": HAN_200,
    "the same character 200 times": "宅" * 200,
    "200 letters": "qwertyuiop" * 20,
    "200 letters of pinyin": "zhaijidi" * 25,
    "pinyin in syllables": "zhai ji di " * 18,
    "apostrophes": "xi'an'" * 33,
    "numbers of documents": "国发〔2014〕17号" * 16,
    "nearly numbers of documents": "国发〔" * 66,
    "a number with a long prefix": "国" * 190 + "〔2014〕17",
    "synonyms": "低保、五保 " * 33,
    "wrong characters": "宅基第审批" * 12,
}


@pytest.fixture(params=["whoosh", "tantivy"])
def engine(request, db, settings, tmp_path, monkeypatch):
    """Some pages in an index of each engine, a table of spellings learned from them, and synonyms."""
    backend = {"BACKEND": f"search.backends.{request.param}", "FOLDER": tmp_path / "index"}
    settings.MODELSEARCH_BACKENDS = {"default": backend}
    settings.VAR_DIR = tmp_path
    Synonym.objects.create(words="低保、最低生活保障、低保户")
    Synonym.objects.create(words="五保、特困")
    root = Site.objects.get(is_default_site=True).root_page
    for number, title in enumerate(["农村宅基地审批", "低保申请", "五保供养", "国发〔2014〕17号", HAN_200]):
        root.add_child(instance=Page(title=title, slug=f"p{number}"))
        root.refresh_from_db()
    get_search_backend().refresh_indexes()
    Spelling.learned(["农村宅基地审批办法" * 20, "低保申请" * 20, HAN_200]).save(suggesting.table())
    return get_search_backend().store(Page)


def seen(text):
    """The characters that can be seen."""
    return [character for character in text if not character.isspace()]


class Scripts(HTMLParser):
    """The scripts, images and event handlers that a browser would find, and the words it would show."""

    def __init__(self, html):
        super().__init__()
        self.found, self.shown = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [tag] if tag == "img" else [name for name, _ in attrs if name.startswith("on")]
        self.found += [tag] if tag == "script" and "src" not in dict(attrs) else []

    def handle_data(self, data):
        self.shown.append(data)


def test_the_page_answers_and_shows_what_was_typed_as_text(engine, client):
    for name, typed in TYPED.items():
        answer = client.get("/search/", {"q": typed})
        assert answer.status_code == 200, name
        html = answer.content.decode()
        assert Scripts(html).found == [], name
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u202a-\u202e\u2066-\u2069]", html), name
        box = markup.unescape(re.search(r'name="q" value="([^"]*)"', html)[1])
        assert seen(box) == seen(re.sub(NEVER_KEPT, " ", typed).strip()[:200]), name
        assert ("只按前 200 个字搜索。" in html) == (len(typed.strip()) > 200), name


def test_the_titles_on_offer_are_an_answer_too(engine, client):
    for name, typed in TYPED.items():
        answer = client.get("/search/suggest/", {"q": typed, "kind": typed})
        assert (answer.status_code, set(answer.json())) == (200, {"titles"}), name
        assert len(answer.json()["titles"]) <= 8, name


def test_nothing_that_is_typed_asks_more_of_database_or_engine_than_any_question(engine, client, monkeypatch):
    """What keeps the cost down: benchmarks/search_awkward.py measures it over thousands of pages."""
    asked = []
    search = type(engine).search
    record = lambda self, each, limit=None: asked.append(each) or search(self, each, limit)  # noqa: E731
    monkeypatch.setattr(type(engine), "search", record)

    def cost(address, typed):
        asked.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(address, {"q": typed})
        return len(queries), len(asked)

    cost("/search/", "公告")
    for name, typed in TYPED.items():
        queries, questions = cost("/search/", typed)
        # Eight wordings, each in two cuts while the dictionary is changing; the document number, the sounds.
        assert (queries <= MOST_QUERIES, questions <= 2 * 8 + 1 + 2) == (True, True), (name, queries, questions)
        # An engine looks at the rarest of these only.
        assert all(len({*each.words}) + len({*each.pairs}) <= 2 * 400 for each in asked), name
        queries, questions = cost("/search/suggest/", typed)
        assert (queries <= MOST_QUERIES // 2, questions <= 3 + 8 + 2) == (True, True), (name, queries, questions)
    assert RAREST <= 32


@pytest.mark.parametrize(
    "sent",
    [
        "q=%ED%A0%80%ED%B0%80",  # lone surrogates as bytes
        "q=%FF%FE%00",
        "q=%25%00%u4f4e",
        "q=%E4%BD",  # a character cut in two
        "q[]=1&q=2&q=3",
        "q=%E4%BD%8E%E4%BF%9D&p=-1",
        "q=%E4%BD%8E%E4%BF%9D&p=99999999999999999999999999",
        "q=%E4%BD%8E%E4%BF%9D&p=%EF%BC%92",
        "q=%E4%BD%8E%E4%BF%9D&kind=%00&year=%00&issuer=%00&force=%00",
        "q=%E4%BD%8E%E4%BF%9D&year=99999999999999999999&issuer=%27&kind=%3Cscript%3E&force=%7B%7B",
        "&&&=&=;q",
        "q=" + "%F0%9F%98%80" * 2000,
    ],
)
def test_no_address_is_an_error(engine, client, sent):
    for address in ("/search/", "/search/suggest/"):
        answer = client.get(f"{address}?{sent}")
        assert answer.status_code == 200
        assert "\ud800" not in answer.content.decode()
        assert Scripts(answer.content.decode()).found == []


def test_every_sign_is_answered(engine, client):
    for typed in [*string.punctuation, *(sign * 2 for sign in "*~?\"'(:\\")]:
        assert client.get("/search/", {"q": typed}).status_code == 200, typed
