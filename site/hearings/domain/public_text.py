"""What is going to be read by everybody: no personal number, and no full name of somebody who spoke for a village."""

from collections.abc import Iterator, Mapping

import rjieba
from django.utils.translation import gettext as _

from hearings.models import Hearing
from suite.privacy import mask, masked

# As short as this, a name may be an everyday word: 安全, 方便. Taking those out of a text would garble it.
_MAY_BE_A_WORD = 2


def hidden_names(hearing: Hearing) -> dict[str, str]:
    """Full name -> masked, of everybody whose name is the office's alone: representatives, and who raised a topic.

    Officers are named in public; somebody who bears an officer's name is, too.
    """
    names = set(hearing.representatives.values_list("name", flat=True))
    names |= set(hearing.topics.values_list("raised_by", flat=True))
    names |= set(hearing.topics.values_list("merged__raised_by", flat=True)) - {None}
    named = set(hearing.officers.values_list("person__name", flat=True))
    found = {"".join(name.split()) for name in names} - {"".join(name.split()) for name in named}
    # The longest first: 王小明 before 王小.
    return {name: masked(name) for name in sorted(found, key=lambda name: (-len(name), name)) if _is_a_name(name)}


def masked_text(text: str, names: Mapping[str, str]) -> str:
    """`text` with personal numbers and the given names (see `hidden_names`) masked."""
    for name, shown in names.items():
        text = text.replace(name, shown)
    return mask(text)


def _is_a_name(name: str) -> bool:
    if len(name) < _MAY_BE_A_WORD:
        return False
    if len(name) > _MAY_BE_A_WORD:
        return True
    tags = rjieba.tag(name)
    return len(tags) > 1 or tags[0][1].startswith("nr") or tags[0][1] == "x"


def record_texts(hearing: Hearing) -> Iterator[tuple[str, str]]:
    """(label, text) of everything of the record that its pages show."""
    yield _("what it is about"), f"{hearing.title}\n{hearing.about}\n{hearing.place}\n{hearing.reason}"
    for problem in hearing.problems.prefetch_related("measures__date_changes"):
        yield _("problem"), f"{problem.title}\n{problem.conclusion}"
        for measure in problem.measures.all():
            reasons = "\n".join(change.reason for change in measure.date_changes.all())
            yield _("measure"), f"{measure.text}\n{measure.result}\n{reasons}"
    for topic in hearing.topics.all():
        yield _("topic"), topic.title
