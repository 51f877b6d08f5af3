"""The steps of a served notice: each one form, each calling one function of the domain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import notice_forms as forms
from .domain import notice_steps as steps
from .domain.lifecycle import notices, objections
from .models import ServedNotice


@dataclass(frozen=True)
class NoticeAction:
    """One step: what its button says, its form, ``run(notice, cleaned_data, user)``, what is said when it is done."""

    key: str
    label: str | Promise
    form_class: type[forms.AboutNotice]
    run: Callable[[ServedNotice, dict[str, Any], Any], Any]
    done: str | Promise
    explanation: str | Promise = ""


ACTIONS = {
    action.key: action
    for action in (
        NoticeAction(
            steps.ACKNOWLEDGE,
            _("I have read it"),
            forms.AboutNotice,
            lambda notice, data, user: notices.acknowledge(notice, user),
            _("Acknowledged. The days for your answer begin now."),
            _("You say that it has reached you, not that you agree. The days for answer and objection begin."),
        ),
        NoticeAction(
            steps.ANSWER,
            pgettext_lazy("served notice", "Answer"),
            forms.AnswerForm,
            lambda notice, data, user: notices.answer(notice, data["text"], user, data["evidence_files"]),
            _("Your answer has been handed in."),
        ),
        NoticeAction(
            steps.OBJECT,
            pgettext_lazy("served notice", "Object"),
            forms.ObjectionForm,
            lambda notice, data, user: objections.object_to(notice, data["text"], user),
            _("Your objection has been handed in. Until it is decided no day runs against you."),
            _("Once only, before you answer. Somebody who neither proposed nor approved the notice decides."),
        ),
        NoticeAction(
            steps.APPROVE,
            pgettext_lazy("served notice", "Approve"),
            forms.AboutNotice,
            lambda notice, data, user: notices.approve(notice, user),
            _("Approved. The notice has its number and is served."),
            _("The notice gets its number, and the person finds it on the desk."),
        ),
        NoticeAction(
            steps.REFUSE,
            _("Do not approve"),
            forms.ReasonForm,
            lambda notice, data, user: notices.refuse(notice, data["reason"], user),
            _("Not approved. The efficiency office reads why."),
        ),
        NoticeAction(
            steps.DECIDE,
            _("Decide on the objection"),
            forms.DecideForm,
            lambda notice, data, user: objections.decide_objection(
                notice.objection, data["upheld"], data["reason"], user
            ),
            _("The objection is decided."),
        ),
        NoticeAction(
            steps.TALK,
            _("Record the talk"),
            forms.TalkForm,
            lambda notice, data, user: notices.record_talk(notice, data["held_at"], data["by"], data["text"], user),
            _("The talk is on record."),
        ),
        NoticeAction(
            steps.SERVE,
            _("Served on paper"),
            forms.ServeForm,
            lambda notice, data, user: notices.serve_on_paper(notice, data["day"], user),
            _("Served. The days for answer and objection run from that day."),
            _("Print the notice, have the receipt signed, keep it, and enter its day here."),
        ),
        NoticeAction(
            steps.KEY_IN,
            _("Key in an answer on paper"),
            forms.KeyInAnswerForm,
            lambda notice, data, user: notices.key_in_answer(
                notice, data["text"], data["day"], user, data["evidence_files"]
            ),
            _("The answer is keyed in."),
        ),
        NoticeAction(
            steps.CLOSE,
            _("Close the notice"),
            forms.CheckForm,
            lambda notice, data, user: notices.close(notice, data["remark"], user),
            _("The notice is closed."),
            _("Look whether what the answer says holds, and whether what was to be rectified is."),
        ),
        NoticeAction(
            steps.ASK_AGAIN,
            _("Ask for a better answer"),
            forms.AskAgainForm,
            lambda notice, data, user: notices.ask_again(notice, data["remark"], user),
            _("A better answer is asked for. The days for it begin now."),
            _("The answer that was given is kept; the days begin anew."),
        ),
        NoticeAction(
            steps.ESCALATE,
            pgettext_lazy("served notice", "Escalate"),
            forms.EscalateForm,
            lambda notice, data, user: notices.escalate(
                notice, data["remark"], user, **{name: data[name] for name in data if name != "remark"}
            ),
            _("Passed on: a notice of the next grade is proposed."),
            _("This notice ends, and one of the next grade is proposed to the leader in charge."),
        ),
        NoticeAction(
            steps.WITHDRAW,
            _("Withdraw the notice"),
            forms.ReasonForm,
            lambda notice, data, user: notices.withdraw(notice, data["reason"], user),
            _("The notice is withdrawn."),
            _("Its number, where it has one, stays in the register."),
        ),
    )
}
