"""The editor's list of questions that found nothing, with what can be done about each."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail_modeladmin.helpers import PermissionHelper

from search.kinds import declared_kinds
from search.misses import deciding
from search.misses.asking import hits_now
from search.misses.forms import Nothing, SynonymForm
from search.misses.models import Miss, Outcome, Standing
from search.misses.permissions import DECIDE, TEACH
from search.suggesting import suggestion
from suite.registers.actions import RecordAction
from suite.registers.register import Register
from suite.registers.views import RegisterInspectView

ALL = "all"


class StandingFilter(SimpleListFilter):
    """What waits, unless something else is chosen."""

    title = _("status")
    parameter_name = "standing"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [*Standing.choices, (ALL, _("All"))]

    def choices(self, changelist: Any) -> Any:
        # Without Django's own "All", which would stand for what waits.
        for key, label in [(None, _("Waiting for you")), *self.lookup_choices]:
            query = changelist.get_query_string({self.parameter_name: key} if key else {}, [self.parameter_name])
            yield {"selected": self.value() == key, "query_string": query, "display": label}

    def queryset(self, request: Any, queryset: Any) -> Any:
        chosen = self.value()
        if chosen in Standing.values:
            return queryset.standing(Standing(str(chosen)))
        return queryset if chosen == ALL else queryset.waiting()


class DecideOnly(PermissionHelper):
    """Visits write the rows; the office decides about them."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False


def _may_decide(user: Any) -> bool:
    return bool(user.has_perm(DECIDE))


def _may_teach(user: Any) -> bool:
    return bool(user.has_perms(TEACH))


class MissInspectView(RegisterInspectView):
    """A question, what it finds now, and the ways to pages that could answer it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = self.instance.question
        kinds = [kind for kind in declared_kinds() if kind.start] if _may_decide(self.request.user) else []
        starts = [(kind.label, kind.start(question)) for kind in kinds if kind.start]
        return super().get_context_data(**{"starts": [row for row in starts if row[1]], **kwargs})


class MissRegister(Register):
    """What people asked in vain, what is asked most first."""

    model = Miss
    menu_icon = "help"
    permission_helper_class = DecideOnly
    inspect_view_class = MissInspectView
    inspect_template_name = "search/miss.html"
    list_display = ("question", "times", "first_day", "last_day", "standing")
    list_filter = (StandingFilter,)
    search_fields = ("question",)
    one_line = ("standing",)
    inspect_view_fields = ("question", "times", "first_day", "last_day", "standing", "finds_now", "offered")
    actions = (
        RecordAction(
            "synonym",
            _("Add a synonym"),
            SynonymForm,
            lambda miss, data, user: deciding.teach(miss, data["words"], data["one_way"], user),
            explanation=_(
                "Write the words that your pages use for it. If one of them has synonyms already, this one joins them."
            ),
            allowed=_may_teach,
        ),
        RecordAction(
            "done",
            _("Dealt with"),
            Nothing,
            lambda miss, data, user: deciding.decide(miss, Outcome.DONE, user),
            explanation=_("It leaves your list. If it is asked again and still finds nothing, it comes back."),
            possible=lambda miss: miss.standing in (Standing.WAITING, Standing.AGAIN),
            allowed=_may_decide,
        ),
        RecordAction(
            "ignore",
            _("Not our business"),
            Nothing,
            lambda miss, data, user: deciding.decide(miss, Outcome.NOT_OURS, user),
            explanation=_("It leaves your list for good, however often it is asked."),
            possible=lambda miss: miss.outcome != Outcome.NOT_OURS,
            allowed=_may_decide,
        ),
        RecordAction(
            "reopen",
            _("Put back on the list"),
            Nothing,
            lambda miss, data, user: deciding.decide(miss, Outcome.OPEN, user),
            possible=lambda miss: miss.standing in (Standing.DONE, Standing.NOT_OURS),
            allowed=_may_decide,
        ),
    )

    @display(description=_("status"))
    def standing(self, miss: Miss) -> str:
        return str(miss.standing.label)

    @display(description=_("finds now"))
    def finds_now(self, miss: Miss) -> str:
        hits = hits_now(miss.question)
        url = f"{reverse('search')}?{urlencode({'q': miss.question})}"
        words = ngettext("%(count)s page", "%(count)s pages", hits) % {"count": hits} if hits else _("still nothing")
        return format_html('<a href="{}">{}</a>', url, words)

    @display(description=_("offered instead"))
    def offered(self, miss: Miss) -> str:
        return suggestion(miss.question) or ""

    def remove(self, instance: Any, user: Any) -> None:
        deciding.remove(instance, user)
