"""“Print” among the bulk actions of the page explorer: orders a pack of the pages that are ticked."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from .domain.packs import MOST_COPIES, PackItem, order_pack
from .domain.registry import printables
from .sheets import Printable


def models_that_print() -> list[type[Page]]:
    """Page types of which some paper can be had."""
    models = [printable.model for printable in printables().values() if printable.model is not None]
    return [model for model in models if issubclass(model, Page)]


def papers_of(page: Any, user: Any) -> list[Printable]:
    """The kinds of paper this user may print of a page (its own type)."""
    return [
        printable
        for printable in printables().values()
        if printable.model is not None and isinstance(page, printable.model) and printable.user_can_print(user, page)
    ]


class PrintForm(forms.Form):
    """Which papers of the pages, how many of each, and what the file is called."""

    papers = forms.MultipleChoiceField(label=gettext_lazy("Papers"), widget=forms.CheckboxSelectMultiple)
    copies = forms.IntegerField(label=gettext_lazy("Copies of each"), initial=1, min_value=1, max_value=MOST_COPIES)
    both_sides = forms.BooleanField(
        label=gettext_lazy("I print on both sides: begin each paper on a new sheet"), required=False
    )
    title = forms.CharField(label=gettext_lazy("Name of the file"), max_length=100)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = choices  # type: ignore[attr-defined]  # a MultipleChoiceField
        self.fields["papers"].initial = [value for value, label in choices[:1]]


class PrintBulkAction(PageBulkAction):
    display_name = gettext_lazy("Print")
    action_type = "print"
    aria_label = gettext_lazy("Print selected pages as one file")
    template_name = "printing/bulk_print.html"
    action_priority = 45
    form_class = PrintForm

    @classmethod
    def get_queryset(cls, model: Any, object_ids: Any) -> Any:
        """Pages as their own types, in the order of the tree: the order of the file."""
        return list(Page.objects.filter(pk__in=list(object_ids)).order_by("path").specific())

    def check_perm(self, page: Page) -> bool:
        return bool(papers_of(page, self.request.user))

    @cached_property
    def chosen(self) -> list[Any]:
        return list(self.get_actionable_objects()[0])

    def get_form_kwargs(self) -> dict[str, Any]:
        """With the papers that at least one of the pages has."""
        choices = {
            f"{printable.kind}:{size}": f"{printable.label} {size.upper()}"
            if len(printable.sizes) > 1
            else printable.label
            for page in self.chosen
            for printable in papers_of(page, self.request.user)
            for size in printable.sizes
        }
        return {**super().get_form_kwargs(), "choices": list(choices.items())}

    def get_initial(self) -> dict[str, Any]:
        if not self.chosen:
            return {}
        first = self.chosen[0]
        if len(self.chosen) == 1:
            return {"title": first.title[:100]}
        title = _("%(parent)s, %(number)d pages") % {"parent": first.get_parent().title, "number": len(self.chosen)}
        return {"title": title[:100]}

    def prepare_action(self, objects: Any, objects_without_access: Any) -> HttpResponse:
        """Order the pack and show it; a refusal stands in the form, which keeps what was chosen."""
        form: Any = self.cleaned_form
        wanted = [choice.rpartition(":")[::2] for choice in form.cleaned_data["papers"]]
        items = [
            PackItem(kind, str(page.pk), size, form.cleaned_data["copies"])
            for page in objects
            for kind, size in wanted
            if kind in {printable.kind for printable in papers_of(page, self.request.user)}
        ]
        try:
            pack = order_pack(form.cleaned_data["title"], items, self.request.user, form.cleaned_data["both_sides"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        return redirect("printing:pack", pack.pk)
