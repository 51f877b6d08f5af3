"""What became of a hearing's measures, in words; the letters and the circular that say it."""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hearings.domain.letters import Asker, askers
from hearings.enums import MeasureKind, MeasureState, ProblemState
from hearings.models import CircularPage, Hearing, Measure, Problem
from printing import Sheet
from printing.domain.gongwen import chinese_date, gongwen_sheet
from printing.domain.rendering import PrintingUnavailable
from printing.domain.served import served_notice_sheet
from suite.theme.dates import in_full
from suite.theme.office import current_office

from .facts import phone_of, standing
from .speech import number_in_words


@dataclass(frozen=True)
class Letter:
    """The letter to one who raised problems of a hearing. ``key``: 12-r5 of a representative, 12-t7 of a topic."""

    hearing: Hearing
    asker: Asker

    @property
    def key(self) -> str:
        one = self.asker
        person = f"r{one.representative.pk}" if one.representative else f"t{one.topic.pk if one.topic else ''}"
        return f"{self.hearing.pk}-{person}"

    @property
    def name(self) -> str:
        """Who gets it; of a topic that nobody's name is known of, whoever raised it in that village."""
        one = self.asker
        if one.representative:
            return one.representative.name
        return (one.topic.raised_by or f"{one.topic.village.name}反映人") if one.topic else ""


def letters(hearing: Hearing) -> list[Letter]:
    """A letter for each who raised a problem of the hearing: one for all their problems."""
    found, whole = askers(hearing), {problem.pk: problem for problem in problems_of(hearing)}
    for one in found:
        one.problems = [whole[problem.pk] for problem in one.problems]
    return [Letter(hearing, one) for one in found]


def find_letter(key: str) -> Letter | None:
    """The letter of that key; None where there is none (any more)."""
    hearing_key, _dash, person = key.partition("-")
    if not (hearing_key.isascii() and hearing_key.isdecimal() and person):
        return None
    hearing = Hearing.objects.filter(pk=hearing_key).first()
    return next((one for one in letters(hearing) if one.key == key), None) if hearing else None


def letter_sheet(letter: Letter) -> Sheet:
    """告知说明书 with the receipt to be signed: what was concluded, what is done, until when, and whom to ask."""
    hearing, problems, office = letter.hearing, letter.asker.problems, current_office()
    held = in_full(hearing.held_at or hearing.starts_at)
    body = format_html(
        "<p>您在{}反映的问题，已在{}{}上听证。现将听证结果和办理情况告知如下：</p>",
        "听证会上" if letter.asker.representative else "听证会前",
        f"{held}举行的" if held else "",
        hearing.title,
    )
    for place, problem in enumerate(problems, 1):
        if len(problems) > 1:
            body += format_html("<h2>{}、{}</h2>", number_in_words(place), problem.title)
        body += problem_html(problem)
    body += format_html("<p>{}</p>", "对办理情况有不同意见的，请打下面的电话，或者到镇里当面提出。")
    return served_notice_sheet(
        kind="hearing-letter",
        title=_title(letter),
        recipient=letter.name,
        body_html=body,
        signatory=office.issuer,
        day=_sent_on(letter),
        contact=hearing.host.label,
        phone=phone_of(hearing),
        name=f"告知说明书 {letter.name} {hearing.title}",
    )


def letters_sheet(hearing: Hearing) -> Sheet:
    """All letters of a hearing in one file, each on a sheet of its own. Raises PrintingUnavailable for none."""
    made = [letter_sheet(letter) for letter in letters(hearing)]
    if not made:
        raise PrintingUnavailable(_("Nobody is on record as having raised a problem of this hearing."))
    title = f"{hearing.title}告知说明书（共{len(made)}份）"
    return Sheet(
        kind="hearing-letters",
        template="hearings/paper/letters.html",
        style="gongwen served hearings/letters",
        context={"letters": [mark_safe(render_to_string("hearings/paper/letter.html", one.context)) for one in made]},  # noqa: S308 - our own template
        title=title,
        name=title,
    )


def circular_sheet(page: CircularPage) -> Sheet:
    """听证情况通报 in the shape of an official document."""
    office = current_office()
    day = page.first_published_at
    return gongwen_sheet(
        kind="hearing-circular",
        title=page.title,
        body_html="".join(str(block.render()) for block in page.body if block.block_type != "attachment"),
        issuer=f"{office.issuer}文件" if page.number else office.issuer,
        number=page.number,
        recipients="各村（社区），机关各单位",
        signatory=office.issuer,
        day=timezone.localdate(day) if day else None,
        **standing(page),
    )


def problems_of(hearing: Hearing) -> list[Problem]:
    """The problems with everything that letters and circular say of them, in six queries however many there are."""
    return list(
        hearing.problems.select_related("village", "topic", "raised_by")
        .prefetch_related("assents", "measures__unit", "measures__date_changes", "topic__merged")
        .order_by("number")
    )


def problem_html(problem: Problem) -> SafeString:
    """The result of one problem and its measures, a paragraph each."""
    lines = [_result(problem), *(measure_in_words(measure) for measure in problem.measures.all())]
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines))


def measure_in_words(measure: Measure, today: datetime.date | None = None) -> str:
    """One measure: what, who, until when, moved why, and what became of it."""
    text = f"措施：{measure.text.rstrip('。')}（{measure.unit.name}"
    if measure.due and measure.kind != MeasureKind.DONE:
        text += f"，{chinese_date(measure.due)}前"
    text += "）。"
    for change in measure.date_changes.all():
        text += f"期限由{chinese_date(change.before)}改为{chinese_date(change.after)}，原因：{_stopped(change.reason)}"
    return text + standing_in_words(measure, today or timezone.localdate())


def standing_in_words(measure: Measure, today: datetime.date) -> str:
    """已于……落实 / 逾期 / 正在办理 / 未能落实, with the result."""
    ended = chinese_date(measure.ended_on) if measure.ended_on else ""
    result = _stopped(measure.result) if measure.result else ""
    if measure.state == MeasureState.DONE:
        late = "（逾期）" if measure.due and measure.ended_on and measure.ended_on > measure.due else ""
        return f"已于{ended}落实{late}。{result}" if ended else f"已落实。{result}"
    if measure.state == MeasureState.EXPLAINED:
        return f"未能落实，原因：{result}"
    if measure.due and measure.due < today:
        return f"已逾期{(today - measure.due).days}天，正在督办。"
    return "正在办理。"


def _result(problem: Problem) -> str:
    if problem.state == ProblemState.AGREED:
        return f"听证结论：{_stopped(problem.conclusion)}"
    if problem.state == ProblemState.STUDIED:
        until = f"，{chinese_date(problem.study_until)}前答复" if problem.study_until else ""
        return f"听证结果：代表未达成一致，不作结论，由镇里研究{until}。"
    return "听证结果：尚未讨论完。"


def _stopped(text: str) -> str:
    return f"{text.strip().rstrip('。')}。"


def _title(letter: Letter) -> str:
    if len(letter.asker.problems) == 1:
        return f"关于“{letter.asker.problems[0].title}”问题的告知说明书"
    return f"关于{letter.hearing.title}所反映问题的告知说明书"


def _sent_on(letter: Letter) -> datetime.date:
    """The day it was given out, if that is on record; today otherwise."""
    return max((sent.sent_on for sent in letter.asker.letters), default=timezone.localdate())
