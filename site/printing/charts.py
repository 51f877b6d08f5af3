"""A workflow chart: steps, who does them, how long they take, and the ways from one to the next (requirement E).

The same Chart is drawn on the page and on paper; its boxes, read in order, are the text alternative.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# More ways out of one step than a box has room for.
MOST_WAYS = 5


@dataclass(frozen=True)
class Way:
    """A way out of a step. ``to``: the key of the step it leads to, earlier ones too; ``label``: when to take it."""

    to: str
    label: str = ""


@dataclass(frozen=True)
class Step:
    """One step. ``key``: its own in this chart; ``post``: who does it; ``limit``: how long it takes, in words;
    ``note``: what else is to be known; ``ways``: out of it, none where the procedure ends; ``only``: in which cases
    alone it is taken, in words, '' for everybody."""

    key: str
    name: str
    post: str = ""
    limit: str = ""
    note: str = ""
    ways: tuple[Way, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Chart:
    """A procedure. It begins with the first step."""

    title: str
    steps: tuple[Step, ...]

    @cached_property
    def by_key(self) -> dict[str, Step]:
        return {step.key: step for step in self.steps}

    def validate(self) -> None:
        """Raises ValidationError with every reason why this chart cannot be followed, each naming its step."""
        if problems := list(_problems(self)):
            raise ValidationError(problems)


def straight(title: str, steps: Iterable[Step]) -> Chart:
    """A chart without branches: each step leads to the next."""
    steps = list(steps)
    following = [(Way(one.key),) for one in steps[1:]]
    return Chart(
        title,
        tuple(replace(one, ways=ways) for one, ways in zip(steps, [*following, ()], strict=bool(steps))),
    )


def _problems(chart: Chart) -> Iterable[ValidationError]:
    if not chart.steps:
        yield ValidationError(_("The chart has no steps. Write down the first one."), code="no_steps")
        return
    for key, times in Counter(step.key for step in chart.steps).items():
        if times > 1:
            names = [step.name for step in chart.steps if step.key == key]
            yield _problem(
                "key_twice", _("The steps %(steps)s have the same key “%(key)s”. Rename one."), names, key=key
            )
    for step in chart.steps:
        yield from _problems_of(step, chart)
    reached = _reachable(chart.steps[0].key, {step.key: [way.to for way in step.ways] for step in chart.steps})
    if lost := [step.name for step in chart.steps if step.key not in reached]:
        yield _problem("unreachable", _("No way leads to %(steps)s. Lead one there, or take it out."), lost)
    backwards: dict[str, list[str]] = {}
    for step in chart.steps:
        for way in step.ways:
            backwards.setdefault(way.to, []).append(step.key)
    ending = {key for step in chart.steps if not step.ways for key in _reachable(step.key, backwards)}
    if endless := [step.name for step in chart.steps if step.key in reached and step.key not in ending]:
        yield _problem("no_end", _("From %(steps)s the procedure never ends. Lead a way to a last step."), endless)


def _problems_of(step: Step, chart: Chart) -> Iterable[ValidationError]:
    if not step.name.strip():
        yield _problem("no_name", _("Step %(key)s has no name. Say what happens in it."), [], key=step.key)
    for way in step.ways:
        if way.to not in chart.by_key:
            text = _("%(steps)s leads to a step “%(key)s” that does not exist. Choose another.")
            yield _problem("unknown_step", text, [step.name], key=way.to)
        if way.to == step.key:
            text = _("%(steps)s leads to itself. Lead it to another step, or write the repetition into its note.")
            yield _problem("to_itself", text, [step.name])
    if len(step.ways) > MOST_WAYS:
        text = _("%(steps)s has %(count)s ways out, %(most)s fit into a chart. Split the step.")
        yield _problem("too_many_ways", text, [step.name], count=len(step.ways), most=MOST_WAYS)
    if len(step.ways) > 1 and not all(way.label.strip() for way in step.ways):
        text = _("%(steps)s has several ways out. Say at each when it is taken.")
        yield _problem("no_label", text, [step.name])


def _problem(code: str, text: str, names: Iterable[str], **values: object) -> ValidationError:
    steps = "、".join(f"“{name}”" for name in names)
    return ValidationError(text, code=code, params={"steps": steps, **values})


def _reachable(start: str, following: dict[str, list[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        for key in following.get(waiting.pop(), ()):
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    return reached
