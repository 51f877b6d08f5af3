"""What training tells the appraisal about one person (requirement J), by hook ``appraisal_facts``."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisation.models import Person
from suite.appraisal import PIECES, AppraisalFact, Period
from training.domain.courses import facts as courses
from training.domain.skills.share import skills_confirmed
from training.enums import AttendanceState, SessionState, ShadowingState
from training.models import Attendance, Shadowing

from .year import PersonYear, month_ends, years_of

_MONTHS = pgettext_lazy("unit of measure", "months")
_TIMES = pgettext_lazy("unit of measure", "times")
_FACTS = {
    "study_owed": (_("Months with monthly study owed"), _MONTHS),
    "study": (_("Months with monthly study"), _MONTHS),
    "sessions": (_("Training sessions attended"), _TIMES),
    "taught": (_("Training sessions taught"), _TIMES),
    "villagers": (_("Training for villagers held"), _TIMES),
    "reading_asked": (_("Materials asked to be read"), PIECES),
    "reading": (_("Materials read"), PIECES),
    "quizzes_asked": (_("Quizzes asked"), _TIMES),
    "quizzes_passed": (_("Quizzes passed"), _TIMES),
    "notes_owed": (_("Study notes owed"), PIECES),
    "notes": (_("Study notes accepted"), PIECES),
    "articles_owed": (_("Research articles owed"), PIECES),
    "articles": (_("Research articles accepted"), PIECES),
    "skills": (_("Confirmed skills"), PIECES),
    "shadowing": (_("Shadowing closed"), _TIMES),
}


def appraisal_facts(person: Person, period: Period) -> Iterator[AppraisalFact]:
    """Figures of a period: study of the months that end in it, sessions attended, taught and held in it, skills
    confirmed at its end, shadowing that ended in it and is closed.

    Reading, quizzes, notes and articles are asked for by the year: they belong to the period that holds the year's
    last day, as far as they have come when they are asked about. Nothing about whom none of this concerns.
    """
    counts = Counter[str]()
    for year in range(period.first.year, period.last.year + 1):
        one = years_of([person], year)[0]
        counts.update(_months(one, period))
        if period.first <= datetime.date(year, 12, 31) <= period.last:
            counts.update(_of_year(one))
    held = Attendance.objects.filter(person=person, state=AttendanceState.RECORDED, session__state=SessionState.HELD)
    counts["sessions"] = held.filter(session__starts_at__date__range=(period.first, period.last)).count()
    taught = courses.between([person], period.first, period.last)[person.pk]
    counts.update({"taught": taught.taught, "villagers": taught.villagers})
    counts["skills"] = skills_confirmed([person.pk], min(period.last, localdate()))[person.pk]
    closed = Shadowing.objects.filter(person=person, state=ShadowingState.CLOSED)
    counts["shadowing"] = closed.filter(until__range=(period.first, period.last)).count()
    if any(counts.values()):
        url = reverse("training_year_person", args=[person.pk, period.last.year])
        for key, (label, unit) in _FACTS.items():
            yield AppraisalFact(f"training.{key}", label, counts[key], unit, url, "training")


def _months(one: PersonYear, period: Period) -> dict[str, int]:
    """Months that end in the period: of those owed and of those attended."""
    inside = {month for month in range(1, 13) if period.first <= month_ends(one.year, month) <= period.last}
    attended = one.attendance.study_months & inside
    return {"study": len(attended), "study_owed": len(one.months_owed & inside)}


def _of_year(one: PersonYear) -> dict[str, int]:
    return {
        "reading_asked": one.reading.asked,
        "reading": one.reading.read,
        "quizzes_asked": one.quizzes.asked,
        "quizzes_passed": one.quizzes.passed,
        "notes_owed": one.notes.owed,
        "notes": one.notes.done,
        "articles_owed": one.articles.owed,
        "articles": one.articles.done,
    }
