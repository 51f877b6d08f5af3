"""The screens: written without scripts, saved by a script, read and decided by the leader, kept by the office."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.reading import text
from tests.suite.body.word import written
from tests.training.writings.stage import TEXT, hand_in, typed
from training.domain.lifecycle import writings
from training.models import Writing

OWN = "/desk/training/writings/"
JSON = {"Accept": "application/json"}


def as_user(client, person):
    client.force_login(person.user)
    return client


def sent(one, **changes):
    return {key: value for key, value in typed(**changes).items() if value} | {"version": one.version}


def test_a_cadre_begins_writes_and_hands_in_without_scripts(town, client):
    as_user(client, town.cadre)
    assert "欠1篇" in text(client.get(OWN))
    page = client.post(OWN, {"kind": "note", "year": "2026"})
    one = Writing.objects.get()
    address = reverse("training_writings_one", args=[one.pk])
    assert page.headers["Location"] == address
    assert "要求不少于20字" in text(client.get(address))
    assert client.post(address, sent(one, text="太短", save="1")).headers["Location"] == address
    one.refresh_from_db()
    refused = client.post(address, sent(one, text="还是太短", hand_in="1") | {"hand_in": "1"})
    assert refused.status_code == 422
    assert "现有4字，要求不少于20字，请继续写。" in text(refused)
    one.refresh_from_db()
    assert one.text == "还是太短"
    client.post(address, sent(one) | {"hand_in": "1"})
    one.refresh_from_db()
    assert one.state == "handed_in"
    assert "待审阅" in text(client.get(address))
    client.post(address + "do/", {"do": "take_back"})
    one.refresh_from_db()
    assert one.state == "writing"


def test_a_script_saves_and_two_devices_are_asked(town, client):
    one = town.begun()
    as_user(client, town.cadre)
    address = reverse("training_writings_one", args=[one.pk])
    saved = client.post(address, sent(one) | {"writer": "a", "turn": "1"}, headers=JSON)
    assert (saved.status_code, saved.json()) == (200, {"version": 1})
    other = client.post(address, sent(one, title="别处写的") | {"writer": "b", "turn": "1"}, headers=JSON)
    assert (other.status_code, other.json()["values"]["title"]) == (409, ["走访体会"])
    both = text(client.post(address, sent(one, title="别处写的")))
    assert "别处写的" in both
    assert "走访体会" in both
    assert client.get(address + "news/").json()["version"] == 1


def test_a_word_file_is_taken_over_with_its_report(town, client):
    one = town.begun()
    as_user(client, town.cadre)
    address = reverse("training_writings_word", args=[one.pk])
    wrong = client.post(address, {"version": 0, "file": SimpleUploadedFile("稿.pdf", b"%PDF")})
    assert (wrong.status_code, "请选择Word文件" in text(wrong).replace(" ", "")) == (422, True)
    file = SimpleUploadedFile("稿.docx", written("先听群众说。", title="走访体会"))
    client.post(address, {"version": 0, "file": file})
    one.refresh_from_db()
    assert (one.title, one.text) == ("走访体会", "先听群众说。")


def test_nobody_opens_somebody_elses(town, client):
    one = town.handed_in()
    as_user(client, town.other)
    assert client.get(reverse("training_writings_one", args=[one.pk])).status_code == 404
    assert client.get(reverse("training_writings_read", args=[one.pk])).status_code == 403
    as_user(client, town.head)
    assert client.get(reverse("training_writings_read", args=[one.pk])).status_code == 403
    assert client.get(f"/print/writing/{one.pk}.pdf").status_code in (403, 404)


def test_the_leader_reads_returns_and_accepts(town, client):
    one = town.handed_in()
    as_user(client, town.leader)
    assert "有1篇等您审阅" in text(client.get(OWN + "waiting/"))
    address = reverse("training_writings_read", args=[one.pk])
    assert "到村里走访，先听群众说" in text(client.get(address))
    refused = client.post(address, {"do": "return", "version": one.version, "remark": ""})
    assert (refused.status_code, "请写明要改什么，作者会看到。" in text(refused)) == (422, True)
    client.post(address, {"do": "comment", "remark": "先记一笔。"})
    done = client.post(address, {"do": "accept", "version": one.version, "remark": "好。"})
    assert done.headers["Location"] == OWN + "waiting/"
    one.refresh_from_db()
    assert (one.state, list(one.comments.values_list("text", flat=True))) == ("accepted", ["先记一笔。", "好。"])
    assert "审阅过的" in text(client.get(OWN + "waiting/"))


def test_the_leader_is_told_that_what_was_returned_comes_back_unchanged(town, client):
    said, listed = "再次交来的稿子与退回时相同，标题和正文都没有改。", "退回后没有改动"
    one = town.handed_in()
    as_user(client, town.leader)
    address = reverse("training_writings_read", args=[one.pk])

    def seen():
        return said in text(client.get(address)), listed in text(client.get(OWN + "waiting/"))

    assert seen() == (False, False)
    one = writings.return_with_remark(one, one.version, "请补一个例子。", town.leader.user)
    assert seen() == (False, False)
    one = hand_in(one)
    assert seen() == (True, True)
    one = writings.take_back(one, town.cadre.user)
    assert seen() == (False, False)
    one = hand_in(one, text=TEXT + "补一个例子。")
    assert seen() == (False, False)
    # What counts is the return it follows: the same words as in the first version are a change of the second.
    one = writings.return_with_remark(one, one.version, "例子不合适。", town.leader.user)
    hand_in(one)
    assert seen() == (False, False)


def test_what_comes_back_to_the_leader_waits_and_is_not_among_what_was_decided(town, client):
    one = town.handed_in()
    as_user(client, town.leader)
    one = writings.return_with_remark(one, one.version, "请补一个例子。", town.leader.user)
    assert "审阅过的" in text(client.get(OWN + "waiting/"))
    one = hand_in(one, text=TEXT + "补一个例子。")
    assert "审阅过的" not in text(client.get(OWN + "waiting/"))
    writings.accept(one, one.version, "", town.leader.user)
    assert "审阅过的" in text(client.get(OWN + "waiting/"))


def test_the_office_sees_who_owes_lets_off_and_takes_the_list_along(town, client):
    as_user(client, town.runs)
    assert "还有4人欠交" in text(client.get(OWN + "owing/"))
    address = reverse("training_writings_release", args=[2026, town.cadre.pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "长期病假。"})
    assert "田野在2026年免写。" in text(client.get(OWN + "owing/"))
    shown = text(client.get(OWN + "owing/"))
    assert ("还有3人欠交" in shown, "田野" in shown) == (True, False)
    assert "免写：长期病假。" in text(client.get(OWN + "owing/?all=1"))
    file = client.get(OWN + "owing/2026.xlsx")
    sheets = load_workbook(io.BytesIO(b"".join(file.streaming_content))).sheetnames
    assert sheets == ["全部人员", "按单位"]
    client.post(address)
    assert "还有4人欠交" in text(client.get(OWN + "owing/"))


@pytest.mark.parametrize("path", ["waiting/", "owing/", "owing/2026.xlsx"])
def test_a_cadre_sees_neither_what_waits_for_leaders_nor_who_owes(town, client, path):
    assert as_user(client, town.cadre).get(OWN + path).status_code == 403


def test_the_list_of_who_owes_needs_no_more_queries_for_more_people(town, client):
    as_user(client, town.runs)

    def count(path):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        return len(queries)

    empty = count(OWN + "owing/?year=2022&all=1")
    few = count(OWN + "owing/?all=1")
    for number in range(20):
        town.accepted(town.person(f"干部{number}", unit=town.office))
    assert count(OWN + "owing/?all=1") == few
    assert few - empty <= 12


def test_the_register_lists_what_was_handed_in(town, client):
    one = town.accepted()
    begun = town.begun(kind="article")
    as_user(client, town.runs)
    register = "/admin/training/writing/"
    shown = client.get(register).content.decode()
    assert [f"inspect/{row.pk}/" in shown for row in (one, begun)] == [True, False]
    assert client.get(f"{register}inspect/{begun.pk}/").status_code in (302, 403, 404)
    assert client.get(f"{register}inspect/{one.pk}/").status_code == 200
    as_user(client, town.leader)
    assert client.get(register).status_code in (302, 403)
