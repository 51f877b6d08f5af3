"""月析月评 on paper, for the efficiency office and leaders."""

from django.utils.translation import gettext as _

from commitments.domain.analysis import analysis, people
from commitments.domain.analysis_shown import charts, headline, tables
from commitments.models import Month
from printing import Sheet
from suite.theme.office import current_office


def analysis_sheet(month: Month) -> Sheet:
    """Headline, charts, every number, and by name who did not file, filed late, or did not keep everything."""
    found = analysis(month)
    title = _("Month analysis of %(month)s") % {"month": found.month}
    return Sheet(
        kind="commitment-analysis",
        template="commitments/paper/analysis.html",
        style="bars commitments/analysis",
        context={
            "title": title,
            "issuer": current_office().township_name,
            "found": found,
            "headline": headline(found),
            "charts": charts(found),
            "tables": tables(found),
            "people": people(found.month),
        },
        title=title,
        issued=found.as_of,
        name=title,
    )
