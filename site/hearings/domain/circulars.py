"""The draft of a circular 情况通报: every measure, promised, done or late (requirement H)."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from hearings.enums import AFTER_THE_SESSION, MeasureState
from hearings.models import CircularPage, Hearing, Measure, Problem
from hearings.permissions import user_can_run
from suite.body.from_html import blocks_from_html
from suite.state.changing import require_may
from suite.theme.dates import in_full

from .lifecycle.changing import lock_hearing
from .lifecycle.drafts import add_draft
from .papers.fulfilment import problem_html, problems_of
from .papers.speech import number_in_words


@transaction.atomic
def draft_circular(hearing: Hearing, user: Any) -> CircularPage:
    """A draft below the index page: figures first, then problem by problem what was promised and what became of it.

    It goes through the editorial workflow like every page. Raises ValidationError for an account that may not run
    hearings, before the session was held, and where the site has no section for hearings.
    """
    require_may(user, user_can_run)
    hearing = lock_hearing(hearing)
    if hearing.state not in AFTER_THE_SESSION:
        raise ValidationError(_("A circular tells what became of the measures: hold the hearing first."))
    page = CircularPage(
        title=f"关于{hearing.title}措施落实情况的通报",
        hearing=hearing,
        body=blocks_from_html(circular_html(hearing)),
    )
    return add_draft(page, "hearings.draft_circular", user)


def circular_html(hearing: Hearing, today: datetime.date | None = None) -> str:
    """The text of the circular as of ``today``."""
    today = today or timezone.localdate()
    problems = problems_of(hearing)
    held = in_full(hearing.held_at or hearing.starts_at)
    html = format_html(
        "<p>{}举行的{}共听证问题{}个。截至{}，各项措施落实情况通报如下。</p><p>{}</p>",
        held,
        hearing.title,
        len(problems),
        in_full(today),
        totals_in_words(measure for problem in problems for measure in problem.measures.all()),
    )
    for problem in problems:
        html += format_html("<h2>{}、{}</h2>", number_in_words(problem.number), _of_village(problem)) + problem_html(
            problem
        )
    return html


def totals_in_words(measures: Iterable[Measure]) -> str:
    """共有措施6项：按期落实3项，逾期落实1项，正在办理1项，逾期未落实1项; what there is none of is left out."""
    today = timezone.localdate()
    counts = {"按期落实": 0, "逾期落实": 0, "正在办理": 0, "逾期未落实": 0, "公开说明未落实原因": 0}
    for measure in measures:
        counts[_standing(measure, today)] += 1
    parts = "，".join(f"{name}{count}项" for name, count in counts.items() if count)
    return f"共有措施{sum(counts.values())}项：{parts}。" if parts else "尚未确定措施。"


def _standing(measure: Measure, today: Any) -> str:
    if measure.state == MeasureState.EXPLAINED:
        return "公开说明未落实原因"
    if measure.state == MeasureState.DONE:
        on_time = not (measure.due and measure.ended_on and measure.ended_on > measure.due)
        return "按期落实" if on_time else "逾期落实"
    return "逾期未落实" if measure.due and measure.due < today else "正在办理"


def _of_village(problem: Problem) -> str:
    return f"{problem.title}（{problem.village.name}）" if problem.village else problem.title
