"""Addresses of commitments that everybody may open, below /commitments/."""

import datetime

from django.urls import path, register_converter

from . import board_views


class MonthConverter:
    """2026-11, the first day of that month to the view."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> datetime.date:
        return datetime.date.fromisoformat(f"{value}-01")

    def to_url(self, value: datetime.date | str) -> str:
        return value if isinstance(value, str) else f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("", board_views.month_list, name="commitments_index"),
    path("<month:first>/", board_views.month_page, name="commitments_month"),
    path("<month:first>/figures/", board_views.figures_page, name="commitments_figures"),
    path("<month:first>/<int:unit>/", board_views.board_page, name="commitments_board"),
]
