"""月析月评会: who was drawn to report, what they promised, room for what is said and remarked."""

from dataclasses import dataclass

from django.db.models import Prefetch

from commitments.domain.draws import public_draw_of
from commitments.models import MeetingReport, Promise, ReportMeeting
from printing import Sheet
from suite.theme.office import current_office, outside_address
from suite.theme.when import moment_in_full


@dataclass(frozen=True)
class Speaker:
    """One who was drawn; ``promises``: (text, what became of it) as far as that is decided."""

    order: int
    name: str
    unit: str
    posts: str
    promises: tuple[tuple[str, str], ...]
    present: str
    said: str
    remarks: str


def meeting_sheet(meeting: ReportMeeting) -> Sheet:
    """The sheet of one meeting: filled in where it was recorded, lines to write on where it was not."""
    office = current_office()
    draw = public_draw_of(meeting.month)
    title = f"月析月评会记录表（{meeting.month}）"
    return Sheet(
        kind="commitment-meeting",
        template="commitments/paper/meeting.html",
        style="commitments/meeting",
        context={
            "title": title,
            "issuer": office.issuer,
            "facts": [
                ("时间", moment_in_full(meeting.starts_at)),
                ("地点", meeting.place),
                ("主持人", meeting.chair.name),
                ("抽签编号", draw.public_id if draw else "尚未公布名单"),
            ],
            "speakers": _speakers(meeting),
        },
        title=title,
        issued=meeting.month.first,
        address=outside_address(draw.get_absolute_url()) if draw else "",
        name=title,
    )


def nobody_drawn(meeting: ReportMeeting) -> bool:
    """Whether the sheet would be empty."""
    return not meeting.reports.exists()


def _speakers(meeting: ReportMeeting) -> list[Speaker]:
    rows = Promise.objects.filter(missing=False).order_by("number")
    reports = meeting.reports.select_related("commitment__person", "commitment__unit").order_by("order")
    return [_speaker(one) for one in reports.prefetch_related(Prefetch("commitment__promises", rows))]


def _speaker(report: MeetingReport) -> Speaker:
    one = report.commitment
    present = "" if report.present is None else ("到会" if report.present else "未到会")
    return Speaker(
        order=report.order,
        name=one.person.name,
        unit=one.unit.name,
        posts=one.posts,
        promises=tuple(
            (
                f"{row.number}. {row.work}：{row.goal}（{row.due.month}月{row.due.day}日前）",
                str(row.get_outcome_display()) if row.outcome else "",
            )
            for row in one.promises.all()
        ),
        present=present,
        said=report.said,
        remarks=report.remarks,
    )
