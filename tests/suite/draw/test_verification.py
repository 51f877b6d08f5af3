"""A draw's file computed again, by the command and by the page in a browser: both find what was changed."""

import copy
import json
import socket

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from suite.draw.algorithm import seed_key, sha256, ticket
from suite.draw.domain import reveal, void
from suite.draw.domain.file import as_file
from suite.draw.listing import Candidate, Rules
from suite.draw.models import Draw
from suite.draw.verification import verify
from tests.suite.draw.conftest import FREEZE, STRINGS, committed, drawn, frozen, revealed, seeded

pytestmark = pytest.mark.django_db
FIRST_STRING = next(iter(STRINGS.values()))
ALL = ("list", "hash", "times", "seed", "tickets", "order", "outcome")
MANY = [
    Candidate(f"k{number}", f"第{number}人", ["甲村", "乙村", "丙村"][number % 3], number % 4) for number in range(300)
]


MANY_RULES = Rules(40, {"甲村": 10, "乙村": 5}, rest=2)


def honest():
    """Files of draws at every stage, by both kinds of seed."""
    return {
        "result": as_file(drawn(key="1")),
        "strings": as_file(drawn(draw=revealed(key="2", salt="二"))),
        "committed": as_file(reveal(committed(key="3", salt="三"), 1, f"{FIRST_STRING}三", None, at=FREEZE)),
        "frozen": as_file(frozen(key="4")),
        "seeded": as_file(seeded(key="5")),
        "void": as_file(void(revealed(key="6", salt="六"), "名单有误", None)),
        "many": as_file(drawn(key="7", people=MANY, rules=MANY_RULES)),
        "many by strings": as_file(drawn(draw=revealed(key="8", salt="八", people=MANY, rules=MANY_RULES))),
    }


def tampered(files):
    """Name -> (file, the steps that must differ): each a lie that somebody might tell.

    Of long lists, so that no lie comes to the same result by chance.
    """
    honest_one, by_strings = files["many"], files["many by strings"]
    text, result, order = honest_one["list"], honest_one["result"], honest_one["order"]
    people = copy.deepcopy(by_strings["people"])
    people[1]["text"] += "x"
    other_list = text.replace("第7人", "第七人")
    other_value = {**result, "value": "99999999999999"}
    after_seed = {"seed", "tickets", "order", "outcome"}
    lies = {
        "a name on the list": ({"list": other_list}, {"hash", *after_seed}),
        "the list and its hash": ({"list": other_list, "list_sha256": sha256(other_list)}, after_seed),
        "the rules": ({"list": text.replace("名额\t40", "名额\t41")}, {"hash", *after_seed}),
        "a line too much": ({"list": text + "k999\t甲村\t0\t甲\n"}, {"list"}),
        "somebody twice": ({"list": text.replace("\nk8\t", "\nk7\t")}, {"list"}),
        "a number with a nought in front": ({"list": text.replace("名额\t40", "名额\t040")}, {"list"}),
        "a time of no place": ({"list": text.replace("+08:00\n冻结", "\n冻结")}, {"list"}),
        "more seats kept than there are": ({"list": text.replace("名额\t40", "名额\t14")}, {"list"}),
        "the seed": ({"result": other_value}, after_seed),
        "the seed and its key": (
            {"result": other_value, "seed_key": seed_key(honest_one["list_sha256"], ["99999999999999"])},
            after_seed - {"seed"},
        ),
        "a seed with a digit less": ({"result": {**result, "value": "0307121925310"}}, after_seed),
        "no seed": ({"result": None}, after_seed),
        "a seed known before it was due": (
            {"result": {**result, "entered_at": "2026-11-24T21:29:59+08:00"}},
            {"times"},
        ),
        "drawn before the seed": ({"drawn_at": "2026-11-24T21:30:00+08:00"}, {"times"}),
        "a ticket": ({"order": [[order[0][0], "0" * 64, order[0][2]], *order[1:]]}, {"tickets"}),
        "the order": ({"order": [order[1], order[0], *order[2:]]}, {"order"}),
        "who is drawn": ({"order": [[*order[0][:2], "waiting"], *order[1:]]}, {"outcome"}),
        "somebody left out": ({"order": order[:-1]}, {"tickets", "order", "outcome"}),
        "another format": ({"format": "bianmin-draw 2"}, {"list"}),
    }
    of_strings = {
        "a string": ({"people": people}, after_seed),
        "the order of the strings": ({"people": people[::-1]}, after_seed),
        "a person less": ({"people": by_strings["people"][:2]}, after_seed),
        "hashes closed after the strings were shown": ({"hashes_closed_at": "2026-11-23T00:00:00+08:00"}, {"times"}),
    }
    return {
        **{name: ({**honest_one, **change}, wrong) for name, (change, wrong) in lies.items()},
        **{name: ({**by_strings, **change}, wrong) for name, (change, wrong) in of_strings.items()},
    }


