"""Two clerks on two tablets: nothing is overwritten silently, nothing is stored twice, and no answer is lost."""

import json
import uuid

import pytest

from hearings.domain.lifecycle import session
from hearings.enums import ProblemState
from hearings.models import Entry, Problem
from tests.hearings.sittings import sitting
from tests.processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 6


def values(room, text):
    return {"kind": "discussion", "representative": room.people[0], "text": text}


def test_two_processes_change_the_same_contribution_and_one_of_them_is_told(time, tmp_path):
    room, key = sitting(), uuid.uuid4()
    session.write_entry(room.problem, key, 0, values(room, "路灯"), room.clerk)

    def change(number):
        try:
            entry = session.write_entry(room.problem, key, 1, values(room, f"第{number}个人写的"), room.clerk)
            told = {"stored": entry.text}
        except session.Conflict as conflict:
            told = {"conflict": conflict.stored.text}
        (tmp_path / f"told-{number}").write_text(json.dumps(told))

    assert at_once(change, CLERKS, tmp_path) == []
    told = [json.loads(path.read_text()) for path in sorted(tmp_path.glob("told-*"))]
    entry = Entry.objects.get()
    assert [one["stored"] for one in told if "stored" in one] == [entry.text]
    assert [one["conflict"] for one in told if "conflict" in one] == [entry.text] * (CLERKS - 1)
    assert entry.version == 2


def test_the_same_new_contribution_sent_by_six_processes_at_once_is_stored_once(time, tmp_path):
    room, key = sitting(), uuid.uuid4()

    def send(number):
        session.write_entry(room.problem, key, 0, values(room, "路灯什么时候装？"), room.clerk)

    assert at_once(send, CLERKS, tmp_path) == []
    assert [(entry.text, entry.version) for entry in Entry.objects.all()] == [("路灯什么时候装？", 1)]


def test_contributions_and_problems_of_six_processes_get_a_place_each(time, tmp_path):
    room = sitting()

    def work(number):
        for turn in range(4):
            session.write_entry(room.problem, uuid.uuid4(), 0, values(room, f"{number}-{turn}"), room.clerk)
        session.add_problem(Problem(hearing=room.hearing, title=f"问题{number}"), room.clerk)

    assert at_once(work, CLERKS, tmp_path) == []
    assert sorted(Entry.objects.values_list("position", flat=True)) == list(range(1, CLERKS * 4 + 1))
    assert sorted(Problem.objects.values_list("number", flat=True)) == list(range(1, CLERKS + 2))


def test_of_two_who_end_a_problem_at_once_one_is_refused(time, tmp_path):
    room = sitting()
    for one in room.people:
        session.record_assent(room.problem, one, True, room.clerk)

    def end(number):
        session.declare_conclusion(room.problem, f"结论{number}", room.clerk)

    failed = at_once(end, CLERKS, tmp_path)
    assert len(failed) == CLERKS - 1
    assert all("这个问题已经有结果" in one for one in failed)
    assert Problem.objects.get().state == ProblemState.AGREED
