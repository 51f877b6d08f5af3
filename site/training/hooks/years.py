"""What one's own learning and years give to the suite: addresses, the way from the desk, paper, facts."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from printing import Printable
from suite.desk import DeskLink
from suite.permissions import PermissionRow
from training.domain.years.facts import appraisal_facts
from training.domain.years.papers import papers
from training.permissions import user_can_learn
from training.views.years import user_can_see_a_year, user_can_see_years

hooks.register("appraisal_facts", appraisal_facts)


@hooks.register("register_urls")
def addresses() -> list[URLResolver]:
    return [path("desk/training/", include("training.urls.years"))]


@hooks.register("permission_rows")
def rows() -> list[PermissionRow]:
    return [
        PermissionRow("training_own", user_can_learn),
        PermissionRow("training_year_person", user_can_see_a_year),
        PermissionRow("training_years_now", user_can_see_years),
        PermissionRow("training_years", user_can_see_years),
        PermissionRow("training_years_file", user_can_see_years),
    ]


@hooks.register("register_printables")
def printables() -> list[Printable]:
    return papers()


@hooks.register("desk_links")
def ways(user: Any) -> Iterator[DeskLink]:
    """To one's own learning; for those who see others', to the units' year."""
    if user_can_learn(user):
        yield DeskLink(_("My learning"), reverse("training_own"), order=45)
    yield from way_to_years(user)


@hooks.register("training_ways")
def way_to_years(user: Any) -> Iterator[DeskLink]:
    """The units' year, for who sees others'."""
    if user_can_see_years(user):
        yield DeskLink(_("Training by unit"), reverse("training_years_now"), order=46)