def steps(found):
    """Step -> whether it agrees."""
    return {str(check.step): check.agrees for check in found}


def expected(wrong, file):
    if wrong == {"list"}:
        return {"list": False}
    return {name: name not in wrong for name in ALL}


def test_honest_files_agree_as_far_as_the_draw_has_come():
    files = honest()
    del files["many by strings"]
    done, going = dict.fromkeys(ALL, True), {**dict.fromkeys(ALL[:3], True), **dict.fromkeys(ALL[3:])}
    known = {**going, "seed": True}
    assert {name: steps(verify(file)) for name, file in files.items()} == {
        "result": done,
        "strings": done,
        "committed": going,
        "frozen": going,
        "seeded": known,
        "void": known,
        "many": done,
    }


def test_every_lie_differs_where_it_was_told():
    for name, (file, wrong) in tampered(honest()).items():
        assert (name, steps(verify(file))) == (name, expected(wrong, file))


@pytest.mark.parametrize(
    "file", [None, [], "x", 3, {}, {"format": "bianmin-draw 1"}, {"format": "bianmin-draw 1", "list": 3}]
)
def test_what_is_no_file_of_a_draw_fails_its_first_step(file):
    assert steps(verify(file)) == {"list": False}


def test_whatever_is_left_out_of_a_file_is_no_crash():
    whole = honest()["strings"]
    for name in whole:
        cut = {key: value for key, value in whole.items() if key != name}
        assert verify(cut) != []


def test_the_command_says_every_step_and_reads_neither_database_nor_network(
    tmp_path, capsys, django_assert_num_queries, monkeypatch
):
    file = as_file(drawn(), "https://www.example.gov.cn/draws/1/")
    path = tmp_path / "draw.json"
    path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    Draw.objects.all().delete()

    def no_network(*arguments, **named):
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "socket", no_network)
    with django_assert_num_queries(0, connection=connection):
        call_command("draw_verify", path)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["✔一致"] * 7 + [
        "全部一致：这个结果确实由这份名单和这个种子算出。"
    ]
    drawn_keys = [key for key, _ticket, outcome in file["order"] if outcome != "waiting"]
    assert sorted(lines[6].split("：")[-1].split(": ")[-1].split("、")) == sorted(drawn_keys)


def test_the_command_names_what_differs_and_fails(tmp_path, capsys):
    file, _wrong = tampered(honest())["the order"]
    path = tmp_path / "draw.json"
    path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(CommandError, match="这份文件前后不一致") as refusal:
        call_command("draw_verify", path)
    assert refusal.value.returncode == 1
    wrong = [line for line in capsys.readouterr().out.splitlines() if line.startswith("✘")]
    right = file["order"][1][0]
    assert wrong == [f"✘不一致 签号的次序: 1: {file['order'][0][0]} ≠ {right}"]
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match="请从抽签页面重新下载"):
        call_command("draw_verify", path)
    path.write_text(json.dumps(as_file(frozen(key="9"))), encoding="utf-8")
    call_command("draw_verify", path)
    assert capsys.readouterr().out.splitlines()[-1] == "到目前为止全部一致；抽签还没有完成。"


