"""Versions of a guide: one for each publication that changed it, with what changed in words (requirement E)."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .elements import elements, in_words, label, name_of

if TYPE_CHECKING:
    from guides.models import GuidePage, GuideVersion

# Longer values are not repeated in the list of changes: the guide itself says them.
_LONGEST = 60


@transaction.atomic
def record_version(guide: "GuidePage") -> "GuideVersion":
    """The version that the live guide is: a new one where it says something else than the last, else the last."""
    from guides.models import GuidePage, GuideVersion

    GuidePage.objects.select_for_update().get(pk=guide.pk)
    now = elements(guide)
    last = GuideVersion.objects.filter(page_id=guide.pk).first()
    if last is not None and last.elements == now:
        return last
    return GuideVersion.objects.create(
        page=guide,
        number=last.number + 1 if last else 1,
        valid_from=guide.valid_from or timezone.localdate(guide.last_published_at),
        elements=now,
        changes=changes(last.elements, now) if last else [],
    )


def changes_since(guide: "GuidePage", number: int) -> list[str]:
    """What changed from that version to the newest, in words; [] where one of the two is not known."""
    then, now = guide.versions.filter(number=number).first(), guide.versions.first()
    return changes(then.elements, now.elements) if then and now else []


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What changed between two sets of elements, element by element, in words."""
    found: list[str] = []
    for key, new in after.items():
        old = before.get(key)
        if old == new:
            continue
        if isinstance(new, list) and isinstance(old, list):
            found += _list_changes(key, old, new)
        else:
            found.append(_change(label(key), in_words(key, old), in_words(key, new)))
    return found


def _list_changes(key: str, old: list[Any], new: list[Any]) -> list[str]:
    """Rows are told apart by their names."""
    before, after = _by_name(old), _by_name(new)
    found = [
        _("%(element)s: added “%(name)s”") % {"element": label(key), "name": name}
        for name in after
        if name not in before
    ]
    found += [
        _("%(element)s: “%(name)s” is no longer there") % {"element": label(key), "name": name}
        for name in before
        if name not in after
    ]
    found += [
        _("%(element)s: “%(name)s” was changed") % {"element": label(key), "name": name}
        for name, value in after.items()
        if name in before and before[name] != value
    ]
    return found or [_("%(element)s: another order") % {"element": label(key)}]


def _by_name(rows: list[Any]) -> dict[str, Any]:
    """Rows by name, without their place in the list."""
    return {
        name_of(row): {key: value for key, value in row.items() if key != "number"} if isinstance(row, dict) else row
        for row in rows
    }


def _change(element: str, old: str, new: str) -> str:
    if max(len(old), len(new)) > _LONGEST:
        return _("%(element)s: rewritten") % {"element": element}
    if not old:
        return _("%(element)s: now “%(new)s”") % {"element": element, "new": new}
    if not new:
        return _("%(element)s: “%(old)s” no longer holds") % {"element": element, "old": old}
    return _("%(element)s: “%(old)s” became “%(new)s”") % {"element": element, "old": old, "new": new}
