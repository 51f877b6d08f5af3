"""What the office of the sample township has taught the search, and what people asked there in vain."""

from typing import Any

from search.misses.models import Miss, Outcome
from search.models import Synonym

# Words of people beside those of documents; True: only from the first to the others.
SYNONYMS = (
    ("低保、最低生活保障", False),
    ("五保户、特困人员", False),
    ("大病救助、医疗救助", False),
    ("合作医疗、新农合、城乡居民基本医疗保险", False),
    ("养老金、城乡居民基本养老保险", True),
    ("残疾证、残疾人证", False),
    ("种粮补贴、耕地地力保护补贴", False),
    ("盖房、建房", False),
    ("包地、土地经营权流转", True),
    ("丧葬、身后事", False),
    ("上访、信访", False),
    ("打官司、法律援助", True),
)
# Question, times, first and last asked (days ago), what was decided, times when it was.
MISSES = (
    ("拖拉机", 9, 41, 2, Outcome.OPEN, 0),
    ("奶粉", 6, 33, 1, Outcome.OPEN, 0),
    ("快递", 4, 27, 5, Outcome.DONE, 3),
    ("驾照", 5, 60, 3, Outcome.NOT_OURS, 2),
    ("彩票", 2, 19, 19, Outcome.NOT_OURS, 2),
    ("菌子", 1, 8, 8, Outcome.OPEN, 0),
    ("疫苗", 3, 52, 30, Outcome.DONE, 3),
)


def build(township: Any) -> None:
    """Hook ``build_demo``: a table of synonyms, and questions without hits in every state."""
    for words, one_way in SYNONYMS:
        Synonym.objects.get_or_create(words=words, defaults={"one_way": one_way})
    for question, times, first, last, outcome, then in MISSES:
        Miss.objects.get_or_create(
            question=question,
            defaults={
                "times": times,
                "first_day": township.day(-first),
                "last_day": township.day(-last),
                "outcome": outcome,
                "times_then": then,
            },
        )