@pytest.mark.chromium
def test_the_page_in_a_browser_finds_the_same_from_a_folder_without_a_network(tmp_path, window):
    """Saved to disk, opened from there: the honest files and every lie, step by step as in Python."""
    files = honest()
    cases = {**files, **{name: file for name, (file, _wrong) in tampered(files).items()}, "no file": {}}
    known = {name: {**dict.fromkeys(ALL), **steps(verify(file))} for name, file in cases.items()}
    drawn_in_python = verify(files["many"])[6].found
    for name in ("verify", "hash"):
        html = Client().get(reverse(f"draw:{name}")).content
        (tmp_path / f"{name}.html").write_bytes(html)
    samples = ["", "abc", "今夜有雨 7392-aq", *("字" * length for length in range(15, 25)), "a" * 1000]
    key = seed_key(files["many"]["list_sha256"], ["1"])
    screen = window(offline=True)
    errors = []
    screen.on("pageerror", lambda error: errors.append(str(error)))
    screen.goto(f"file://{tmp_path}/verify.html")
    found = {}
    for name, file in cases.items():
        path = tmp_path / "draw.json"
        path.write_text(json.dumps(file, ensure_ascii=False), encoding="utf-8")
        screen.evaluate("delete document.body.dataset.sum")
        screen.set_input_files("#file", path)
        screen.wait_for_selector("body[data-sum]")
        found[name] = screen.evaluate(
            """() => Object.fromEntries([...document.querySelectorAll('[data-step]')].map(
                (row) => [row.dataset.step, {agrees: true, differs: false, later: null}[row.className]]))"""
        )
        screen.set_input_files("#file", [])
    sums = screen.evaluate("texts => texts.map(hashOf)", samples)
    one = screen.evaluate(
        "key => hex(hmac(Uint8Array.from(key.match(/../g), (p) => parseInt(p, 16)), bytesOf('k7')))", key
    )
    last = screen.evaluate("file => verify(file).outcome[1]", files["many"])
    width = screen.evaluate("document.documentElement.scrollWidth")
    screen.goto(f"file://{tmp_path}/hash.html")
    screen.fill("#text", "今夜有雨 7392-aq")
    typed = screen.text_content("#hash")
    screen.click("#make")
    made, its_hash = screen.input_value("#text"), screen.text_content("#hash")
    assert found == known
    assert sums == [sha256(text) for text in samples]
    assert (one, last, width, errors) == (ticket(key, "k7"), drawn_in_python, 320, [])
    assert typed == sha256("今夜有雨 7392-aq")
    assert (len(made), its_hash) == (23, sha256(made))


CHOOSE = """texts => {
    const chooser = document.querySelector("#file");
    for (const text of texts) {
        const held = new DataTransfer();
        held.items.add(new File([text], "draw.json"));
        chooser.files = held.files;
        chooser.dispatchEvent(new Event("change"));
    }
}"""


@pytest.mark.chromium
def test_one_file_after_the_other_is_checked_and_the_last_one_counts(tmp_path, window):
    (tmp_path / "verify.html").write_bytes(Client().get(reverse("draw:verify")).content)
    file = as_file(drawn())
    right, wrong = (json.dumps(one, ensure_ascii=False) for one in (file, {**file, "order": file["order"][:-1]}))
    screen = window(offline=True)
    screen.goto(f"file://{tmp_path}/verify.html")
    said = screen.locator("#result > [data-sum]:not([hidden])")
    for text, sum_ in ((right, "agrees"), (wrong, "differs"), (right, "agrees")):
        screen.evaluate(CHOOSE, [text])
        expect(said).to_have_attribute("data-sum", sum_)
        expect(said).to_be_visible()
    # A large one, which is still being read when another is chosen.
    screen.evaluate("filling => { window.shown = []; window.large = new Blob([filling, ' '.repeat(1e8)]); }", wrong)
    screen.evaluate("""() => new MutationObserver(() => shown.push(document.body.dataset.sum))
        .observe(document.body, { attributes: true, attributeFilter: ["data-sum"] })""")
    screen.evaluate(f"right => ({CHOOSE})([large, right])", right)
    # Read once more, it has been read by the page too.
    screen.evaluate("large.text().then(() => new Promise((done) => setTimeout(done)))")
    screen.wait_for_function("shown.length")
    assert screen.evaluate("shown") == ["agrees"]
    # Coming back, the browser puts the file there again, and says no change.
    path = tmp_path / "draw.json"
    path.write_text(wrong, encoding="utf-8")
    screen.set_input_files("#file", path)
    expect(said).to_have_attribute("data-sum", "differs")
    screen.goto("about:blank")
    screen.go_back()
    assert screen.evaluate("document.querySelector('#file').files.length") == 1
    expect(said).to_have_attribute("data-sum", "differs")
