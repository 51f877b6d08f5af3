"""The clerk's page: what is saved, what is refused, what two tablets see of each other; with and without the script."""

import re
import uuid

import pytest
from django.urls import reverse

from hearings.enums import OfficerRole, ProblemState, SeatState
from hearings.models import Assent, Entry, Officer, Problem, Representative
from tests.hearings.sittings import account, person

JSON = {"Accept": "application/json"}


def at(room, name, *args):
    return reverse(f"hearings_session{name}", args=[room.hearing.pk, *args])


@pytest.fixture
def clerk(room, client):
    client.force_login(room.clerk)
    return client


def typed(room, text="晚上走路看不见。", **changes):
    first = room.people[0]
    return {
        "key": str(uuid.uuid4()), "version": 0, "kind": "question", "who": f"r{first.pk}", "speaker": "", "text": text,
        **changes,
    }  # fmt: skip


def send(client, room, **data):
    return client.post(at(room, "_entry", 1), data, headers=JSON)


def test_both_pages_need_at_most_twenty_queries_with_two_hundred_questions(room, clerk, django_assert_max_num_queries):
    for number in range(2, 201):
        Problem.objects.create(hearing=room.hearing, number=number, title=f"问题{number}", village=room.upper)
    for number in range(40):
        Representative.objects.create(
            state=SeatState.SEATED, hearing=room.hearing, name=f"王{number}", village=room.upper, present=True,
            phone=f"1370013{number:04}",
        )  # fmt: skip
        Entry.objects.create(problem=room.problem, kind="discussion", representative=room.people[0], text="有道理。")
    with django_assert_max_num_queries(20):
        listed = clerk.get(at(room, "")).content.decode()
    assert len(re.findall(r"/session/\d+/\"", listed)) == 200
    with django_assert_max_num_queries(20):
        opened = clerk.get(at(room, "_problem", 1)).content.decode()
    assert opened.count("有道理。</p>") == 40
    with django_assert_max_num_queries(8):
        assert clerk.get(at(room, "_problem_news", 1), {"since": "0-open"}).status_code == 204


def test_what_is_typed_is_stored_under_the_key_of_its_writer_once(room, clerk):
    first = typed(room)
    assert send(clerk, room, **first).json() == {"key": first["key"], "version": 1}
    # The answer got lost, the script sends the same again.
    assert send(clerk, room, **first).json() == {"key": first["key"], "version": 1}
    assert send(clerk, room, **{**first, "version": 1, "text": "晚上看不见路。"}).json()["version"] == 2
    assert list(Entry.objects.values_list("text", "version")) == [("晚上看不见路。", 2)]


def test_an_older_version_is_answered_with_the_stored_text_and_overwrites_nothing(room, clerk):
    first = typed(room, "第一台写的")
    send(clerk, room, **first)
    send(clerk, room, **{**first, "version": 1, "text": "第二台改的"})
    answer = send(clerk, room, **{**first, "version": 1, "text": "第一台又改的"})
    assert answer.status_code == 409
    assert (answer.json()["text"], answer.json()["version"], answer.json()["who"]) == (
        "第二台改的",
        2,
        first["who"],
    )
    assert Entry.objects.get().text == "第二台改的"


def test_without_the_script_a_conflict_shows_both_texts_and_the_clerk_chooses(room, clerk):
    first = typed(room, "第一台写的")
    assert clerk.post(at(room, "_entry", 1), first).status_code == 302
    clerk.post(at(room, "_entry", 1), {**first, "version": 1, "text": "第二台改的"})
    page = clerk.post(at(room, "_entry", 1), {**first, "version": 1, "text": "第一台又改的"})
    shown = page.content.decode()
    assert page.status_code == 409
    assert "第二台改的" in shown
    assert "第一台又改的" in shown
    chosen = dict(re.findall(r'name="(key|version|kind|who)" value="([^"]*)"', shown))
    clerk.post(at(room, "_entry", 1), {**chosen, "text": "两段合在一起"})
    assert Entry.objects.get().text == "两段合在一起"


def test_a_refused_contribution_stays_in_the_form_with_what_to_do(room, clerk):
    officer = room.officers[0]
    page = clerk.post(at(room, "_entry", 1), typed(room, "我来问一句", who=f"o{officer.pk}"))
    assert page.status_code == 422
    assert "我来问一句</textarea>" in page.content.decode()
    answer = send(clerk, room, **typed(room, who=f"o{officer.pk}"))
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 1
    assert answer.json()["errors"][0] in page.content.decode()
    assert not Entry.objects.exists()


