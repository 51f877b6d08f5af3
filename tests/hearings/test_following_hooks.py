"""What session and follow-up give to paper, pages, privacy and the desk."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from wagtail import hooks

from hearings.domain.lifecycle import measures
from hearings.enums import MeasureKind
from hearings.models import CircularPage, Measure, MinutesPage
from organisation.enums import UnitKind
from organisation.models import Unit
from suite.desk.domain.queries import desk_of
from suite.hooks import collect

DUE = datetime.date(2026, 12, 4)


def issue(room, **changes):
    values = {"problem": room.problem, "kind": MeasureKind.COMMITMENT, "text": "装路灯", "unit": room.team, "due": DUE}
    return measures.issue_measure(Measure(**{**values, **changes}), room.user)


def facts(page):
    return [(fact.label, fact.value) for fact in collect("page_facts", page)]


def test_minutes_and_circulars_say_how_far_the_measures_are(published, time):
    page = MinutesPage.objects.get(pk=published.minutes_page.pk)
    assert ("措施", "承诺1项，完成0项，公开说明0项，超期0项") not in facts(page)
    issue(published)
    assert ("措施", "承诺1项，完成0项，公开说明0项，超期0项") in facts(page)
    time.go(days=20)
    circular = CircularPage(title="通报", hearing=published.hearing)
    assert ("措施", "承诺1项，完成0项，公开说明0项，超期1项") in facts(circular)


def test_paper_breaks_no_name_of_a_representative_in_full_or_masked(room):
    names = set(collect("personal_names"))
    assert {"张三丰", "张**", "李明", "李*", "欧阳修", "欧阳*"} <= names


@pytest.mark.parametrize("where", ["measure", "result", "conclusion", "topic"])
def test_minutes_do_not_go_live_while_the_record_holds_a_number(held, publish, time, where):
    from hearings.domain.lifecycle import minutes

    page = minutes.draft_minutes(held.hearing, held.user)
    minutes.send_for_correction(held.hearing, held.user)
    measure = issue(held)
    time.go(days=4)
    publish(held.index)
    # Written past the functions, which refuse it.
    if where == "conclusion":
        type(held.problem).objects.filter(pk=held.problem.pk).update(conclusion="打13800138000")
    elif where == "topic":
        type(held.topic).objects.filter(pk=held.topic.pk).update(title="打13800138000")
    else:
        Measure.objects.filter(pk=measure.pk).update(**{"text" if where == "measure" else "result": "打13800138000"})
    assert "138****8000" in publish(page)
    assert page.live is False


def test_a_desk_is_read_in_few_queries_however_many_measures_are_open(held, time, django_assert_max_num_queries):
    units = [held.team, *(Unit.objects.create(kind=UnitKind.CENTRE, name=f"中心{number}") for number in range(5))]
    Measure.objects.bulk_create(
        Measure(problem=held.problem, kind=MeasureKind.PLANNED, text=f"措施{number}", unit=units[number % 6], due=DUE,
                handler=held.handler if number % 2 else None)
        for number in range(120)
    )  # fmt: skip
    time.go(days=30)
    user = get_user_model().objects.get(pk=held.head_user.pk)
    ours = [answer for answer in hooks.get_hooks("desk_items") if answer.__module__.startswith("hearings.")]
    with django_assert_max_num_queries(30):
        items = [item for answer in ours for item in answer(user)]
    assert len([item for group in desk_of(user).groups for item in group.items if item in items]) == 20
