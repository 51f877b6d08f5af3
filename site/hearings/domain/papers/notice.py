"""The notice of a hearing, as an official document and as a poster: what, when, where, how to take part."""

from datetime import date

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from hearings.enums import OfficerRole
from hearings.models import Hearing, HearingNoticePage
from printing import Sheet
from printing.domain.gongwen import gongwen_sheet
from printing.domain.posters import poster_sheet
from printing.domain.rendering import PrintingUnavailable
from printing.domain.richtext import paragraphs
from suite.theme.dates import in_full
from suite.theme.office import current_office
from suite.theme.when import moment_in_full, moment_in_short

from .facts import officers, phone_of, points, seats_in_words, standing


def notice_sheet(page: HearingNoticePage) -> Sheet:
    """听证公告 in the shape of an official document. Time, place and topics come from the record."""
    hearing, office = announced(page.hearing), current_office()
    phone = phone_of(hearing)
    return gongwen_sheet(
        kind="hearing-notice",
        title=page.title,
        body_html=_body(page, hearing),
        issuer=f"{office.issuer}文件" if page.number else office.issuer,
        number=page.number,
        recipients="各村（社区），全体村民",
        signatory=office.issuer,
        day=_day(page),
        # Where people can sign up, the text says it already.
        note=f"咨询电话：{phone}" if phone and not _takes_sign_ups(hearing) else "",
        **standing(page),
    )


def notice_poster(page: HearingNoticePage, size: str) -> Sheet:
    """The same for the village board: time and place first, large enough to be read standing."""
    hearing, office = announced(page.hearing), current_office()
    assert hearing.starts_at is not None  # noqa: S101 - announced
    facts = [
        ("时间", moment_in_short(hearing.starts_at)),
        ("地点", hearing.place),
        ("报名截止", moment_in_short(hearing.sign_up_until) if hearing.sign_up_until else ""),
    ]
    listed = "".join(format_html("<p>{}. {}</p>", number, title) for number, title in _numbered(hearing))
    body = f"<h2>听证什么</h2>{listed}" if listed else ""
    if how := _in_short(hearing):
        body += f"<h2>怎样参加</h2>{paragraphs(how)}"
    return poster_sheet(
        kind="hearing-poster",
        size=size,
        label="听证公告",
        title=hearing.title,
        issuer=office.issuer,
        number=page.number,
        facts=[(name, value) for name, value in facts if value],
        body_html=body,
        unit=hearing.host.name,
        phone=phone_of(hearing),
        supervision_phone=office.supervision_phone,
        **standing(page),
    )


def announced(hearing: Hearing) -> Hearing:
    """The hearing, if there is something to announce. Raises PrintingUnavailable."""
    if not hearing.starts_at or not hearing.place:
        raise PrintingUnavailable(_("Day and place of the hearing are not fixed yet. Enter them in its plan first."))
    return hearing


def _body(page: HearingNoticePage, hearing: Hearing) -> str:
    assert hearing.starts_at is not None  # noqa: S101 - announced
    written = "".join(str(block.render()) for block in page.body if block.block_type != "attachment")
    chair = "、".join(officers(hearing, OfficerRole.CHAIR))
    others = "、".join(officers(hearing, OfficerRole.OFFICER))
    people = "；".join(filter(None, [chair and f"主持人：{chair}", others and f"听证官：{others}"]))
    parts = [
        ("听证内容", (written or paragraphs(hearing.about)) + _topics(hearing)),
        (
            "时间和地点",
            f"<p>时间：{moment_in_full(hearing.starts_at)}。</p><p>地点：{escape(hearing.place)}。</p>",
        ),
        ("听证代表和报名", paragraphs(_how_to_take_part(hearing))),
        ("听证官", f"<p>{escape(people)}。</p>" if people else ""),
        (
            "结果公开",
            "<p>听证会后公布听证纪要。达成一致的问题宣布结论，未达成一致的由镇里研究并答复；每项措施的落实情况"
            "在政务公开栏公布，并书面告知提出问题的人。</p>",
        ),
    ]
    lead = (
        f"<p>为听取群众意见、解决群众反映的问题，定于{in_full(hearing.starts_at)}召开{escape(hearing.title)}。"
        "现将有关事项公告如下：</p>"
    )
    numbered = zip("一二三四五", [part for part in parts if part[1]], strict=False)
    sections = "".join(f"<h2>{number}、{name}</h2>{html}" for number, (name, html) in numbered)
    return lead + sections


def _topics(hearing: Hearing) -> str:
    """The topics, one a line. A topic is never so long that it would not fit."""
    return "".join(format_html("<p>{}. {}</p>", number, title) for number, title in _numbered(hearing))


def _numbered(hearing: Hearing) -> list[tuple[int, str]]:
    return list(enumerate(points(hearing), 1))


def _how_to_take_part(hearing: Hearing) -> str:
    """Who may be a representative, until when and how to sign up, and what happens when too many do."""
    lines = []
    if seats := seats_in_words(hearing):
        lines.append(f"听证代表名额：{seats}。")
    if hearing.sign_up_until and _takes_sign_ups(hearing):
        phone = phone_of(hearing)
        ways = ["扫描公告上的二维码在网上报名", "找本村驻村干部、宣传员或代办员代为报名"]
        if phone:
            ways.append(f"打电话{phone}报名")
        lines.append(f"本镇村民都可以报名，{moment_in_full(hearing.sign_up_until)}截止。可以{'，也可以'.join(ways)}。")
        lines.append("报名人数超过本村名额的，公开抽签决定，其余列为候补。代表名单隐去全名后公布。")
    return "\n".join(lines)


def _in_short(hearing: Hearing) -> str:
    """The same in three lines, for who reads it standing."""
    lines = []
    if seats := seats_in_words(hearing):
        lines.append(f"代表名额{seats}。")
    if _takes_sign_ups(hearing):
        lines.append("找驻村干部、村宣传员或代办员报名，也可以扫码、打电话。报名多于名额的公开抽签。")
    return "".join(lines)


def _takes_sign_ups(hearing: Hearing) -> bool:
    return hearing.sign_up_until is not None and hearing.quotas.exists()


def _day(page: HearingNoticePage) -> date | None:
    return timezone.localdate(page.first_published_at) if page.first_published_at else None
