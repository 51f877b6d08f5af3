"""The list to sign, and the certificate."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from printing import Printable, Sheet
from printing.domain.gongwen import chinese_date
from printing.domain.tablesheets import table_sheet
from suite.theme.office import current_office
from suite.theme.when import moment_in_full
from training.enums import CertificateState, EnrolmentState, SessionState
from training.models import Certificate, Session
from training.permissions import user_can_run

from .access import user_can_key_in_for
from .served import units_of

LIST, CERTIFICATE = "training-list", "training-certificate"
# Rows to write in by hand: at least so many, or a fifth of the enrolled; more where that fills the last sheet.
_BLANK = 5
# Rows of the first sheet with notes and signatures below them, and those that each further sheet holds more.
_FIRST, _FURTHER = 14, 18
# Characters of a title and of what stands below it that stay on one line; a second one takes a row.
_LINE_OF_TITLE, _LINE = 20, 36


def list_sheet(session: Session) -> Sheet:
    """签到表: who is enrolled, with room to sign, and blank rows for who comes without."""
    enrolled = list(session.enrolments.filter(state=EnrolmentState.ENROLLED).select_related("person", "village"))
    units = units_of([one.person_id for one in enrolled if one.person_id], timezone.localdate(session.starts_at))
    named = [(str(one), one.village.name if one.village else units.get(one.person_id or 0, "")) for one in enrolled]
    named.sort(key=lambda row: row[1])
    teacher = session.guest_trainer or (session.trainer.name if session.trainer else "")
    where = [moment_in_full(session.starts_at), session.place, f"主讲人：{teacher}" if teacher else ""]
    title, subtitle = f"{session.course.title}签到表", "　".join(filter(None, where))
    return table_sheet(
        kind=LIST,
        title=title,
        subtitle=subtitle,
        columns=["序号", "姓名", "村（社区）、单位", "签名"],
        rows=[[number, name, of, ""] for number, (name, of) in enumerate(named, 1)],
        least={"姓名": 6, "签名": 12},
        blank_rows=_blank_rows(len(named), _FIRST - (len(title) > _LINE_OF_TITLE) - (len(subtitle) > _LINE)),
        notes=["本人签名。名单上没有的，写在空行里，并写明村或单位。签完后由录入人员录入并存档。"],
        signatures=["会场实到人数", "主讲人", "录入人"],
        landscape=False,
        name=f"{session.course.title}{timezone.localdate(session.starts_at)}签到表",
    )


def _blank_rows(named: int, first: int) -> int:
    """So many that no sheet ends with a row or two; ``first``: the rows of a first sheet."""
    least = named + max(_BLANK, named // 5)
    further = max(0, -(-(least - first) // _FURTHER))
    return first + further * _FURTHER - named


def certificate_sheet(certificate: Certificate) -> Sheet:
    """培训证书, across A4. A void one says so."""
    attendance = certificate.attendance
    session = attendance.session
    office = current_office()
    hours = round((session.ends_at - session.starts_at).total_seconds() / 1800) / 2
    day = timezone.localdate(session.starts_at)
    return Sheet(
        kind=CERTIFICATE,
        template="training/paper/certificate.html",
        style="training/certificate",
        title=_("Certificate of %(name)s: %(course)s") % {"name": attendance.name, "course": session.course.title},
        context={
            "name": attendance.name,
            "of": attendance.of,
            "day": chinese_date(day),
            "course": session.course.title,
            "place": session.place,
            "hours": f"{hours:g}",
            "number": certificate.number,
            "issuer": office.issuer,
            "issued_on": chinese_date(timezone.localdate(certificate.issued_at)),
        },
        issued=timezone.localdate(certificate.issued_at),
        changed=timezone.localdate(certificate.issued_at),
        ended=certificate.reason if certificate.state == CertificateState.VOIDED else "",
        name=f"培训证书{certificate.number}",
        names=(attendance.name,),
    )


def attendance_papers() -> list[Printable]:
    """Both, for who may have them: neither is for the public."""
    return [
        Printable(
            kind=LIST,
            label=gettext_lazy("list to sign"),
            model=Session,
            document=list_sheet,
            find=_session,
            keys=lambda: map(str, Session.objects.order_by("pk").values_list("pk", flat=True)),
            user_can_print=lambda user, session: user.is_authenticated and user_can_key_in_for(user, session),
            traced=False,
            refusal=lambda session: _cancelled() if session.state == SessionState.CANCELLED else "",
        ),
        Printable(
            kind=CERTIFICATE,
            label=gettext_lazy("training certificate"),
            model=Certificate,
            document=certificate_sheet,
            find=_certificate,
            keys=lambda: map(str, Certificate.objects.order_by("pk").values_list("pk", flat=True)),
            user_can_print=lambda user, certificate: user_can_run(user) or _is_own(user, certificate),
        ),
    ]


def _cancelled() -> str:
    return _("This session was cancelled: there is nothing to sign.")


def _is_own(user: object, certificate: Certificate) -> bool:
    person = getattr(user, "person", None)
    return person is not None and certificate.attendance.person_id == person.pk


def _session(key: str) -> Session | None:
    rows = Session.objects.select_related("course__contact", "trainer", "village")
    return rows.filter(pk=key).first() if key.isdecimal() else None


def _certificate(key: str) -> Certificate | None:
    rows = Certificate.objects.select_related("attendance__session__course")
    return rows.filter(pk=key).first() if key.isdecimal() else None
