"""Forms with which one step is taken with a record; the rules are the domain's."""

from typing import Any

from django import forms


class AboutRecord(forms.Form):
    """A form about one record, ``row``; by itself it asks for nothing but the button."""

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
