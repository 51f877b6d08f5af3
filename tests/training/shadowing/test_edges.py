"""What seldom happens with shadowing: the office's own, what the office entered, accounts that are switched off."""

from suite.hooks import collect
from tests.training.shadowing.stage import REPORT
from tests.training.town import leave
from training.domain.lifecycle import shadowing as lifecycle
from training.domain.shadowing.facts import for_people
from training.domain.shadowing.people import may_see, to_close, visible_to


def test_what_no_leader_can_close_waits_for_the_office_and_never_for_whose_it_is(town):
    colleague = town.person("方圆", "efficiency_office", "cadre", unit=town.office)
    town.reported(town.clerk)
    for leader in (town.leader, town.head, town.other):
        leave(leader)
    assert [len(to_close(person.user)) for person in (town.clerk, colleague)] == [0, 1]


def test_a_report_that_the_office_entered_waits_for_a_colleague(town):
    colleague = town.person("方圆", "efficiency_office", "cadre", unit=town.office)
    elder = town.person("钱有福", unit=town.office, account=False)
    row = town.planned(elder, by=town.clerk.user)
    lifecycle.report(row, REPORT, town.clerk.user)
    for leader in (town.leader, town.head, town.other):
        leave(leader)
    assert [len(to_close(person.user)) for person in (town.clerk, colleague)] == [0, 1]


def test_an_account_that_is_switched_off_sees_nothing(town):
    row = town.reported()
    town.clerk.user.is_active = False
    assert (may_see(town.clerk.user, row), list(visible_to(town.clerk.user))) == (False, [])


def test_reports_of_people_without_a_desk_are_asked_of_nobody_but_the_office(town):
    town.planned(town.person("钱有福", unit=town.office, account=False), by=town.clerk.user)

    def asked(person):
        return [item for item in collect("desk_items", person.user) if item.key.startswith("training.shadowing")]

    assert [len(asked(person)) for person in (town.clerk, town.cadre, town.farmer)] == [1, 0, 0]


def test_a_year_counts_as_over_what_ended_before_today(town):
    # Today is the 4th of November.
    town.planned(since="2026-11-03", until="2026-11-04")
    assert for_people([town.cadre], 2026)[town.cadre.pk].over == 0
    town.planned(since="2026-11-01", until="2026-11-02")
    assert for_people([town.cadre], 2026)[town.cadre.pk].over == 1
