"""The admin's form of a published page: it names what keeps the page from being published, beside the field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.blocks.base import BlockField
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import COMMENTS_RELATION_NAME, Page

from .digest import digest
from .domain.content_checks import problems
from .slugs import pinyin_slug


class PublishedPageForm(WagtailAdminPageForm):
    """Base of every published page type's form. A plain save of a draft is never held up."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("The page's address. Left empty, it is made from the title in pinyin.")

    def clean_slug(self) -> str:
        slug = self.cleaned_data.get("slug")
        title = self.cleaned_data.get("title")
        if slug or not title:
            return slug
        base, number = pinyin_slug(title), 1
        slug = base
        while not Page._slug_is_available(slug, self.parent_page, self.instance if self.instance.pk else None):
            number += 1
            slug = f"{base}-{number}"
        return slug

    def is_valid(self) -> bool:
        """Also look, once, whether the page may be handed on, if that is what the button says."""
        valid = super().is_valid()
        if not hasattr(self, "_was_checked"):
            self._was_checked = True
            self._put_rows_on_instance()
            if not valid:
                self._name_rows()
                # What else is wrong is said at once too, not only when these fields are mended.
                if self._is_handing_on():
                    self._name_problems()
            elif self.instance.saved_meanwhile:
                # Whether this version is to count at all comes first.
                pass
            elif self._wants("action-publish"):
                self.add_error(None, _("Nobody publishes directly. Submit the page: two other people pass it."))
            elif self._is_deciding() and self._content_has_changed():
                self.add_error(
                    None,
                    _(
                        "You changed the text and passed it at once, but nobody passes their own text. Save your "
                        "changes and leave the decision to somebody else, or undo them."
                    ),
                )
            elif self._is_handing_on():
                self._name_problems()
            if self.instance.saved_meanwhile:
                self.add_error(None, self.instance.saved_meanwhile)
        return valid and not self.errors

    def _wants(self, button: str) -> bool:
        return bool(self.data.get(button))

    def _is_handing_on(self) -> bool:
        return self._is_deciding() or self._wants("action-submit") or self._wants("action-restart-workflow")

    def _is_deciding(self) -> bool:
        return self._wants("action-workflow-action") and self.data.get("workflow-action-name") == "approve"

    def _content_has_changed(self) -> bool:
        """Whether the form's content is other than the newest revision's; new comments and keys are no change."""
        newest = self.instance.get_latest_revision()
        return newest is None or digest(self.instance) != digest(newest.as_object())

    def put_on_instance(self) -> None:
        """Put what is typed on the instance, in memory, as far as it can be read; a draft's rules, nothing is named."""
        self.defer_required_fields()
        super().is_valid()
        self._put_rows_on_instance()

    def _put_rows_on_instance(self) -> None:
        """In memory, as saving the form does; Django itself puts only the form's own fields there."""
        self.save_cluster_m2m()
        for name, formset in self.formsets.items():
            # The comments' formset goes by another name than their relation.
            if name not in ("comments", COMMENTS_RELATION_NAME) and formset.is_valid():
                formset.save(commit=False)

    def _name_rows(self) -> None:
        """Wagtail's own text for a list of blocks with a mistake in it is English and names no row."""
        for errors in self.errors.as_data().values():
            for error in errors:
                if isinstance(error, StreamBlockValidationError):
                    rows = "、".join(str(number + 1) for number in sorted(error.block_errors))
                    in_rows = [_("Row %(rows)s: something is missing or wrong, see there.") % {"rows": rows}]
                    error.message = " ".join([*(in_rows if rows else []), *error.non_block_errors])

    def _name_problems(self) -> None:
        """Name every problem beside its field; a field that cannot be read has said so and is not looked into."""
        unread = {*self.errors, *(name for name, formset in self.formsets.items() if not formset.is_valid())}
        found = [one for one in problems(self.instance, submitting=not self._is_deciding()) if one.field not in unread]
        if not found:
            return
        by_field: dict[str | None, list[str]] = {}
        for problem in found:
            place = problem.field if problem.field in self.fields or problem.field in self.formsets else None
            by_field.setdefault(place, []).append(str(problem.message))
        number = len(found) + len(unread)
        self.add_error(
            None,
            ngettext(
                "Not handed on yet: there is %(number)s thing to mend. Nothing you typed is lost.",
                "Not handed on yet: there are %(number)s things to mend. Nothing you typed is lost.",
                number,
            )
            % {"number": number},
        )
        for field, messages in by_field.items():
            if field in self.formsets:
                # Beside the rows, and in the list at the top, where Wagtail names fields only.
                self.formsets[field].non_form_errors().extend(messages)
                self.add_error(None, messages)
                continue
            # A field of blocks shows only one error.
            one = isinstance(self.fields.get(field), BlockField)
            self.add_error(field, ValidationError([" ".join(messages)] if one else messages))


class PublishedCopyForm(CopyForm):
    """Copies are drafts: no copy that is live at once, no alias."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
