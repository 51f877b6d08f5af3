"""What a guide must have before it goes live (requirement E); all that is missing is said at once."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks.struct_block import StructBlockValidationError

from guides.enums import CaseKind
from guides.limits import days_per_working_day, promised, statutory
from guides.procedure import chart, leads_on, longest_path
from guides.variants import Answer, questions, unknown
from suite.publishing import PublishProblem

from .elements import plain_lines
from .paths import step_groups

if TYPE_CHECKING:
    from guides.models import GuidePage

Problems = Iterator[PublishProblem]
# What the checks of the procedure and of the variants say in better words.
_SAID_ELSEWHERE = {("steps", "name"), ("questions", "answers")}
# More than this nobody follows to the end, on paper or on a telephone.
MOST_STEPS = 40


def problems(guide: "GuidePage") -> Problems:
    """Every reason why this guide may not go live, with its field."""
    yield from _six_facts(guide)
    yield from _elements(guide)
    yield from _handling(guide)
    yield from _limits(guide)
    yield from _rows(guide)
    yield from _procedure(guide)
    yield from _variants(guide)
    yield from _validity(guide)


def _six_facts(guide: "GuidePage") -> Problems:
    """Item, who it is for, procedure, promised limit, fee standard, how to complain: public for every item."""
    if not guide.audience:
        yield PublishProblem("audience", _("Say who the item is for."))
    if not guide.steps:
        yield PublishProblem("steps", _("Write down the steps: at least applying, deciding, handing over."))
    if guide.fee and not guide.fee_basis:
        yield PublishProblem("fee_basis", _("A fee needs its legal basis. Without a state document the item is free."))
    if not guide.complaint_phone:
        yield PublishProblem("complaint_phone", _("Give the phone for complaints."))
    if not guide.contact_phone:
        yield PublishProblem("contact_phone", _("Give the phone for questions."))
    if guide.contact_phone and _digits(guide.contact_phone) == _digits(guide.complaint_phone):
        yield PublishProblem("complaint_phone", _("Give another number than for questions: complaints ring elsewhere."))


def _elements(guide: "GuidePage") -> Problems:
    wanted = {
        "summary": _("Say in one sentence what people get."),
        "item_kind": _("Choose the kind of item."),
        "case_kind": _("Choose the kind of case."),
        "level": _("Choose the level."),
        "responsible_unit": _("Choose the implementing unit."),
        "scope": _("Say where it can be applied for, for example: this township."),
        "result_name": _("Say what people get as the result."),
        "remedies": _("Say where people can object or sue, and until when."),
    }
    for field, message in wanted.items():
        if not getattr(guide, field):
            yield PublishProblem(field, message)
    if not plain_lines(guide.conditions):
        yield PublishProblem("conditions", _("Write down the conditions, or that there are none."))
    if not guide.basis:
        yield PublishProblem("basis", _("Name the law or document that the item rests on."))
    if not guide.materials and not guide.no_materials:
        yield PublishProblem("materials", _("List what to bring, or tick that nothing has to be brought."))
    if guide.materials and guide.no_materials:
        yield PublishProblem("no_materials", _("You list materials and say that nothing has to be brought."))


def _handling(guide: "GuidePage") -> Problems:
    if not guide.result_sample and not guide.no_sample_reason:
        yield PublishProblem("no_sample_reason", _("The result needs a sample, or a reason why there is none."))
    if not (guide.at_window or guide.by_agent or guide.online):
        yield PublishProblem("at_window", _("Choose at least one way to apply: window, agent, online."))
    if guide.at_window and not guide.places.all():
        yield PublishProblem("places", _("Name the windows or stations that accept it."))
    if guide.visits is None:
        yield PublishProblem("visits", _("Say how often somebody has to come; 0 if not at all."))
    elif guide.visits and not guide.visits_reason:
        yield PublishProblem("visits_reason", _("Say why somebody has to come, or set the number of visits to 0."))


def _limits(guide: "GuidePage") -> Problems:
    law, promise = statutory(guide), promised(guide)
    if law is None and not guide.no_statutory_limit:
        yield PublishProblem("statutory_limit", _("Give the statutory limit, or tick that the law sets none."))
    if law and guide.no_statutory_limit:
        yield PublishProblem("no_statutory_limit", _("You give a statutory limit and say that there is none."))
    if guide.case_kind == CaseKind.INSTANT and guide.promised_limit:
        yield PublishProblem("promised_limit", _("What is done at once has no promise in days: leave it empty."))
    if guide.case_kind != CaseKind.INSTANT and promise is None:
        yield PublishProblem("promised_limit", _("Give the promised limit."))
    if law and promise:
        per_working = days_per_working_day()
        if promise.natural(per_working) > law.natural(per_working):
            yield PublishProblem(
                "promised_limit",
                _("The promise (%(promise)s) is longer than the law allows (%(law)s).")
                % {"promise": promise, "law": law},
            )


def _rows(guide: "GuidePage") -> Problems:
    """Rows that a draft may have and a form would not let pass: from a workbook, from a program."""
    for field in ("materials", "questions", "steps", "basis", "answers"):
        for number, block in enumerate(getattr(guide, field), 1):
            try:
                block.block.clean(block.value)
            except StructBlockValidationError as error:
                names = [name for name in error.block_errors if (field, name) not in _SAID_ELSEWHERE]
                labels = "、".join(str(block.block.child_blocks[name].label) for name in names)
                if labels:
                    yield PublishProblem(
                        field,
                        _("Row %(number)s: fill in or correct “%(labels)s”.") % {"number": number, "labels": labels},
                    )


def _procedure(guide: "GuidePage") -> Problems:
    if len(guide.steps) > MOST_STEPS:
        yield PublishProblem(
            "steps",
            _("%(count)s steps are more than anybody can follow; %(most)s fit. Put some together.")
            % {"count": len(guide.steps), "most": MOST_STEPS},
        )
        return
    for number, block in enumerate(guide.steps, 1):
        for way in block.value["ways"]:
            target = str(way["to"]).strip()
            if not leads_on(target, len(guide.steps)):
                yield PublishProblem(
                    "steps",
                    _("Step %(number)s leads to step “%(target)s”, which does not exist. Give the number of a step.")
                    % {"number": number, "target": target},
                )
                return
    for answers in _different(guide):
        drawn = chart(guide, answers)
        if not drawn.steps:
            continue
        try:
            drawn.validate()
        except ValidationError as error:
            for message in error.messages:
                yield PublishProblem("steps", message)
            return
    yield from _path(guide)


def _path(guide: "GuidePage") -> Problems:
    """The longest path through the steps fits the promise, in every variant."""
    promise = promised(guide)
    if promise is None or not guide.steps:
        return
    per_working = days_per_working_day()
    variants = [answers for answers in _different(guide) if chart(guide, answers).steps]
    days, numbers = max((longest_path(guide, per_working, answers) for answers in variants), default=(Decimal(0), []))
    if days > promise.natural(per_working):
        yield PublishProblem(
            "steps",
            _("The longest way through the steps (%(steps)s) takes %(days)s days; promised is %(promise)s.")
            % {"steps": " → ".join(map(str, numbers)), "days": f"{days.normalize():f}", "promise": promise},
        )


def _variants(guide: "GuidePage") -> Problems:
    for question in questions(guide):
        if len(question.answers) < 2 or not all(answer.text.strip() for answer in question.answers):  # noqa: PLR2004
            yield PublishProblem(
                "questions", _("Question %(number)s needs at least two answers.") % {"number": question.number}
            )
    known = {answer.code for question in questions(guide) for answer in question.answers}
    for field, blocks in (("materials", guide.materials), ("steps", guide.steps)):
        for number, block in enumerate(blocks, 1):
            if wrong := unknown(block.value["only_for"] or "", known):
                yield PublishProblem(
                    field,
                    _("No. %(number)s is only for “%(codes)s”, which is no answer of a question above.")
                    % {"number": number, "codes": " ".join(wrong)},
                )
    for answers in _different(guide):
        if guide.steps and not chart(guide, answers).steps:
            yield PublishProblem(
                "steps",
                _("With the answers %(codes)s no step is left.") % {"codes": " ".join(one.code for one in answers)},
            )
            return


def _validity(guide: "GuidePage") -> Problems:
    """What is not valid is followed by something else: not by itself, nor in a circle."""
    if guide.valid_from and guide.valid_until and guide.valid_until < guide.valid_from:
        yield PublishProblem("valid_until", _("It would end before it begins: give a later day, or none."))
    after, names = guide.replaced_by, [guide.title]
    seen: set[int] = set()
    while after is not None and after.pk not in seen:
        names.append(after.title)
        if after.pk == guide.pk:
            yield PublishProblem(
                "replaced_by",
                _("The guides replace one another in a circle (%(names)s): choose another, or none.")
                % {"names": " → ".join(names)},
            )
            return
        seen.add(after.pk)
        after = after.replaced_by


def _different(guide: "GuidePage") -> list[tuple[Answer, ...]]:
    """Answers that lead through different steps: one example for each set of them."""
    return [ways[0] for ways in step_groups(guide)]


def _digits(phone: str) -> str:
    return "".join(one for one in phone if one.isdigit())
