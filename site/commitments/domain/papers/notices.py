"""责任通知书 with the receipt of service, and what came back: objection and decision, talk, answer, check.

Papers of a notice are for those who may see it, never traced and never public: whoever holds one holds it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from commitments.domain.notice_record import notice_settings
from commitments.enums import Grade, NoticeState
from commitments.models import Promise, ServedNotice
from printing import Sheet
from printing.domain.gongwen import gongwen_sheet
from printing.domain.served import served_notice_sheet
from suite.theme.dates import in_full
from suite.theme.office import current_office

# It counts on paper from its number on; before, and where it came to nothing, the sheet says so.
_DRAFTS = (NoticeState.PROPOSED, NoticeState.REFUSED)
_NUMBERS = "一二三四五六七八九十"


def notice_sheet(notice: ServedNotice) -> Sheet:
    """The notice as it is served: what was not kept, the facts, what is asked for, until when; with its receipt."""
    office = current_office()
    days = notice_settings()
    person = notice.commitment.person
    withdrawn = notice.state == NoticeState.WITHDRAWN
    return served_notice_sheet(
        kind="commitment-notice",
        title=f"{notice.get_grade_display()}通知书",
        number=notice.number,
        recipient=f"{person.name}同志",
        body_html=_body(notice),
        deadline=f"自收到本通知书次日起{days.answer_days}个工作日内书面答复。对通知书有异议的，自收到次日起"
        f"{days.objection_days}个工作日内、作出答复以前提出一次，由没有参与拟发和审批的领导裁定，裁定前答复期限中止",
        signatory=office.issuer,
        day=timezone.localdate(notice.approved_at) if notice.approved_at else None,
        contact="效能办",
        phone=office.supervision_phone,
        draft=notice.state in _DRAFTS or not notice.number,
        ended="本通知书已撤销。" if withdrawn else "",
        name=f"{notice.get_grade_display()}通知书 {person.name} {notice.number or notice.commitment.month}",
    )


def answer_sheet(notice: ServedNotice) -> Sheet:
    """What came of a notice, for the file: objection and decision, talk, answers, check; with lines to sign."""
    office = current_office()
    person = notice.commitment.person
    parts = list(_parts(notice))
    body = format_html_join(
        "", "<h2>{}、{}</h2>{}", ((_number(place), title, text) for place, (title, text) in enumerate(parts, 1))
    )
    opening = format_html(
        "<p>{}（{}）于{}收到{}通知书（{}）。办理情况如下。</p>",
        person.name,
        notice.commitment.posts or notice.commitment.unit.name,
        in_full(notice.served_at),
        notice.get_grade_display(),
        notice.number,
    )
    signers = ["受通知人", "谈话人"] if notice.talk_record else ["受通知人"]
    signed = format_html_join("", "<p>{}签名：</p>", ((one,) for one in signers))
    return gongwen_sheet(
        kind="commitment-answer",
        title=f"{notice.get_grade_display()}通知书办理情况",
        number=notice.number,
        body_html=opening + body + signed,
        signatory=f"{office.issuer}效能办",
        day=timezone.localdate(notice.ended_at) if notice.ended_at else timezone.localdate(),
        sealed=False,
        name=f"{notice.get_grade_display()}通知书办理情况 {person.name} {notice.number}",
    )


def nothing_came(notice: ServedNotice) -> bool:
    """Whether there is nothing to put on the second paper yet."""
    return notice.served_at is None or not any(_parts(notice))


def _body(notice: ServedNotice) -> SafeString:
    rows = list(notice.promises.all())
    month = notice.commitment.month
    if all(row.missing for row in rows):
        body = format_html("<p>经核实，你没有填报{}的月承诺。</p>", month)
    else:
        body = format_html("<p>经效能监督员核实、镇里认定，你{}的月承诺中，下列事项没有完成：</p>", month)
        body += format_html_join("", "<p>{}</p>", ((_row(row, place),) for place, row in enumerate(rows, 1)))
    body += _paragraphs(notice.facts)
    return body + format_html("<p>{}</p>", _asked(notice))


def _row(row: Promise, place: int) -> str:
    remark = f"镇里意见：{_stopped(row.outcome_remark)}" if row.outcome_remark else ""
    return f"{place}.{row.work.rstrip('。')}：目标是{row.goal.rstrip('。')}，{in_full(row.due)}前完成。{remark}"


def _asked(notice: ServedNotice) -> str:
    if notice.grade == Grade.TALK:
        at = timezone.localtime(notice.talk_at) if notice.talk_at else None
        when = f"{in_full(at)}{at.hour}时{at.minute:02}分" if at else ""
        return f"现决定对你进行诫勉谈话。谈话时间：{when}；谈话人：{notice.talk_by}。请按时到场，并作出书面答复。"
    if notice.grade == Grade.RECTIFY:
        return f"现责令你于{in_full(notice.rectify_until)}前完成整改，并作出书面答复。整改情况由效能办核查。"
    return "现责令你书面说明情况：没有完成的原因、怎样补救、什么时候补上。"


def _parts(notice: ServedNotice) -> Iterator[tuple[str, SafeString]]:
    objection = getattr(notice, "objection", None)
    if objection is not None:
        yield f"异议（{in_full(objection.raised_at)}提出）", _paragraphs(objection.text)
        if objection.decided_at is not None:
            decided = "异议成立，撤销通知书。" if objection.upheld else "异议不成立，通知书有效。"
            yield f"异议裁定（{in_full(objection.decided_at)}）", _paragraphs(f"{decided}\n{objection.reason}")
    if notice.talk_record:
        held = f"{in_full(notice.talk_at)}，谈话人{notice.talk_by}"
        yield f"谈话记录（{held}）", _paragraphs(notice.talk_record)
    for one in notice.earlier_answers.all():
        again = f"{one.text}\n效能办要求补正：{_stopped(one.remark)}"
        yield f"答复（{in_full(one.answered_at)}）", _paragraphs(again)
    if notice.answered_at is not None:
        yield f"答复（{in_full(notice.answered_at)}）", _paragraphs(notice.answer)
    if notice.ended_at is not None and notice.check_remark:
        yield f"核查（{notice.get_state_display()}，{in_full(notice.ended_at)}）", _paragraphs(notice.check_remark)


def _paragraphs(text: str) -> SafeString:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return format_html_join("", "<p>{}</p>", ((line,) for line in lines)) if lines else mark_safe("")


def _number(place: int) -> str:
    """一, 二 …: an answer that was asked for again and again comes to more than ten."""
    tens, ones = divmod(place, 10)
    if place <= len(_NUMBERS):
        return _NUMBERS[place - 1]
    return f"{_NUMBERS[tens - 1] if tens > 1 else ''}十{_NUMBERS[ones - 1] if ones else ''}"


def _stopped(text: str) -> str:
    return f"{text.strip().rstrip('。')}。"
