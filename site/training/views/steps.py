"""The screen of one step with a record of the desk: its form, and where it leads when it is taken."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from suite.registers.refusals import saved_or_refused
from training.forms.steps import AboutRecord

REFUSED = 422


@dataclass(frozen=True)
class Step:
    """What its button says, its form, ``run(row, cleaned_data, user)``, what is said when it is done; ``send``:
    what the form's own button says, where that is another word."""

    label: str | Promise
    form_class: type[AboutRecord]
    run: Callable[[Any, dict[str, Any], Any], Any]
    done: str | Promise
    send: str | Promise = ""


@dataclass(frozen=True)
class Room:
    """The steps of one kind of record; ``facts``, the template that shows one, with what ``context`` of `screen` has;
    what is said of a step that is not open (any more); ``address(row)``, where a record is seen."""

    steps: Mapping[str, Step]
    facts: str
    not_open: str | Promise
    address: Callable[[Any], str]

    def buttons(self, names: Collection[str]) -> list[tuple[str, str | Promise]]:
        """The steps of these names, each with what its button says."""
        return [(name, self.steps[name].label) for name in names]

    def screen(
        self, request: HttpRequest, row: Any, name: str, context: dict[str, Any], leave: Callable[[Any], str]
    ) -> HttpResponse:
        """The form of the step ``name``; taken, it leads to ``leave(row)``, the row as it is then.

        ``context["actions"]``: the steps that are open, as `buttons` gives them; one that is not leads back to the
        record. Raises Http404 for a step that does not exist.
        """
        if name not in self.steps:
            raise Http404
        if name not in dict(context["actions"]):
            messages.error(request, str(self.not_open))
            return redirect(self.address(row))
        step, posted = self.steps[name], request.method == "POST"
        # Bound with the token alone too: a form without fields is valid then.
        form = step.form_class(request.POST if posted else None, request.FILES if posted else None, row=row)
        if posted and form.is_valid():
            done = saved_or_refused(form, lambda: step.run(row, form.cleaned_data, request.user))
            if done is not None:
                messages.success(request, str(step.done))
                return redirect(leave(done))
        about = {"form": form, "step": step, "subject": row, "facts": self.facts, "back": self.address(row)}
        return render(request, "training/step.html", {**context, **about}, status=REFUSED if form.errors else 200)
