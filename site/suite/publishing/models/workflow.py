"""The two stages in front of the gate, 核稿 and 审批, and what each pass remembers."""

from typing import Any

from django import forms
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState


class RemarkForm(forms.Form):
    """What has to change: a page is never sent back without a word."""

    comment = forms.CharField(label=_("Remark for the authors"), widget=forms.Textarea({"rows": 3}), max_length=2000)


class PassState(TaskState):
    """One run of a stage. ``digest`` is the content that was passed, empty until somebody passes it."""

    digest = models.CharField(_("SHA-256 of the content passed"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("stage of a page")
        verbose_name_plural = _("stages of pages")

    @transaction.atomic
    def approve(self, user: Any = None, update: bool = True, comment: str = "") -> TaskState:
        """Pass the page's newest content. Raises `PublicationRefused` for an author, a stranger, other content."""
        from suite.publishing.domain import stages

        stages.before_pass(self, user)
        return super().approve(user=user, update=update, comment=comment)

    @transaction.atomic
    def reject(self, user: Any = None, update: bool = True, comment: str = "") -> TaskState:
        """Send the page back. Raises `PublicationRefused` for an author, a stranger, an empty remark."""
        from suite.publishing.domain import stages

        stages.before_return(self, user, comment)
        return super().reject(user=user, update=update, comment=comment)


class PassTask(AbstractGroupApprovalTask):
    """A stage at which somebody from the groups, who wrote none of the page, passes it or sends it back."""

    task_state_class = PassState

    class Meta:
        abstract = True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """What `user` may do here: nothing for an author, for who passed the stage before, for an outsider."""
        from suite.publishing.domain import stages

        if stages.why_not(self, obj, user):
            return []
        return [
            ("approve", self.pass_label, False),
            ("approve", self.pass_with_comment_label, True),
            ("reject", _("Return with a remark"), True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """The same refusals as `get_actions`, for whoever posts an action without having been offered it."""
        if action_name in ("approve", "reject"):
            getattr(task_state.specific, action_name)(user=user, **kwargs)

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return RemarkForm if action == "reject" else super().get_form_for_action(action)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        from suite.publishing.domain import stages

        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        allowed = [state.pk for state in states if not stages.why_not(self, state.workflow_state.content_object, user)]
        return self.task_states.filter(pk__in=allowed)


class CheckTask(PassTask):
    """核稿: facts, wording, personal data."""

    pass_label = _("Pass the check")
    pass_with_comment_label = _("Pass the check with a comment")

    class Meta:
        verbose_name = _("editorial check")
        verbose_name_plural = _("editorial checks")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody from the chosen groups who wrote none of the page checks it"))


class ApprovalTask(PassTask):
    """审批: may it go to the public. Opens only on content that passed the check."""

    pass_label = _("Approve and publish")
    pass_with_comment_label = _("Approve and publish with a comment")

    class Meta:
        verbose_name = _("editorial approval")
        verbose_name_plural = _("editorial approvals")

    @classmethod
    def get_description(cls) -> str:
        return str(_("Somebody from the chosen groups who neither wrote nor checked the page approves it"))

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Start, or send the page back to the check if its newest content has not passed one.

        Wagtail resumes a returned page at the stage that returned it, whatever was changed meanwhile.
        """
        from suite.publishing.domain import stages

        check = stages.missing_check(workflow_state)
        return check.start(workflow_state, user=user) if check else super().start(workflow_state, user=user)
