"""The sample township is one a visitor can believe in, with an account for every role."""

import json
from io import StringIO

from django.contrib.auth import authenticate
from django.core.management import call_command
from django.utils.timezone import localdate

from demo.domain.accounts import TO_TRY, sample_accounts
from demo.domain.remove import remove
from demo.models import SampleRow
from organisation.domain import lifecycle, queries
from organisation.models import Absence, Appointment, Person, Post, Unit
from suite.roles.domain import role_keys


def run(*args):
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_it_has_the_shape_of_a_township(township):
    kinds = {kind: queries.units(kinds=[kind]).count() for kind in ("office", "centre", "team", "work_area")}
    assert kinds == {"office": 1, "centre": 3, "team": 7, "work_area": 3}
    assert [queries.units(kinds=[kind]).count() for kind in ("village", "community")] == [8, 1]
    assert all(
        queries.stationed_at(village) and queries.linked_with(village)
        for village in queries.units(kinds=["village", "community"])
    )


def test_every_role_has_an_account_to_try(township):
    usernames = {account.username for account in sample_accounts()}
    assert usernames >= set(TO_TRY)


def test_no_sample_person_is_two_of_the_three_administrators(township):
    for account in Person.objects.filter(user__isnull=False):
        assert len(role_keys(account.user) & {"system_admin", "security_admin", "audit_admin"}) <= 1


def test_supervisors_hold_no_post(township):
    supervisor = Person.objects.get(user__username="supervisor")
    assert not queries.posts_of(supervisor).exists()


def test_last_years_head_of_the_social_centre_was_another_person(township):
    centre = Unit.objects.get(name="社会事业服务中心")
    last_year = localdate().replace(year=localdate().year - 1, month=12, day=31)
    assert [person.name for person in queries.people_of(centre, last_year, descendants=False)] == ["涂国栋"]
    assert [person.name for person in queries.people_of(centre, descendants=False)] == ["贺兰英"]


def test_every_sample_row_of_the_organisation_keeps_to_the_rules(township):
    for model in (Unit, Post, Person, Appointment, Absence):
        for row in model.objects.all():
            row.full_clean()


def test_the_shown_password_opens_the_account(township):
    account = sample_accounts()[0]
    assert authenticate(None, username=account.username, password=account.password).person.name == account.name


def test_a_password_somebody_changed_is_not_shown(township):
    user = Person.objects.get(user__username="editor").user
    user.set_password("eine-andere-4711")
    user.save()
    assert next(account.password for account in sample_accounts() if account.username == "editor") == ""


def test_the_accounts_are_listed_as_json(township):
    rows = json.loads(run("sample_accounts", "--json"))
    assert list(rows[0]) == ["username", "password", "name", "role", "what_to_try"]
    assert [row["username"] for row in rows[:3]] == ["editor", "checker", "approver"]


def test_deleting_again_by_hand_is_no_obstacle(township):
    lifecycle.delete(Appointment.objects.first(), None)
    remove()
    assert (SampleRow.objects.count(), Unit.objects.count()) == (0, 0)


def test_somebody_was_away_last_month_and_somebody_is_this_month(township):
    today = localdate()
    found = {row.person.name: (row.since.month, row.deputy.name) for row in Absence.objects.all()}
    assert found == {"龚雪晴": (today.month - 1 or 12, "邵文旻"), "路遥": (today.month, "祁志强")}
