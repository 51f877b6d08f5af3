"""What changed in a record, in the words of its fields."""

from collections.abc import Collection

from django.db.models import Model


def values(record: Model, names: Collection[str]) -> dict[str, str]:
    """The named fields in words, as the log shows them."""
    shown = {}
    for name in names:
        field = record._meta.get_field(name)
        value = getattr(record, name)
        shown[str(getattr(field, "verbose_name", name))] = "—" if value in ("", None) else str(value)
    return shown


def differences(before: dict[str, str], after: dict[str, str]) -> str:
    """place 礼堂 → 会议室；begins …, for the log."""
    return "；".join(f"{key} {before.get(key, '—')} → {after[key]}" for key in after if before.get(key) != after[key])
