"""Names of people in a question, as the dictionary guesses them."""

import re
from functools import cache

from search import vocabulary
from search.analysis.words import packaged_words, tagged

_PERSON = "nr"  # also nrfg, nrt: well-known and foreign ones
_PLACE = re.compile("[乡镇村县市区寨坳湾组路街]$")


def people(normalised: str) -> list[str]:
    """What of a normalised text passes for a name of somebody; a word of the office does not.

    Errs on the side of names: 杨梅 is one, too.
    """
    office = vocabulary.current().office
    known = _packaged() | office
    found, name = [], ""
    for word, tag in [*tagged(normalised, office), ("", "")]:
        if tag.startswith(_PERSON) and word not in known:
            # Surname and given name may be two words.
            name += word
            continue
        if len(name) > 1 and not _PLACE.search(name):
            found.append(name)
        name = ""
    return found


@cache
def _packaged() -> frozenset[str]:
    return frozenset(packaged_words())
