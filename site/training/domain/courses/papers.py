"""Posters of training: one session, or everything of a season (requirement Q)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from printing import Printable, Sheet
from printing.domain.posters import SIZES, poster_sheet
from printing.domain.rendering import PrintingUnavailable
from printing.domain.richtext import paragraphs
from suite.theme.office import current_office, outside_address
from suite.theme.when import moment_in_short
from training.enums import Season, SessionState
from training.models import Session, TrainingIndexPage

from .public import Line, addresses, coming, public_sessions

SESSION, SEASON = "training-session", "training-season"


def session_poster(session: Session, size: str) -> Sheet:
    """One session: when, where, who teaches, how to sign up."""
    office, course = current_office(), session.course
    if session.state == SessionState.CANCELLED:
        raise PrintingUnavailable(_("This session is cancelled: print the poster of another one."))
    if session.state == SessionState.HELD or session.ends_at <= timezone.now():
        raise PrintingUnavailable(_("This session is over: print the poster of a later one."))
    ends, moved = session.sign_up_until, session.moved_from
    facts = [
        ("时间", moment_in_short(session.starts_at)),
        ("原定时间", moment_in_short(moved) if moved else ""),
        ("地点", session.place),
        ("主讲", session.guest_trainer or (session.trainer.name if session.trainer else "")),
        ("名额", f"{session.seats}人" if session.seats else ""),
        ("报名截止", moment_in_short(ends) if ends else ""),
    ]
    address = outside_address(addresses().get(session.course_id, ""))
    learnt = f"<h2>学什么</h2>{paragraphs(course.about)}" if course.about else ""
    return poster_sheet(
        kind=SESSION,
        size=size,
        label="培训通知",
        title=course.title,
        issuer=office.issuer,
        facts=[(name, value) for name, value in facts if value],
        body_html=f"{learnt}<h2>怎样报名</h2>{paragraphs(_how(course.unit.phone, address))}",
        unit=course.unit.name,
        phone=course.unit.phone or office.hall_phone,
        supervision_phone=office.supervision_phone,
        address=address,
        name=f"{course.title}{timezone.localdate(session.starts_at)}海报",
    )


def season_poster(found: tuple[TrainingIndexPage, str], size: str) -> Sheet:
    """All sessions of a season that are still to come. Raises PrintingUnavailable where there is none."""
    page, season = found
    office = current_office()
    lines = [line for line in coming(season=season) if line.session.state == SessionState.OPEN]
    if not lines:
        raise PrintingUnavailable(_("No session of this season is open for sign-up: open some first."))
    address = outside_address(page.get_url() or "")
    by_course: dict[str, list[Line]] = {}
    for line in lines:
        by_course.setdefault(line.session.course.title, []).append(line)
    body = "".join(format_html("<h2>{}</h2>{}", title, _days(some)) for title, some in by_course.items())
    return poster_sheet(
        kind=SEASON,
        size=size,
        label="培训通知",
        title=f"{Season(season).label}群众培训安排",
        issuer=office.issuer,
        body_html=f"{body}<h2>怎样报名</h2>{paragraphs(_how(office.hall_phone, address))}",
        unit=office.township_name,
        phone=office.hall_phone,
        supervision_phone=office.supervision_phone,
        address=address,
        name=f"{Season(season).label}群众培训海报",
    )


def _days(lines: list[Line]) -> str:
    """When and where one course is taught: a line for each session."""
    rows = [(moment_in_short(line.session.starts_at), line.session.place) for line in lines]
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}，{}</li>", rows))


def _how(phone: str, address: str) -> str:
    """Without an address there is no code to scan."""
    ways = [
        "扫下面的二维码报名" if address else "",
        "找本村驻村干部、宣传员或代办员报名",
        f"打电话{phone}" if phone else "",
    ]
    return f"{'，也可以'.join(filter(None, ways))}。免费，不用带证件。"


def _session(key: str) -> Session | None:
    return public_sessions().filter(public_id=key).first()


def _sessions() -> list[str]:
    rows = public_sessions().filter(ends_at__gt=timezone.now()).exclude(state=SessionState.CANCELLED)
    return list(rows.values_list("public_id", flat=True))


def _season(key: str) -> tuple[TrainingIndexPage, str] | None:
    page = TrainingIndexPage.objects.live().public().first()
    return (page, key) if page and key in Season.values else None


def _seasons() -> list[str]:
    return [season for season in Season.values if coming(season=season)]


def course_papers() -> list[Printable]:
    """Both posters, on A3 and A4, for everybody."""
    return [
        _paper(SESSION, gettext_lazy("poster of a training session"), session_poster, _session, _sessions),
        _paper(SEASON, gettext_lazy("poster of a season's training"), season_poster, _season, _seasons),
    ]


def _paper(kind: str, label: Any, document: Any, find: Any, keys: Any) -> Printable:
    return Printable(
        kind=kind,
        label=label,
        model=None,
        document=document,
        find=find,
        keys=keys,
        user_can_print=_everybody,
        sizes=SIZES,
        traced=False,
    )


def _everybody(user: Any, found: Any) -> bool:
    """What is found is public."""
    return True
