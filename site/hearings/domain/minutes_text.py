"""The minutes as they are drafted from the record: Chinese, masked, one section for each problem (requirement H)."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.html import escape, format_html

from hearings.enums import EntryKind, OfficerRole, ProblemState
from hearings.models import Entry, Hearing, Problem, Representative
from suite.privacy import masked
from suite.theme.dates import in_full

from .public_text import hidden_names, masked_text

_SAID = {EntryKind.QUESTION: "问", EntryKind.ANSWER: "答", EntryKind.DISCUSSION: "议"}

Blocks = list[dict[str, str]]


def minutes_blocks(hearing: Hearing) -> Blocks:
    """The body of the minutes: who met, then what was said to each problem and what it came to.

    ``hearing``: of `queries.whole_hearing` with session and people. Names of representatives and personal numbers are
    masked, wherever they stand.
    """
    names = hidden_names(hearing)
    sections = [_opening(hearing, names), *(_section(problem, names) for problem in hearing.problems.all())]
    return [{"type": "paragraph", "value": section} for section in sections]


def _opening(hearing: Hearing, names: Mapping[str, str]) -> str:
    begun = timezone.localtime(hearing.begun_at) if hearing.begun_at else None
    held = timezone.localtime(hearing.held_at) if hearing.held_at else None
    time = f"{in_full(begun)}{begun:%H:%M}" if begun else ""
    if begun and held:
        time += f"至{held:%H:%M}" if begun.date() == held.date() else f"至{in_full(held)}{held:%H:%M}"
    officers = {role: _officers(hearing, role) for role in OfficerRole}
    there = [one for one in hearing.seated if one.present]  # type: ignore[attr-defined]  # by whole_hearing
    problems = list(hearing.problems.all())
    agreed = sum(problem.state == ProblemState.AGREED for problem in problems)
    facts = [
        ("时间", time),
        ("地点", hearing.place),
        ("主持人", officers[OfficerRole.CHAIR]),
        ("听证官", officers[OfficerRole.OFFICER]),
        ("记录人", officers[OfficerRole.CLERK]),
        ("听证代表", f"{len(there)}人：{_people(there)}" if there else ""),
        ("议程", f"共{len(problems)}个问题，{agreed}个达成一致，{len(problems) - agreed}个由镇里研究"),
    ]
    lines = "".join(_line(name, masked_text(value, names)) for name, value in facts if value)
    return f"<h2>会议情况</h2>{lines}"


def _officers(hearing: Hearing, role: str) -> str:
    return "、".join(one.person.name for one in hearing.officers.all() if one.role == role and one.present)


def _people(there: Iterable[Representative]) -> str:
    """上塘村张**、李*；镇中心小学王** — village by village."""
    groups: dict[str, list[str]] = {}
    for one in there:
        groups.setdefault(one.village.name if one.village else one.represents, []).append(masked(one.name))
    return "；".join(f"{place}{'、'.join(people)}" for place, people in groups.items())


def _section(problem: Problem, names: Mapping[str, str]) -> str:
    said = "".join(_contribution(entry, names) for entry in problem.entries.all())
    title = masked_text(problem.title, names)
    return f"<h2>{escape(f'{problem.number}. {title}')}</h2>{said}{_outcome(problem, names)}"


def _contribution(entry: Entry, names: Mapping[str, str]) -> str:
    lines = [line for line in masked_text(entry.text, names).splitlines() if line.strip()]
    head, rest = lines[0], lines[1:]
    label = f"{_SAID.get(EntryKind(entry.kind), '议')}（{_speaker(entry, names)}）"
    return _line(label, head) + "".join(f"<p>{escape(line)}</p>" for line in rest)


def _speaker(entry: Entry, names: Mapping[str, str]) -> str:
    if entry.representative:
        place = entry.representative.village.name if entry.representative.village else entry.representative.represents
        return f"{place}{masked(entry.representative.name)}"
    return entry.officer.person.name if entry.officer else masked_text(entry.speaker, names)


def _outcome(problem: Problem, names: Mapping[str, str]) -> str:
    if problem.state == ProblemState.AGREED:
        given = list(problem.assents.all())
        agreed = sum(assent.agrees for assent in given)
        return _line("结论", masked_text(problem.conclusion, names)) + _line("表态", f"到会代表{agreed}人同意")
    if problem.study_until:
        return _line("结果", f"未形成结论，由镇里研究，{in_full(problem.study_until)}前答复。")
    return ""


def _line(label: str, text: str) -> str:
    return format_html("<p><b>{}：</b>{}</p>", label, text)
