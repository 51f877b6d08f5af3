"""The register of all commitments, and what the efficiency office does with one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from commitments import office_forms as forms
from commitments.domain.deciding import may_revise
from commitments.domain.lifecycle import commitments, results
from commitments.domain.whole import whole
from commitments.enums import WRITABLE, CommitmentState
from commitments.models import Commitment
from commitments.permissions import user_can_decide_objection, user_can_run
from suite.registers.actions import RecordAction
from suite.registers.register import Register
from suite.registers.views import RegisterInspectView
from suite.theme.dates import in_list

from .records import Records, UnitFilter

UNAPPROVED = (*WRITABLE, CommitmentState.FILED)


def user_can_revise(user: Any) -> bool:
    """Correct outcomes at all; whose, the domain says."""
    return bool(user_can_run(user) or user_can_decide_objection(user))


ACTIONS = (
    RecordAction(
        "release",
        gettext_lazy("Release with a reason"),
        forms.ReasonForm,
        lambda row, data, user: commitments.release(row, data["reason"], user),
        gettext_lazy("This person need not file this month. It can be taken back."),
        lambda row: row.state in (*UNAPPROVED, CommitmentState.APPROVED),
        user_can_run,
    ),
    RecordAction(
        "ask_again",
        gettext_lazy("Ask for it again"),
        forms.AboutRecord,
        lambda row, data, user: commitments.ask_again(row, user),
        gettext_lazy("The person has to file after all; what was typed before is still there."),
        lambda row: row.state == CommitmentState.RELEASED,
        user_can_run,
    ),
    RecordAction(
        "move_unit",
        gettext_lazy("Move to another unit"),
        forms.MoveUnitForm,
        lambda row, data, user: commitments.move_unit(row, data["unit"], data["reason"], user),
        gettext_lazy("For somebody with several posts. The leader in charge of that unit approves it then."),
        lambda row: row.state in UNAPPROVED,
        user_can_run,
    ),
    RecordAction(
        "send_back",
        gettext_lazy("Send the result back"),
        forms.RemarkForm,
        lambda row, data, user: results.send_back(row, data["remark"], user),
        gettext_lazy("The person mends the result and reports it anew; the supervisor then looks at it again."),
        lambda row: row.state == CommitmentState.REPORTED,
        user_can_run,
    ),
    RecordAction(
        "revise",
        gettext_lazy("Correct the outcome"),
        forms.ReviseForm,
        lambda row, data, user: results.revise_outcome(data["promise"], data["outcome"], data["remark"], user),
        gettext_lazy("After an objection was upheld, or where a mistake was found. The log keeps what it was before."),
        lambda row: row.state == CommitmentState.ENDED,
        user_can_revise,
    ),
)


class CommitmentView(RegisterInspectView):
    """One commitment whole: what was promised, what became of it, who found what."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.instance
        context = super().get_context_data(**{"rows": whole(row), **kwargs})
        empty = self.model_admin.get_empty_value_display()
        context["fields"] = [field for field in context["fields"] if field["value"] not in (empty, "", None)]
        if row.state == CommitmentState.VERIFIED and user_can_run(self.request.user):
            address = reverse("commitments_decide", args=[row.pk])
            context["actions"] = [(_("Decide the outcomes"), address), *context["actions"]]
        if not may_revise(self.request.user, row):
            # Leaders correct what they upheld an objection about, and nothing else.
            address = self.url_helper.get_action_url("revise", row.pk)
            context["actions"] = [action for action in context["actions"] if action[1] != address]
        return context


class CommitmentRegister(Register):
    model = Commitment
    menu_icon = "form"
    permission_helper_class = Records
    index_template_name = "commitments/admin/commitments.html"
    inspect_view_class = CommitmentView
    inspect_template_name = "commitments/admin/commitment.html"
    inspect_view_extra_css = ["registers/registers.css", "commitments/office.css"]
    actions = ACTIONS
    one_line = ("person", "month", "filed", "state_shown")
    list_display = ("person", "unit", "month", "state_shown", "filed", "outcome_shown")
    list_export = ("person", "unit", "posts", "month", "state", "source", "filed_at", "late", "approved_at",
        "reported_at", "outcome", "release_reason",
    )  # fmt: skip
    inspect_view_fields = (
        "unit", "posts", "month", "state", "source", "filed", "remark", "approved_at", "approver", "reported_at",
        "ended_at", "outcome", "release_reason",
    )  # fmt: skip
    list_filter = ("month", UnitFilter, "state", "late", "outcome")
    list_select_related = ("person", "unit", "month")
    # As the model's own, but by the month's key (months are opened one after another): it is read off an index, a page
    # of five years at a time, where the month's day would have all rows sorted.
    ordering = ("-month_id", "unit__order", "unit_id", "person__sort_key")
    search_fields = ("person__name",)

    def state_shown(self, row: Commitment) -> str:
        return str(row.get_state_display())

    state_shown.short_description = gettext_lazy("state")
    state_shown.admin_order_field = "state"

    def filed(self, row: Commitment) -> str:
        late = _("(late)") if row.late else ""
        return f"{in_list(row.filed_at)} {late}".strip()

    filed.short_description = Commitment._meta.get_field("filed_at").verbose_name
    filed.admin_order_field = "filed_at"

    def outcome_shown(self, row: Commitment) -> str:
        return str(row.get_outcome_display())

    outcome_shown.short_description = Commitment._meta.get_field("outcome").verbose_name
    outcome_shown.admin_order_field = "outcome"

    def approver(self, row: Commitment) -> str:
        """Who approved it, and for whom."""
        if row.approved_by is None:
            return ""
        name = row.approved_by.get_full_name() or row.approved_by.get_username()
        return (
            _("%(name)s on behalf of %(other)s") % {"name": name, "other": row.approved_for}
            if row.approved_for
            else name
        )

    approver.short_description = gettext_lazy("approved by")
