"""How texts and questions become terms: one door for every engine, so that none can differ.

Imported names are the interface: `normalise` (one form, with offsets), `analyse` (words and pairs).
"""

from search.analysis.script import Normalised, normalise
from search.analysis.words import NO_WORDS, OfficeWords, Terms, analyse, cut, pairs

__all__ = ["NO_WORDS", "Normalised", "OfficeWords", "Terms", "analyse", "cut", "normalise", "pairs"]