def test_another_tablet_is_told_what_is_new_and_nothing_when_nothing_is(room, clerk):
    news = at(room, "_problem_news", 1)
    seen = clerk.get(news).json()["version"]
    assert clerk.get(news, {"since": seen}).status_code == 204
    send(clerk, room, **typed(room, "别的平板上写的"))
    answer = clerk.get(news, {"since": seen}).json()
    assert "别的平板上写的" in answer["html"]
    assert clerk.get(news, {"since": answer["version"]}).status_code == 204


def test_ticks_of_two_tablets_are_both_kept(room, clerk):
    first, second, third = room.people
    Representative.objects.update(present=False)
    seen = [f"o{officer.pk}" for officer in room.officers]
    one = clerk.post(at(room, "_presence"), {"was": seen, "present": [*seen, f"r{first.pk}"]}, headers=JSON)
    two = clerk.post(at(room, "_presence"), {"was": seen, "present": [*seen, f"r{second.pk}"]}, headers=JSON)
    assert two.status_code == 200
    assert sorted(one.json()["present"]) == sorted([*seen, f"r{first.pk}"])
    assert sorted(two.json()["present"]) == sorted([*seen, f"r{first.pk}", f"r{second.pk}"])
    third.refresh_from_db()
    assert third.present is False


def test_all_agree_counts_only_those_whose_names_were_read(room, clerk):
    first, second = room.people[:2]
    clerk.post(at(room, "_assent", 1), {"all": "1", "listed": [first.pk, second.pk]})
    assert set(Assent.objects.values_list("representative", "agrees")) == {(first.pk, True), (second.pk, True)}


def test_a_conclusion_without_assent_is_refused_on_the_form_that_asked(room, clerk):
    page = clerk.post(at(room, "_outcome", 1), {"conclude": "1", "text": "十二月装灯。"})
    assert page.status_code == 422
    assert "十二月装灯。</textarea>" in page.content.decode()
    clerk.post(at(room, "_assent", 1), {"all": "1", "listed": [one.pk for one in room.people]})
    assert clerk.post(at(room, "_outcome", 1), {"conclude": "1", "text": "十二月装灯。"}).status_code == 302
    assert Problem.objects.get().state == ProblemState.AGREED
    clerk.post(at(room, "_outcome", 1), {"again": "1"})
    assert Problem.objects.get().state == ProblemState.OPEN
    clerk.post(at(room, "_outcome", 1), {"study": "1", "study_until": "2026-12-20"})
    assert Problem.objects.get().state == ProblemState.STUDIED


def test_closing_names_what_is_missing_and_works_once_nothing_is(room, clerk):
    assert "第1个问题" in clerk.get(at(room, "_close")).content.decode()
    clerk.post(at(room, "_close"))
    room.hearing.refresh_from_db()
    assert room.hearing.state == "fixed"
    clerk.post(at(room, "_outcome", 1), {"study": "1", "study_until": "2026-12-20"})
    clerk.post(at(room, "_close"))
    room.hearing.refresh_from_db()
    assert room.hearing.state == "held"


def test_a_problem_that_is_raised_now_takes_the_village_of_who_asks(room, clerk):
    asker = room.people[2]
    answer = clerk.post(at(room, "_add"), {"title": "公交一天两班", "raised_by": str(asker.pk)})
    assert answer["Location"] == at(room, "_problem", 2)
    assert Problem.objects.get(number=2).village == asker.village
    page = clerk.post(at(room, "_add"), {"title": ""})
    assert page.status_code == 422


def test_only_the_office_and_the_clerks_of_this_hearing_write_its_session(room, client):
    cadre = account("someone", "cadre")
    client.force_login(cadre)
    names = [("",), ("_problem", 1), ("_news",), ("_problem_news", 1), ("_close",)]
    assert {client.get(at(room, *name)).status_code for name in names} == {403}
    assert client.post(at(room, "_entry", 1), typed(room)).status_code == 403
    Officer.objects.create(hearing=room.hearing, person=person("路遥", cadre), role=OfficerRole.CLERK, present=True)
    assert {client.get(at(room, *name)).status_code for name in names} == {200}
    assert send(client, room, **typed(room)).status_code == 200
    client.post(at(room, "_outcome", 1), {"study": "1", "study_until": "2026-12-20"})
    assert at(room, "_close") in client.get(at(room, "")).content.decode()
    client.post(at(room, "_close"))
    room.hearing.refresh_from_db()
    assert room.hearing.state == "held"


def test_who_is_not_logged_in_is_led_to_the_login(room, client):
    assert client.get(at(room, "")).status_code == 302
    assert send(client, room, **typed(room)).status_code == 302
