"""What attendance puts on desks, and who is offered its screens."""

import pytest
from django.urls import reverse

from tests.training.attendance import staging
from tests.training.attendance.staging import code, enrol, held, opened
from training.domain.attendance.waiting import desk_items
from training.domain.lifecycle import attendance, feedback
from training.domain.lifecycle.attendance import Who
from training.domain.years import own
from training.models import Session


def keys(user):
    return [item.key.partition(":")[0] for item in desk_items(user)]


@pytest.mark.parametrize(("hours", "waits"), [(-1, []), (-0.5, ["training.take"]), (2.4, ["training.take"]), (2.5, [])])
def test_the_trainer_is_asked_to_take_it_from_half_an_hour_before_to_an_hour_after(here, time, hours, waits):
    time.go(hours=hours)
    assert (keys(here.users.trainer), keys(here.users.contact), keys(here.users.runner)) == (waits, [], [])


def test_where_a_guest_teaches_who_is_responsible_and_the_office_are(here):
    Session.objects.update(trainer=None, guest_trainer="县农业局 王工")
    assert (keys(here.users.trainer), keys(here.users.contact), keys(here.users.runner)) == (
        [], ["training.take"], ["training.take"],
    )  # fmt: skip


def test_nothing_is_to_be_taken_of_a_session_that_is_closed(here):
    held(here.session)
    assert keys(here.users.trainer) == []


def test_the_enrolled_are_reminded_of_the_code_while_it_counts_and_of_their_answer_afterwards(here, time):
    enrol(here.session, here.first)
    assert keys(here.users.first) == []
    opened(here)
    (item,) = desk_items(here.users.first)
    assert (item.title, item.url, item.due) == (
        "签到：机关月度学习", reverse("training_attend"), staging.after(minutes=15),
    )  # fmt: skip
    assert keys(here.users.second) == []
    attendance.attend(here.session, code(here.session), here.users.first, "device")
    assert keys(here.users.first) == []
    time.go(minutes=90)
    assert [item.title for item in desk_items(here.users.first)] == ["评价培训：机关月度学习"]
    feedback.give(here.session, 5, "", user=here.users.first)
    assert keys(here.users.first) == []


def test_nobody_is_asked_what_they_thought_a_week_later(here, time):
    attendance.tick(here.session, Who(person=here.first), here.users.trainer)
    time.go(days=7)
    assert keys(here.users.first) == ["training.feedback"]
    time.go(days=7, minutes=91)
    assert keys(here.users.first) == []


def test_an_account_without_a_person_has_nothing_waiting(here):
    assert keys(staging.account("nobody", "efficiency_office")) == []


def test_the_list_of_sessions_is_offered_to_the_office_and_to_who_keys_in(here):
    address = reverse("training_attendance_list")
    offered = [
        key for key, user in vars(here.users).items()
        if address in [link.url for link in own.ways(user)]
    ]  # fmt: skip
    assert offered == ["runner", "liaison"]


def test_the_desk_needs_four_queries_however_many_sessions_there_are(here, django_assert_max_num_queries):
    for _number in range(20):
        staging.session(here)
    user = here.users.runner
    assert user.has_perm("training.run_training")
    with django_assert_max_num_queries(5):
        list(desk_items(user))
