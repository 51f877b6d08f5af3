"""What a guide says on paper: the same for the sheet, the notice that is handed over, the poster and the booklet."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from guides.enums import MaterialForm, MaterialSource
from guides.limits import promised, statutory
from guides.procedure import chart
from guides.variants import Answer, kept, only_for, questions
from printing.charts import Chart
from printing.domain.charts.grid import arrange
from printing.domain.richtext import official_body
from suite.theme.dates import in_full
from suite.theme.office import current_office

from .elements import label

if TYPE_CHECKING:
    from guides.models import GuidePage

# Of a chart in a booklet, in mm.
_CHART_WIDTH = 156
CHART_SIZE = 10.5  # points at most
# A procedure of more steps is not told in one line; the chart shows it.
_STEPS_IN_A_LINE = 6


@dataclass(frozen=True)
class Case:
    """A guide, and the answers of those it is printed for; none: for everybody."""

    guide: "GuidePage"
    answers: tuple[Answer, ...] = ()

    @property
    def key(self) -> str:
        """As it stands in a paper's address: 12, or 12-1A-2B."""
        return "-".join([str(self.guide.pk), *(answer.code for answer in self.answers)])

    @property
    def words(self) -> str:
        """The answers alone, in words."""
        return "、".join(answer.text for answer in self.answers)

    def __str__(self) -> str:
        return f"{self.guide.title}（{self.words}）" if self.answers else self.guide.title


def procedure_of(case: Case) -> Chart | None:
    """The chart of the steps that apply; None where a draft's steps cannot be followed."""
    drawn = chart(case.guide, case.answers)
    try:
        drawn.validate()
    except ValidationError:
        return None
    return replace(drawn, title=_("How “%(title)s” goes") % {"title": case.guide.title})


def public_facts(case: Case, *, brief: bool = False) -> list[tuple[str, str]]:
    """What must be public for every item (requirement E): item, for whom, procedure, promise, fee, complaints.

    ``brief``: of the steps no more than how many there are.
    """
    guide = case.guide
    promise, law = promised(guide), statutory(guide)
    limit = str(promise) if promise else ""
    if promise and law:
        limit = _("%(promise)s (the law allows %(law)s)") % {"promise": promise, "law": law}
    elif promise and guide.no_statutory_limit:
        limit = _("%(promise)s (the law sets no limit)") % {"promise": promise}
    fee = guide.fee or _("free of charge")
    return [
        (_("service item"), guide.title),
        (label("audience"), str(guide.get_audience_display())),
        (_("procedure"), _in_a_line(procedure_of(case), brief)),
        (label("promised_limit"), limit),
        (label("fee"), _("%(fee)s (%(basis)s)") % {"fee": fee, "basis": guide.fee_basis} if guide.fee else fee),
        (_("to complain"), guide.complaint_phone),
    ]


def fact_rows(case: Case) -> list[list[tuple[str, str]]]:
    """The public facts, one or two in a row, the phones in the last; the item itself is the paper's title."""
    guide, office = case.guide, current_office()
    audience, procedure, limit, fee, complaints = public_facts(case)[1:]
    call = (label("phone"), guide.contact_phone or office.hall_phone)
    complain = (complaints[0], complaints[1] or office.supervision_phone)
    # A fee stands with its basis, which is long.
    first = [[audience, limit], [fee]] if guide.fee else [[audience, fee], [limit]]
    return [*first, [procedure], [call, complain]]


def _in_a_line(drawn: Chart | None, brief: bool) -> str:
    if drawn is None:
        return ""
    numbers = arrange(drawn).numbers()
    spine = [
        _("%(step)s (in some cases)") % {"step": step.name} if step.only else step.name
        for step in drawn.steps
        if numbers[step.key].isdecimal()
    ]
    if brief:
        return _("%(count)s steps; see the chart") % {"count": len(spine)}
    if len(spine) <= _STEPS_IN_A_LINE:
        return " → ".join(spine)
    return _("%(count)s steps, from “%(first)s” to “%(last)s”; see the chart") % {
        "count": len(spine),
        "first": spine[0],
        "last": spine[-1],
    }


@dataclass(frozen=True)
class Row:
    """A material: the block's own value, in which cases only it is needed, and what else to mind."""

    value: Any
    only: str
    notes: tuple[str, ...]

    @property
    def remarks(self) -> tuple[str, ...]:
        return (self.only, *self.notes) if self.only else self.notes

    @property
    def source(self) -> str:
        """'' where the applicant has it."""
        source = MaterialSource(self.value["source"])
        return "" if source == MaterialSource.APPLICANT else str(source.label)

    @property
    def form(self) -> str:
        """'' for a usual paper."""
        form = MaterialForm(self.value["form"])
        return "" if form == MaterialForm.PAPER else str(form.label)


def materials(case: Case) -> tuple[list[Row], list[Row]]:
    """What has to be brought, and what the office looks up itself."""
    rows = [Row(value, _only(value, case), _notes(value)) for value in kept(case.guide.materials, case.answers)]
    shared = [row for row in rows if row.value["source"] == MaterialSource.SHARED]
    return [row for row in rows if row not in shared], shared


def _only(value: Any, case: Case) -> str:
    cases = only_for(value["only_for"] or "", questions(case.guide), case.answers)
    return _("Only for: %(cases)s") % {"cases": cases} if cases else ""


def _notes(value: Any) -> tuple[str, ...]:
    marks = [
        "" if value["required"] else _("if there is one"),
        _("may be brought later") if value["deferrable"] else "",
        _("a blank form is at the window and on the page") if value["blank"] else "",
        value["note"] or "",
    ]
    return tuple(mark for mark in marks if mark)


def given_answers(case: Case) -> list[tuple[str, str]]:
    """Question and answer, for each that was answered."""
    texts = {str(question.number): question.text for question in questions(case.guide)}
    return [(texts[answer.code[0]], answer.text) for answer in case.answers]


def matter(case: Case) -> dict[str, Any]:
    """Everything that a paper of the guide says, for its template."""
    guide, version = case.guide, case.guide.version
    bring, shared = materials(case)
    return {
        "guide": guide,
        "case": case,
        "version": version,
        "published": in_full(timezone.localdate(version.recorded_at)) if version else "",
        "fact_rows": fact_rows(case),
        "answers": given_answers(case),
        "open": [one for one in questions(guide) if not any(answer in case.answers for answer in one.answers)],
        "conditions": official_body(expand_db_html(guide.conditions)),
        "materials": bring,
        "shared": shared,
        "chart": procedure_of(case),
        "chart_width": _CHART_WIDTH,
        "chart_size": CHART_SIZE,
        "promise": promised(guide),
        "law": statutory(guide),
        "places": list(guide.places.select_related("unit")),
        "basis": [_basis(block.value) for block in guide.basis],
        "asked": [block.value for block in guide.answers],
        "office": current_office(),
    }


def _basis(value: Any) -> str:
    title = value["title"] if value["title"].startswith("《") else f"《{value['title']}》"
    return f"{title}{value['article'] or ''}"
