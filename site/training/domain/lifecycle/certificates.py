"""Certificates of who attended: issued with a number of the office's register, voided with a reason."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from suite import audit
from suite.numbering.domain import issue as issue_number
from suite.numbering.domain import void as void_number
from suite.numbering.models import DocumentNumber
from suite.privacy import require_public
from suite.state import locked
from suite.state.changing import require_may, require_state
from training.domain.attendance.records import there
from training.domain.attendance.series import series_to_issue_from
from training.enums import AttendanceState, CertificateState, SessionState
from training.models import Attendance, Certificate, Session
from training.permissions import user_can_run

REFERENCE = "training.certificate"


@transaction.atomic
def issue(attendance: Attendance, user: Any, at: datetime.datetime | None = None) -> Certificate:
    """Give a certificate to somebody who was there. ``at``: when (aware; default: now), for samples.

    Raises ValidationError for who may not, before the session is closed as held, for a row that was struck out, where
    one counts already, and where the series gives no more numbers.
    """
    require_may(user, user_can_run)
    session = locked(attendance.session)
    attendance = locked(attendance)
    require_state(
        session, (SessionState.HELD,), _("Certificates are issued after the session: close it as held first.")
    )
    if attendance.state != AttendanceState.RECORDED:
        raise ValidationError(
            _("%(name)s was struck out (%(reason)s): a certificate is for who was there.")
            % {"name": attendance.name, "reason": attendance.reason}
        )
    if counts := attendance.certificates.filter(state=CertificateState.ISSUED).first():
        raise ValidationError(
            _("%(name)s has certificate %(number)s already. Print that one again, or void it first.")
            % {"name": attendance.name, "number": counts.number}
        )
    moment = at or timezone.now()
    certificate = Certificate(attendance=attendance, issued_at=moment, issued_by=user)
    certificate.save()
    title = _("Certificate of %(name)s: %(course)s") % {"name": attendance.name, "course": session.course.title}
    series = series_to_issue_from(user)
    certificate.number = issue_number(series, user, title, reference=(REFERENCE, certificate.pk), at=moment).text
    certificate.save()
    audit.record(certificate, "training.issue_certificate", user, number=certificate.number)
    return certificate


@transaction.atomic
def issue_all(session: Session, user: Any, at: datetime.datetime | None = None) -> list[Certificate]:
    """A certificate for everybody who was there and has none. Raises ValidationError as `issue`, and for nobody."""
    session = locked(session)
    waiting = there(session).exclude(certificates__state=CertificateState.ISSUED)
    made = [issue(one, user, at) for one in waiting]
    if not made:
        raise ValidationError(_("Everybody who was there has a certificate already."))
    return made


@transaction.atomic
def void(certificate: Certificate, reason: str, user: Any) -> Certificate:
    """Let a certificate count no more; its number stays in the register, voided.

    Raises ValidationError for who may not, without a reason, and for one that is void already.
    """
    require_may(user, user_can_run)
    certificate = locked(certificate)
    require_state(certificate, (CertificateState.ISSUED,), _("This certificate is void already."))
    reason = reason.strip()[:200]
    if not reason:
        raise ValidationError({"reason": _("Say why it no longer counts: the reason stays with its number.")})
    require_public({"reason": reason})
    certificate.reason = reason
    certificate.to_voided()
    certificate.save()
    number = DocumentNumber.objects.get(reference_kind=REFERENCE, reference_key=str(certificate.pk))
    void_number(number, reason, user)
    audit.record(certificate, "training.void_certificate", user, number=certificate.number, reason=reason)
    return certificate
