"""Run inside a site's `manage.py shell`: somebody of the Ping'an centre kept nothing, and a notice is on its way."""

from django.contrib.auth import get_user_model

from commitments.domain.lifecycle import notices, results
from commitments.domain.notice_access import approver_of_notice
from commitments.enums import Grade
from commitments.models import Commitment, ServedNotice
from tests.journeys.approval_scene import reported


def approved(name, password):
    """Nothing was kept; the leader has approved a notice to this person, who may log in. Returns its address."""
    reported(name, month=4)
    one = Commitment.objects.get(person__name=name, state="reported")
    office, supervisor = _account("efficiency_office"), _account("supervisor")
    rows = list(one.promises.all())
    for row in rows:
        results.verify(row, "visit", False, "到现场看，一盏也没亮。", supervisor)
    results.finish_verification(one, supervisor)
    one = results.decide(one, {row.pk: ("not", "路灯没有亮。") for row in rows}, office)
    facts = "两处路灯到期没有亮。请说明原因和何时修好。"
    notice = notices.propose(ServedNotice(commitment=one, grade=Grade.EXPLAIN, facts=facts), rows, office)
    notice = notices.approve(notice, approver_of_notice(notice).user)
    one.person.user.set_password(password)
    one.person.user.save()
    return f"/desk/commitments/notices/{notice.pk}/"


def _account(name):
    return get_user_model().objects.get(username=name)
