"""Search: analysis of Chinese, ranking engines behind Wagtail's search API, the page /search/. Knows no feature app."""

from search.kinds import Filters, SearchKind

__all__ = ["Filters", "SearchKind"]
