"""Questions about the organisation are answered for a day."""

import pytest

from organisation.domain import queries
from organisation.enums import ResponsibilityKind
from organisation.models import Appointment, Post, Responsibility, Unit


@pytest.fixture
def history(town, day):
    """Li was head of the centre until the end of 2025, Wang is since; Zhao serves in the team and in a village."""
    Appointment.objects.create(person=town.li, post=town.head, since=day("2024-01-01"), until=day("2025-12-31"))
    Appointment.objects.create(person=town.wang, post=town.head, since=day("2026-01-01"))
    Appointment.objects.create(person=town.zhao, post=town.clerk, since=day("2025-06-01"))
    return town


def test_the_last_day_in_office_still_counts(history, day):
    assert [*queries.posts_of(history.li, day("2025-12-31")).values_list("post__name", flat=True)] == ["主任"]
    assert not queries.posts_of(history.li, day("2026-01-01")).exists()


def test_last_years_paper_names_last_years_person(history, day):
    assert [*queries.people_of(history.centre, day("2025-12-31"), descendants=False)] == [history.li]
    assert [*queries.people_of(history.centre, day("2026-01-01"), descendants=False)] == [history.wang]


def test_people_of_a_unit_include_those_below_it_each_once(history, day):
    Appointment.objects.create(person=history.wang, post=history.clerk, since=day("2026-01-01"))
    assert [*queries.people_of(history.centre, day("2026-03-01"))] == [history.wang, history.zhao]


def test_people_are_listed_by_the_sound_of_their_names(town):
    assert [*queries.Person.objects.all()] == [town.li, town.wang, town.zhao]


def test_a_team_without_a_leader_of_its_own_falls_to_the_leader_of_the_centre(town, day):
    Responsibility.objects.create(
        person=town.li, unit=town.centre, kind=ResponsibilityKind.IN_CHARGE, since=day("2026-01-01")
    )
    assert queries.in_charge_of(town.team, day("2026-02-01")) == town.li
    assert queries.in_charge_of(town.team, day("2025-02-01")) is None
    assert [*queries.units_in_charge(town.li, day("2026-02-01"))] == [town.centre]


def test_stationed_and_linked_cadres_are_kept_apart(town, day):
    for person, kind in ((town.li, ResponsibilityKind.STATIONED), (town.wang, ResponsibilityKind.LINKED)):
        Responsibility.objects.create(person=person, unit=town.upper, kind=kind, since=day("2026-01-01"))
    assert queries.stationed_at(town.upper, day("2026-02-01")) == [town.li]
    assert queries.linked_with(town.upper, day("2026-02-01")) == [town.wang]


def test_a_person_serves_the_villages_of_their_posts_and_responsibilities(town, day):
    hamlet = Unit.objects.create(parent=town.lower, kind="natural_village", name="桥头")
    keeper = Post.objects.create(unit=hamlet, name="村民组长")
    Appointment.objects.create(person=town.zhao, post=keeper, since=day("2026-01-01"))
    Responsibility.objects.create(person=town.zhao, unit=town.upper, kind="stationed", since=day("2026-02-01"))
    assert [*queries.villages_of(town.zhao, day("2026-01-15"))] == [town.lower]
    assert [*queries.villages_of(town.zhao, day("2026-03-01"))] == [town.upper, town.lower]


def test_vacancies_count_the_holders_of_the_day(history, day):
    found = {str(post): (post.held, post.free) for post in queries.vacancies(day("2026-01-01"))}
    assert found == {"民政服务队 队员": (1, 1), "上塘村 村党支部书记": (0, 1)}


def test_a_closed_unit_has_no_vacancies_and_leaves_the_list(town, day):
    Unit.objects.filter(pk=town.upper.pk).update(until=day("2025-12-31"))
    assert [str(post) for post in queries.vacancies(day("2026-01-01"))] == ["社会事业服务中心 主任", "民政服务队 队员"]
    assert [*queries.units(day("2026-01-01"), ["village"])] == [town.lower]
    assert [*queries.units(day("2025-12-31"), ["village"])] == [town.upper, town.lower]
