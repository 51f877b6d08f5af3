"""The session on paper: agenda, the sheet of conclusions to be signed, the minutes."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hearings.enums import MeasureKind, OfficerRole, ProblemState
from hearings.models import HearingNoticePage, MinutesPage, Problem
from printing import Sheet
from printing.domain.gongwen import chinese_date, gongwen_sheet
from printing.domain.rendering import PrintingUnavailable
from printing.domain.tablesheets import table_sheet
from suite.theme.office import current_office, public_address
from suite.theme.when import moment_in_full

from .facts import officers, points, seated, standing


def agenda_sheet(page: HearingNoticePage) -> Sheet:
    """议程: who leads, in which order the problems are heard, and the rules of the session (requirement H)."""
    hearing = page.hearing
    if not hearing.starts_at:
        raise PrintingUnavailable(_("Day and place of the hearing are not fixed yet. Enter them in its plan first."))
    chair = "、".join(officers(hearing, OfficerRole.CHAIR))
    others = "、".join(officers(hearing, OfficerRole.OFFICER))
    clerk = "、".join(officers(hearing, OfficerRole.CLERK))
    head = [
        ("时间", moment_in_full(hearing.starts_at)),
        ("地点", hearing.place),
        ("主持人", chair),
        ("听证官", others),
        ("记录员", clerk),
    ]
    steps = "".join(
        format_html("<p>{}</p>", text)
        for text in (
            "1. 主持人宣布开始，介绍听证官和听证代表，宣读规则。",
            "2. 逐个听证：代表提问，听证官答复，自由讨论，代表表态。",
            "3. 主持人小结，宣布结束。",
        )
    )
    problems = "".join(format_html("<p>{}. {}</p>", number, text) for number, text in enumerate(points(hearing), 1))
    body = (
        "<h2>一、基本情况</h2>"
        + "".join(format_html("<p>{}：{}</p>", name, value) for name, value in head if value)
        + f"<h2>二、议程</h2>{steps}"
        + (f"<h2>三、听证的问题</h2>{problems}" if problems else "")
        + f"<h2>{'四' if problems else '三'}、规则</h2>"
        + "<p>代表达成一致的，由主持人宣布结论；未达成一致的，不作结论，由镇里研究并限期答复。"
        "当场能办的当场办；暂时办不到的，由责任单位作出限时承诺。</p>"
    )
    return gongwen_sheet(
        kind="hearing-agenda",
        title=f"{hearing.title}议程",
        body_html=body,
        issuer="",
        **standing(page),
    )


def conclusion_sheet(page: HearingNoticePage) -> Sheet:
    """听证结论: what each problem came to, with the assent that was given, and room to sign."""
    hearing = page.hearing
    problems = list(
        hearing.problems.select_related("village").prefetch_related("assents", "measures__unit").order_by("number")
    )
    if not problems:
        raise PrintingUnavailable(_("No problem has been recorded for this hearing yet."))
    day = hearing.held_at or hearing.starts_at
    present = sum(1 for one in seated(hearing) if one.present)
    return table_sheet(
        kind="hearing-conclusions",
        title=f"{hearing.title}听证结论",
        subtitle="　".join(
            filter(None, [moment_in_full(day) if day else "", hearing.place, f"到会代表{present}名" if present else ""])
        ),
        columns=["序号", "问题", "反映村（社区）", "结果", "结论内容", "措施、责任单位、期限"],
        rows=[_conclusion(problem) for problem in problems],
        notes=["未达成一致的问题不作结论，由镇里研究，在期限内公开答复。"],
        signatures=["主持人", "记录员", "听证代表"],
        landscape=True,
        changed=timezone.localdate(hearing.held_at) if hearing.held_at else None,
        address=public_address(page),
    )


def minutes_sheet(page: MinutesPage) -> Sheet:
    """听证纪要 in the shape of an official document (GB/T 9704, 10.3): the page's own text, not sealed."""
    office, hearing = current_office(), page.hearing
    day = page.first_published_at
    return gongwen_sheet(
        kind="hearing-minutes",
        title=page.title,
        body_html="".join(str(block.render()) for block in page.body if block.block_type != "attachment"),
        issuer="效能听证会纪要",
        head="document" if page.number else "letter",
        number=page.number,
        signatory=office.issuer,
        day=timezone.localdate(day) if day else None,
        sealed=False,
        attachments=_files(page),
        name=f"{hearing.title}纪要",
        **standing(page),
    )


def result_in_words(problem: Problem) -> str:
    """达成结论（到会代表7名，同意7名）, or what follows where none was reached."""
    if problem.state == ProblemState.AGREED:
        assents = list(problem.assents.all())
        agreed = sum(one.agrees for one in assents)
        return f"达成结论（表态{len(assents)}名，同意{agreed}名）" if assents else "达成结论"
    if problem.state == ProblemState.STUDIED:
        until = f"，{chinese_date(problem.study_until)}前答复" if problem.study_until else ""
        return f"未达成结论，由镇研究{until}"
    return "尚未讨论完"


def measures_in_words(problem: Problem) -> str:
    """Each measure on a line: what, who, until when."""
    lines = []
    for measure in problem.measures.all():
        when = (
            "当场办结" if measure.kind == MeasureKind.DONE else f"{chinese_date(measure.due)}前" if measure.due else ""
        )
        lines.append("，".join(filter(None, [measure.text.rstrip("。"), measure.unit.name, when])))
    return "\n".join(lines) or "—"


def _conclusion(problem: Problem) -> list[str]:
    return [
        str(problem.number),
        problem.title,
        problem.village.name if problem.village else "—",
        result_in_words(problem),
        problem.conclusion or "—",
        measures_in_words(problem),
    ]


def _files(page: MinutesPage) -> list[str]:
    files = [block.value for block in page.body if block.block_type == "attachment"]
    return [file["title"] or file["document"].title for file in files if file["document"]]
