"""Topics that may be about the same thing, by the pairs of characters they share; ways of writing do not matter.

Open topics of a township are some hundreds: they are compared in memory, a few hundredths of a second, so that
somebody sees them while typing.
"""

import math
from collections import Counter
from collections.abc import Iterable

from hearings.enums import TopicState
from hearings.models import Topic
from search.analysis import normalise, pairs

# Topics that are still before the office or before a hearing; the newest of them, should there be very many.
OPEN = (TopicState.REPORTED, TopicState.TAKEN)
NEWEST = 1000
SHOWN = 5
TEXT_READ = 200
# Of what two titles, or two whole topics, hold together so much has to be shared, weighed by how rare it is.
ENOUGH = 0.25
FEWEST_PAIRS = 2


def similar_topics(title: str, text: str = "", but: int | None = None) -> list[Topic]:
    """At most five open topics that share much with this title and text, the nearest first; ``but``: not this one."""
    asked = _Pairs(title, text)
    if len(asked.all) < FEWEST_PAIRS:
        return []
    rows = Topic.objects.filter(state__in=OPEN).order_by("-reported_at").values_list("pk", "title", "text")
    known = {pk: _Pairs(its_title, its_text) for pk, its_title, its_text in rows[:NEWEST] if pk != but}
    weights = _weights(topic.all for topic in known.values())
    scores = {pk: asked.nearness(topic, weights) for pk, topic in known.items()}
    nearest = sorted((pk for pk in scores if scores[pk] >= ENOUGH), key=lambda pk: (-scores[pk], -pk))[:SHOWN]
    topics = Topic.objects.select_related("village").in_bulk(nearest)
    return [topics[pk] for pk in nearest]


class _Pairs:
    """The pairs of characters of a topic: of its title, and of title and text together."""

    def __init__(self, title: str, text: str) -> None:
        self.title = set(pairs(normalise(title).text))
        self.all = self.title | set(pairs(normalise(text[:TEXT_READ]).text))

    def nearness(self, other: "_Pairs", weights: dict[str, float]) -> float:
        """0 where nothing is shared, 1 where all is: of the titles, or of everything."""
        return max(_cosine(self.title, other.title, weights), _cosine(self.all, other.all, weights))


def _weights(topics: Iterable[set[str]]) -> dict[str, float]:
    """How telling each pair is: one that every topic has (村里, 没有) tells little."""
    every = list(topics)
    held = Counter(pair for topic in every for pair in topic)
    return {pair: math.log(1 + len(every) / number) for pair, number in held.items()}


def _cosine(one: set[str], other: set[str], weights: dict[str, float]) -> float:
    shared = one & other
    if not shared:
        return 0.0
    # A pair that no topic has is as telling as one that a single topic has.
    most = max(weights.values())
    in_one, in_both = (sum(weights.get(pair, most) ** 2 for pair in those) for those in (one, shared))
    return in_both / math.sqrt(in_one * sum(weights[pair] ** 2 for pair in other))
