"""What villagers see, what staff do in the register, what is on whose desk, and the record on paper."""

import datetime
import hashlib
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from printing.domain.door import print_document, sheet_of
from printing.domain.registry import find_printable
from printing.domain.rendering import render_html
from suite.draw.algorithm import sha256
from suite.draw.domain import Strings, commit, draw_again, freeze, selected, void
from suite.draw.domain.waiting import strings_overdue
from suite.draw.listing import Candidate, Rules
from suite.draw.models import Draw
from suite.hooks import collect
from suite.periodic.domain.lifecycle import tick
from suite.privacy import find
from tests.contract.screens import english
from tests.reading import Elements, text
from tests.suite.draw.conftest import (
    DUE,
    FREEZE,
    LATER,
    PEOPLE,
    RESULT,
    STRINGS,
    VALUE,
    committed,
    drawn,
    frozen,
    prepared,
    revealed,
    seeded,
)
from tests.suite.publishing.steps import make_user

pytestmark = pytest.mark.django_db
REGISTER = "draw_draw_modeladmin"


@pytest.fixture
def clock(monkeypatch):
    """clock(moment): what time it is."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def seen(client, draw, query=""):
    response = client.get(draw.get_absolute_url() + query)
    assert response.status_code == 200
    assert Elements(response.content.decode()).left_open == []
    return text(response)


def test_who_was_drawn_stands_first_and_the_proof_below(client):
    draw = drawn()
    page = seen(client, draw)
    labels = {one.key: one.label for one in PEOPLE}
    heads = ["谁被抽中", "候补名单", "怎样抽", "公布名单", "种子：公开结果", "名单 候选人6名", "自己核对"]
    assert [page.index(head) for head in heads] == sorted(page.index(head) for head in heads)
    first = page[page.index("谁被抽中") : page.index("候补名单")]
    assert re.findall(r"编号 (s\d)", first) == selected(draw)
    assert all(labels[key] in first for key in selected(draw))
    for words in (
        draw.list_sha256,
        "03071219253108",
        "2026-11-24 22:30录入，见证人陈立新，公布于：中国福利彩票官网",
        "见证人： 陈立新、何秀英",
        "从6人中抽出4人。 各组保底：柳岸村1名、石桥村1名。 另有2个名额不分组，人人都有机会。",
        "最近2次抽中过的人排在其他人后面，越久以前抽中的越靠前；这次有2人。",
        f"sha256sum draw-{draw.public_id}.txt",
    ):
        assert words in page
    assert find(page.replace(draw.list_sha256, "")) == []


def test_before_the_draw_the_page_says_what_comes_when(client):
    page = seen(client, frozen())
    assert "由一个现在谁也不知道的公开结果决定：双色球第2026136期，2026-11-24 21:30产生" in page
    assert "谁被抽中" not in page
    by_strings = frozen(key="2", seed=Strings(DUE))
    assert "至少三个人各想一个暗号" in seen(client, by_strings)
    assert "还没有登记指纹" in seen(client, by_strings)
    closed = committed(key="3")
    page = seen(client, closed)
    assert "2026-11-24 21:30之前要亮出全部暗号；到时少一个，抽签就作废。" in page
    assert [sha256(words) in page for words in STRINGS.values()] == [True] * 3
    assert [words in page for words in STRINGS.values()] == [False] * 3
    assert "种子已经产生，结果也就定了" in seen(client, seeded(key="4"))


def test_a_draw_that_is_being_prepared_is_nobodys_business(client):
    draw = prepared()
    for name in ("draw", "list", "file"):
        assert client.get(reverse(f"draw:{name}", args=[draw.public_id])).status_code == 404
    assert draw.title not in text(client.get("/draws/"))
    void(draw, "不抽了", None)
    assert client.get(draw.get_absolute_url()).status_code == 404


def test_both_draws_stay_public_and_lead_to_each_other(client):
    first = drawn()
    second = draw_again(first, "漏登两人", None, seed=RESULT)
    assert "重新抽过签" not in seen(client, first)
    second = freeze(second, None, at=FREEZE)
    assert "后来重新抽过签。原因：漏登两人" in seen(client, first)
    page = client.get(second.get_absolute_url())
    assert f'href="{first.get_absolute_url()}"' in page.content.decode()
    assert "这是重新抽签。原因：漏登两人" in text(page)
    second = void(second, "期号写错", None, at=LATER)
    assert "本次抽签已于2026-11-24 22:30作废。原因：期号写错" in seen(client, second)
    assert "共2次抽签" in text(client.get("/draws/"))


def test_the_list_is_served_byte_by_byte_and_the_file_computes(client):
    draw = drawn(draw=revealed())
    response = client.get(reverse("draw:list", args=[draw.public_id]))
    assert hashlib.sha256(response.content).hexdigest() == draw.list_sha256
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    file = json.loads(client.get(reverse("draw:file", args=[draw.public_id])).content)
    assert [*file] == [
        "format", "address", "state", "list", "list_sha256", "people", "hashes_closed_at", "seed_key", "order",
        "witnesses", "drawn_at",
    ]  # fmt: skip
    assert [person["text"] for person in file["people"]] == [*STRINGS.values()]


def test_no_screen_of_a_draw_shows_english_whatever_its_hashes_are(client, office, clock):
    clock(LATER)
    first = drawn(office)
    by_strings = drawn(office, key="2", draw=revealed(office, key="2"))
    client.force_login(office)
    screens = [
        reverse(f"{REGISTER}_{name}", args=[draw.pk]) for name in ("inspect", "history") for draw in (first, by_strings)
    ]
    screens += [
        reverse(f"{REGISTER}_draw_again", args=[first.pk]),
        "/desk/",
        "/draws/",
        "/draws/verify/",
        "/draws/hash/",
    ]
    screens += [first.get_absolute_url(), by_strings.get_absolute_url()]
    answers = {address: client.get(address) for address in screens}
    assert {answer.status_code for answer in answers.values()} == {200}
    found = {address: english(answer.content.decode(), [office.username]) for address, answer in answers.items()}
    assert {address: words for address, words in found.items() if words} == {}


def test_a_long_list_comes_in_pages_with_few_queries(client, django_assert_max_num_queries):
    people = [Candidate(f"k{number}", f"第{number}人") for number in range(1, 1001)]
    draw = drawn(people=people, rules=Rules(5))
    client.get(draw.get_absolute_url())
    with django_assert_max_num_queries(20):
        page = seen(client, draw, "?p=10")
    assert ("901. 第901人" in page, "1000. 第1000人" in page, "1. 第1人" in page) == (True, True, False)
    assert len(client.get(draw.get_absolute_url()).content) < 60_000


def open_as(client, user, name, *args, data=None):
    client.force_login(user)
    address = reverse(f"{REGISTER}_{name}", args=args)
    return client.post(address, data) if data is not None else client.get(address)


def actions_of(client, user, draw):
    html = open_as(client, user, "inspect", draw.pk).content.decode()
    base = re.escape(reverse(f"{REGISTER}_index"))
    return re.findall(rf'href="{base}(\w+)/{draw.pk}/" class="button button-secondary"', html)


def test_the_office_takes_a_draw_by_a_public_result_through_its_screens(client, office, witness, clock):
    clock(FREEZE)
    draw = prepared(office)
    assert actions_of(client, office, draw) == ["freeze", "amend", "void", "history"]
    assert open_as(client, office, "freeze", draw.pk, data={}).status_code == 302
    assert actions_of(client, office, draw) == ["void", "history"]
    assert actions_of(client, witness, draw) == ["enter_result", "history"]
    typed = {"value": VALUE, "where": "官网", "witness": "陈立新"}
    refused = open_as(client, witness, "enter_result", draw.pk, data=typed)
    assert "公开结果要到2026-11-24 21:30才产生" in refused.content.decode()
    assert VALUE in refused.content.decode()
    clock(LATER)
    assert open_as(client, office, "enter_result", draw.pk, data=typed).status_code in (302, 403)
    assert Draw.objects.get().state == "frozen"
    bad = open_as(client, witness, "enter_result", draw.pk, data={**typed, "value": "1"})
    assert [*bad.context["form"].errors] == ["value"]
    assert open_as(client, witness, "enter_result", draw.pk, data=typed).status_code == 302
    assert actions_of(client, office, draw) == ["carry_out", "void", "history"]
    witnesses = {"witnesses": "陈立新\r\n何秀英\r\n"}
    assert open_as(client, office, "carry_out", draw.pk, data=witnesses).status_code == 302
    draw = Draw.objects.get()
    assert (draw.state, draw.witnesses, draw.seeded_by) == ("drawn", ["陈立新", "何秀英"], witness)
    assert actions_of(client, office, draw) == ["draw_again", "history"]
    again = {"reason": "漏登两人", "mode": "strings", "due_0": "2026-11-30", "due_1": "09:00", "digits": ""}
    assert open_as(client, office, "draw_again", draw.pk, data={**again, "mode": "result"}).status_code == 200
    assert open_as(client, office, "draw_again", draw.pk, data=again).status_code == 302
    assert Draw.objects.get(again_of=draw).due_at == datetime.datetime(2026, 11, 30, 9, tzinfo=DUE.tzinfo)


def test_the_office_takes_a_draw_by_strings_through_its_screens(client, office, clock):
    clock(FREEZE)
    draw = frozen(office, seed=Strings(DUE))
    assert actions_of(client, office, draw) == ["commit", "close_hashes", "void", "history"]
    for name, words in STRINGS.items():
        typed = {"name": name, "digest": sha256(words)}
        assert open_as(client, office, "commit", draw.pk, data=typed).status_code == 302
    assert open_as(client, office, "close_hashes", draw.pk, data={}).status_code == 302
    assert actions_of(client, office, draw) == ["reveal", "void", "history"]
    wrong = open_as(client, office, "reveal", draw.pk, data={"person": 1, "text": "今夜有雨 7392-aq "})
    assert [*wrong.context["form"].errors] == ["text"]
    for number, words in enumerate(STRINGS.values(), 1):
        typed = {"person": number, "text": words}
        assert open_as(client, office, "reveal", draw.pk, data=typed).status_code == 302
    assert actions_of(client, office, draw) == ["carry_out", "void", "history"]
    assert open_as(client, office, "void", draw.pk, data={"reason": "停电"}).status_code == 302
    assert Draw.objects.get().void_reason == "停电"


def test_the_seed_of_a_draw_can_be_changed_before_the_list_is_published(client, office):
    draw = prepared(office)
    form = open_as(client, office, "amend", draw.pk).content.decode()
    assert 'type="date"' in form
    assert "双色球第2026136期" in form
    typed = {"mode": "result", "due_0": "2026-12-01", "due_1": "21:30", "source": "双色球第2026139期"}
    typed |= {"form": RESULT.form, "digits": "14"}
    assert open_as(client, office, "amend", draw.pk, data=typed).status_code == 302
    draw = Draw.objects.get()
    assert (draw.source, draw.due_at.astimezone(DUE.tzinfo).day) == ("双色球第2026139期", 1)


def test_nobody_else_moves_a_draw_and_nobody_edits_or_deletes_one(client, office, clock):
    clock(FREEZE)
    draw = prepared(office)
    root = make_user("root", is_superuser=True)
    for name in ("edit", "delete"):
        assert open_as(client, root, name, draw.pk, data={"title": "别的"}).status_code in (302, 403, 404)
    assert open_as(client, root, "create", data={"title": "别的"}).status_code in (302, 403, 404)
    editor = make_user("editor", "editor")
    for name in ("index", "freeze", "inspect"):
        args = () if name == "index" else (draw.pk,)
        assert open_as(client, editor, name, *args).status_code in (302, 403)
    assert open_as(client, editor, "freeze", draw.pk, data={}).status_code in (302, 403)
    assert [(one.title, one.state) for one in Draw.objects.all()] == [(draw.title, "prepared")]


def items(user):
    return [item.key.split(":")[0] for item in collect("desk_items", user) if item.plugin == "draw"]


def test_what_waits_for_whom_is_on_the_desk(office, witness, clock):
    clock(FREEZE)
    draw = prepared(office)
    assert (items(office), items(witness)) == (["draw.freeze"], [])
    draw = freeze(draw, None, at=FREEZE)
    assert (items(office), items(witness)) == ([], [])
    clock(LATER)
    assert (items(office), items(witness)) == ([], ["draw.enter_result"])
    both = make_user("both", "efficiency_office", "supervisor")
    Draw.objects.update(frozen_by=both)
    assert items(both) == []
    clock(FREEZE)
    for_strings = frozen(office, key="2", seed=Strings(DUE))
    assert items(office) == ["draw.commit"]
    void(for_strings, "换一次", office)
    committed(office, key="3")
    [line] = [item for item in collect("desk_items", office) if item.plugin == "draw"]
    assert (line.key.split(":")[0], line.reason, line.due) == (
        "draw.reveal",
        "还没有亮暗号的：周国平、吴桂花、郑新民。",
        DUE,
    )
    Draw.objects.filter(mode="strings").delete()
    seeded(office, key="4")
    assert items(office) == ["draw.carry_out"]


def test_a_string_that_is_not_shown_in_time_voids_the_draw_once_and_names_the_person(office):
    draw = committed(office)
    half = frozen(office, key="2", seed=Strings(DUE))
    commit(half, "甲", sha256("甲"), office, at=FREEZE)
    known = revealed(office, key="3", salt="三")
    tick(DUE)
    assert {*Draw.objects.values_list("state", flat=True)} == {"committed", "frozen", "seeded"}
    assert [*strings_overdue(LATER).order_by("pk")] == [draw, half]
    for _twice in "ab":
        tick(LATER)
    told = dict(Draw.objects.values_list("pk", "void_reason"))
    assert told == {
        draw.pk: "到2026-11-24 21:30为止，周国平、吴桂花、郑新民没有亮出暗号。",
        half.pk: "到2026-11-24 21:30为止，指纹登记还没有截止，暗号都没有亮出。",
        known.pk: "",
    }


def record_of(draw):
    printable, found = find_printable("draw", str(draw.pk))
    return re.sub(r"<[^>]+>", " ", render_html(sheet_of(printable, found)))


def test_the_record_has_list_hash_seed_result_and_room_for_signatures():
    draw = drawn(people=[*PEOPLE], key="7")
    paper = record_of(draw)
    for words in (draw.list_sha256, draw.public_id, "结果：03071219253108", "见证人签名", "陈立新、何秀英", "候补1"):
        assert words in paper
    assert all(one.label in paper for one in PEOPLE)
    by_strings = record_of(drawn(draw=revealed(key="8")))
    assert all(words in by_strings for words in (*STRINGS, *STRINGS.values()))
    assert "本次抽签已作废" in record_of(void(frozen(key="9"), "名单有误", None))
    assert "到期后填写" in record_of(frozen(key="10"))


@pytest.mark.pdf
def test_the_record_is_printed_for_everybody_from_the_public_page(client):
    draw = drawn()
    address = reverse("printing:document", args=["draw", draw.pk])
    assert f'href="{address}"' in client.get(draw.get_absolute_url()).content.decode()
    assert client.get(address).content.startswith(b"%PDF-")
    assert print_document("draw", str(draw.pk)).file_name.endswith(".pdf")
    waiting = prepared(key="2")
    assert client.get(reverse("printing:document", args=["draw", waiting.pk])).status_code in (302, 403, 404)
