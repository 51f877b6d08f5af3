"""Refuses a text for everybody to read that holds a personal number, or names somebody in full who is not named."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .numbers import find


def require_public(texts: Mapping[str, str], names: Mapping[str, str] | None = None) -> None:
    """Raise ValidationError, at each field of ``texts`` whose text holds a personal number or a hidden name.

    Arguments: ``texts``, field -> text; ``names``, full name -> masked, of those who are not named in public. Neither
    the number nor the full name is repeated in what is said.
    """
    problems: dict[str, list[str]] = {}
    for field, text in texts.items():
        if find(text):
            problems[field] = [number_refused()]
        elif found := [shown for name, shown in (names or {}).items() if name in text]:
            problems[field] = [name_refused(found)]
    if problems:
        raise ValidationError(problems)


def number_refused() -> str:
    """What is wrong with a text that holds a personal number, without saying which."""
    return _(
        "There is an ID card, mobile or bank card number in this text. Take it out: texts are read by others. "
        "A telephone number belongs into the field for it."
    )


def name_refused(shown: list[str]) -> str:
    """The refusal for a public text with somebody's full name in it; ``shown`` are the masked names."""
    return _(
        "This text is made public and names somebody in full (%(names)s): write the surname with stars, or the village."
    ) % {"names": "、".join(shown)}


def reason_given(text: str, asked: str, most: int, field: str = "reason") -> str:
    """`text` without blanks around it. Raises ValidationError, at `field`, saying `asked` where it is empty, and
    where it is longer than `most` characters or holds a personal number."""
    text = text.strip()
    if not text:
        raise ValidationError({field: asked})
    if len(text) > most:
        raise ValidationError({field: _("Say it in at most %(most)s characters.") % {"most": most}})
    require_public({field: text})
    return text
