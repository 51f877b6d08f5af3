"""Who sits there: the list for the board with masked names, the desk's own list, the cards for the table."""

from collections import defaultdict

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from hearings.enums import OfficerRole, SeatState
from hearings.models import Hearing, HearingNoticePage, Representative
from printing import Sheet
from printing.domain.posters import poster_sheet
from printing.domain.rendering import PrintingUnavailable
from printing.domain.seatcards import SeatCard, seat_card_sheet
from printing.domain.tablesheets import table_sheet
from suite.privacy import masked
from suite.theme.office import current_office
from suite.theme.when import moment_in_full, moment_in_short

from .facts import BY_VILLAGE, phone_of, seated, sitting, speaks_for, standing

_CARDS_A_SHEET = 2
_ROLES = {OfficerRole.CHAIR: "主持人", OfficerRole.OFFICER: "听证官", OfficerRole.CLERK: "记录员"}


def delegate_poster(page: HearingNoticePage, size: str) -> Sheet:
    """听证代表名单 for the board: village by village, of every name the surname alone."""
    hearing, office = page.hearing, current_office()
    by_village: dict[str, list[Representative]] = defaultdict(list)
    for one in _somebody(hearing):
        by_village[speaks_for(one) or "邀请代表"].append(one)
    rows = format_html_join(
        "",
        "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
        ((name, len(them), "、".join(masked(one.name) for one in them)) for name, them in by_village.items()),
    )
    facts = [("听证时间", moment_in_short(hearing.starts_at) if hearing.starts_at else ""), ("地点", hearing.place)]
    total = sum(map(len, by_village.values()))
    return poster_sheet(
        kind="delegate-list",
        size=size,
        label="代表名单",
        title=f"{hearing.title}听证代表名单",
        issuer=office.issuer,
        facts=[(name, value) for name, value in facts if value],
        body_html=format_html(
            "<table><thead><tr><th>村（社区）</th><th>人数</th><th>代表</th></tr></thead><tbody>{}</tbody></table>"
            "<p>共{}名。为保护个人信息，姓名只公布姓氏。对名单有疑问的，请打咨询电话。</p>",
            rows,
            total,
        ),
        unit=hearing.host.name,
        phone=phone_of(hearing),
        supervision_phone=office.supervision_phone,
        **standing(page),
    )


def delegate_list(hearing: Hearing) -> Sheet:
    """The desk's own list, with full names and phones, and a column to sign in. Never for a board."""
    people = hearing.representatives.select_related("village").order_by(*BY_VILLAGE)
    groups = {
        "听证代表": [one for one in people if one.state == SeatState.SEATED],
        "已报名，席位未定": [one for one in people if one.state == SeatState.APPLIED],
        "已邀请，尚未答复": [one for one in people if one.state == SeatState.INVITED],
    }
    waiting = [one for one in people if one.state == SeatState.WAITING]
    groups["候补"] = sorted(waiting, key=lambda one: (speaks_for(one), one.place_in_line or 0))
    rows: list[list[str] | str] = []
    for heading, them in groups.items():
        if them:
            rows.append(f"{heading}（{len(them)}名）")
            rows += [_person(number, one) for number, one in enumerate(them, 1)]
    officers = sitting(hearing)
    if officers:
        rows.append("主持人、听证官、记录员")
        rows += [
            [str(number), one.person.name, _ROLES[OfficerRole(one.role)], one.person.work_phone or "—", "", ""]
            for number, one in enumerate(officers, 1)
        ]
    if not rows:
        raise PrintingUnavailable(_("Nobody has signed up or been invited yet, and no officer is entered."))
    when = moment_in_full(hearing.starts_at) if hearing.starts_at else ""
    return table_sheet(
        kind="delegate-list-full",
        title=f"{hearing.title}人员名单（签到）",
        subtitle="　".join(filter(None, [when, hearing.place])),
        columns=["序号", "姓名", "代表（村、单位）", "电话", "想问的问题", "签到"],
        rows=rows,
        notes=["内部使用，含个人信息，不得张贴、外传；会后由效能办收回归档。"],
        landscape=True,
    )


def seat_cards(hearing: Hearing) -> Sheet:
    """Cards for officers first, then representatives."""
    cards = [SeatCard(one.person.name, _ROLES[OfficerRole(one.role)]) for one in sitting(hearing)]
    cards += [SeatCard(one.name, f"听证代表　{speaks_for(one)}".rstrip("　")) for one in seated(hearing)]
    return seat_card_sheet(
        cards,
        per_sheet=_CARDS_A_SHEET,
        title=_("Seat cards: %(title)s") % {"title": hearing.title},
        kind="hearing-seat-cards",
    )


def _somebody(hearing: Hearing) -> list[Representative]:
    people = list(seated(hearing))
    if not people:
        raise PrintingUnavailable(_("No representative has a seat yet. The list is printed once they are fixed."))
    return people


def _person(number: int, one: Representative) -> list[str]:
    return [str(number), one.name, speaks_for(one) or "—", one.phone, one.problem, ""]
