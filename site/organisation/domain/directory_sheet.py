"""The office on paper: what the public page shows, as a table to hang beside the telephone (requirement A)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from printing import Sheet
from printing.domain.gongwen import chinese_date
from printing.domain.tablesheets import table_sheet
from suite.theme.office import current_office, public_address

from .directory import Directory, Entry, Member, Village, directory

KEY = "all"


def directory_by_key(key: str) -> Directory | None:
    """The office of today: there is one, and its key is ``all``."""
    return directory() if key == KEY else None


def directory_sheet(found: Directory) -> Sheet:
    """机构通讯录: units, villages and who works there, with the landlines that are published; never a mobile."""
    office = current_office()
    rows: list[list[str] | str] = []
    if found.leaders:
        rows += ["领导班子", *(_row(found.townships[0].label, [leader], leader.charges) for leader in found.leaders)]
    for entry in found.institutions:
        rows += _unit_rows(entry)
    for area, villages in found.areas:
        rows += [area.name, *map(_village_row, villages)]
    return table_sheet(
        title=_("Directory of %(township)s") % {"township": office.township_name},
        columns=["单位", "姓名", "职务", "办公电话", "分管、驻村"],
        rows=rows or [_("No unit has been entered yet.")],
        subtitle=f"（{chinese_date(found.day)}）",
        notes=[f"监督电话：{office.supervision_phone}"] if office.supervision_phone else [],
        kind="directory",
        address=address(),
    )


def address() -> str:
    """The public page of the office, below the office's home page; '' while the site is not known outside."""
    site = Site.objects.filter(is_default_site=True).first()
    home = public_address(site.root_page) if site else ""
    return f"{home.rstrip('/')}{reverse('organisation_office')}" if home else ""


def _unit_rows(entry: Entry) -> Iterator[list[str] | str]:
    """The unit as a heading with its own number, then its people, then the units below it."""
    in_charge = "、".join(member.name for member in entry.in_charge)
    yield " ".join(filter(None, [entry.unit.name, entry.phone, f"分管领导：{in_charge}" if in_charge else ""]))
    for member in entry.members:
        yield _row(entry.unit.label, [member], member.charges)
    for below in entry.below:
        yield from _unit_rows(below)


def _village_row(village: Village) -> list[str]:
    members = village.members or [Member("—", village.phone)]
    return _row(village.unit.name, members, [member.name for member in village.stationed])


def _row(unit: str, members: list[Member], charges: list[str]) -> list[str]:
    return [
        unit,
        "\n".join(member.name for member in members),
        "\n".join("、".join(member.posts) or "—" for member in members),
        "\n".join(member.phone or "—" for member in members),
        "、".join(charges) or "—",
    ]
