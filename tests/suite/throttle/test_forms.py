"""What tells a person from a robot, and how a person gets on who was taken for one."""

import pytest
from django.core import signing
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone

from suite.throttle.domain import TooMany
from suite.throttle.forms import GuardedForm
from suite.throttle.responses import too_many


def stamp(age, guard="form"):
    return signing.dumps(timezone.now().timestamp() - age, salt=f"suite.throttle.{guard}")


def sent(**values):
    data = QueryDict(mutable=True)
    data.update({"homepage": "", **values})
    form = GuardedForm(data)
    form.is_valid()
    return form


def test_a_person_who_takes_some_seconds_gets_through():
    assert sent(stamp=stamp(4)).errors == {}


def test_who_fills_in_what_nobody_sees_is_refused_and_may_send_again():
    form = sent(stamp=stamp(4), homepage="http://example.com")
    assert form.non_field_errors() == ["有一个看不见的栏目被填了内容，现已清空，请再提交一次。"]
    assert GuardedForm(form.data).is_valid()


def test_who_is_too_quick_gets_through_with_the_same_stamp_some_seconds_later():
    quick = stamp(1)
    form = sent(stamp=quick)
    assert form.non_field_errors() == ["提交得太快了。请核对一下填写的内容，再提交一次。"]
    assert form.data["stamp"] == quick


@pytest.mark.parametrize(
    "made",
    [lambda: stamp(13 * 3600), lambda: stamp(60, "another form"), lambda: "", lambda: "nonsense"],
    ids=["too old", "of another form", "none", "nonsense"],
)
def test_a_stamp_that_is_worth_nothing_is_renewed(made):
    form = sent(stamp=made())
    assert form.non_field_errors() == ["这张表打开的时间太久，现已更新。请核对后再提交一次。"]
    renewed = signing.loads(form.data["stamp"], salt="suite.throttle.form")
    assert timezone.now().timestamp() - renewed < 5


def test_who_left_the_form_open_overnight_sends_it_once_more_and_does_not_wait():
    form = sent(stamp=stamp(13 * 3600))
    assert GuardedForm(form.data).is_valid()


def test_a_stamp_that_is_not_ours_is_no_way_round_the_wait():
    form = sent(stamp=stamp(60, "another form"))
    again = GuardedForm(form.data)
    assert not again.is_valid()
    assert again.non_field_errors() == ["提交得太快了。请核对一下填写的内容，再提交一次。"]


def test_the_field_for_robots_is_hidden_from_people_who_listen_and_who_use_the_keyboard():
    html = render_to_string("throttle/guard.html", {"form": GuardedForm()})
    assert 'aria-hidden="true"' in html
    assert 'tabindex="-1"' in html


def test_what_a_person_fills_in_is_listed_without_the_guard():
    assert GuardedForm().open_fields() == []


def test_the_answer_to_too_many_says_when_to_come_back_without_asking_the_database(rf):
    response = too_many(rf.post("/"), TooMany(90))
    assert (response.status_code, response["Retry-After"]) == (429, "90")
    assert "请过2分钟再试" in response.content.decode()
