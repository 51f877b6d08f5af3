"""The register of document numbers, for the rest of the suite."""

from .lifecycle import issue, keep_series, void
from .queries import active_series, gaps, next_number, number_of_page, year_report

__all__ = [
    "active_series",
    "gaps",
    "issue",
    "keep_series",
    "next_number",
    "number_of_page",
    "void",
    "year_report",
]
