"""What a guide repeats: papers to bring, steps, questions that choose between variants, legal basis, answers."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .enums import LimitUnit, MaterialForm, MaterialSource

# An answer's code is the number of its question and a letter: 1A, 1B, 2A.
ONLY_FOR = _(
    "Leave it empty if it applies to everybody. Otherwise the answers it applies to, by number and letter: 1A 2B "
    "(question 1, first answer; question 2, second answer)."
)


class OnlyFor(blocks.CharBlock):
    """Answers under which something applies."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": _("Only for the answers"), "help_text": ONLY_FOR, "required": False, **kwargs})


class MaterialBlock(blocks.StructBlock):
    """A paper to bring 申请材料."""

    name = blocks.CharBlock(label=_("Material"), max_length=120)
    originals = blocks.IntegerBlock(label=_("Originals"), default=1, min_value=0, max_value=20)
    copies = blocks.IntegerBlock(label=_("Copies"), default=0, min_value=0, max_value=20)
    form = blocks.ChoiceBlock(label=_("Form"), choices=MaterialForm.choices, default=MaterialForm.PAPER)
    source = blocks.ChoiceBlock(label=_("Source"), choices=MaterialSource.choices, default=MaterialSource.APPLICANT)
    required = blocks.BooleanBlock(label=_("Always needed"), default=True, required=False)
    deferrable = blocks.BooleanBlock(
        label=_("May be made up later"),
        default=False,
        required=False,
        help_text=_("容缺: the application is accepted without it, and it is brought later."),
    )
    note = blocks.CharBlock(label=_("What to mind"), required=False, max_length=200)
    sample = DocumentChooserBlock(label=_("Filled-in sample"), required=False)
    blank = DocumentChooserBlock(label=_("Blank form"), required=False)
    only_for = OnlyFor()

    class Meta:
        icon = "doc-full"
        label = _("Material")
        label_format = "{name}"


class WayBlock(blocks.StructBlock):
    """A way out of a step."""

    label = blocks.CharBlock(
        label=_("In which case"),
        required=False,
        max_length=30,
        help_text=_("For example: complete; incomplete; refused."),
    )
    to = blocks.CharBlock(
        label=_("Leads to step"),
        max_length=20,
        help_text=_("The number of a step below, or 0 where the procedure ends."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Way out")
        label_format = "{label} → {to}"


class StepBlock(blocks.StructBlock):
    """A step 办理环节. Without ways out it leads to the next one."""

    name = blocks.CharBlock(label=_("Step"), max_length=60)
    post = blocks.CharBlock(label=_("Responsible post"), max_length=40)
    action = blocks.TextBlock(label=_("What happens"), required=False, max_length=300, rows=2)
    limit = blocks.IntegerBlock(
        label=_("Time limit"), required=False, min_value=0, max_value=365, help_text=_("0 or empty: at once.")
    )
    unit = blocks.ChoiceBlock(label=_("Counted in"), choices=LimitUnit.choices, default=LimitUnit.WORKING)
    ways = blocks.ListBlock(WayBlock(), label=_("Ways out"), default=[], help_text=_("Only where the ways part."))
    only_for = OnlyFor()

    class Meta:
        icon = "order"
        label = _("Step")
        label_format = "{name} ({post})"


class QuestionBlock(blocks.StructBlock):
    """A question whose answer decides what applies."""

    text = blocks.CharBlock(label=_("Question"), max_length=60)
    answers = blocks.ListBlock(
        blocks.CharBlock(label=_("Answer"), max_length=40), label=_("Answers"), min_num=2, max_num=5
    )

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{text}"


class BasisBlock(blocks.StructBlock):
    """Legal basis 设定依据."""

    title = blocks.CharBlock(label=_("Law or document"), max_length=120)
    article = blocks.CharBlock(label=_("Article"), required=False, max_length=80)
    page = blocks.PageChooserBlock(
        label=_("The document in the reading room"), required=False, help_text=_("If it has been published here.")
    )

    class Meta:
        icon = "doc-full-inverse"
        label = _("Legal basis")
        label_format = "{title} {article}"


class AnswerBlock(blocks.StructBlock):
    """A question people ask, and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=120)
    answer = blocks.TextBlock(label=_("Answer"), max_length=600, rows=3)

    class Meta:
        icon = "comment"
        label = _("Question and answer")
        label_format = "{question}"


def stream(name: str, block: blocks.Block, **kwargs: Any) -> blocks.StreamBlock:
    """A list of one kind of block."""
    return blocks.StreamBlock([(name, block)], required=False, **kwargs)


LIMIT_VALIDATORS = [MinValueValidator(1), MaxValueValidator(730)]
MOST_QUESTIONS = 5
