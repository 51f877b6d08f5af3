"""How even a draw is, and how long it takes: ``PYTHONPATH=.:site .venv/bin/python benchmarks/draw.py [DRAWS]``.

100,000 draws of 10 out of 60 in four villages, a seed each; the chi-square of how often everybody was drawn, of who
came up first, and of pairs, with the value that chance passes once in a thousand times. Then 10,000 candidates once.
"""

import math
import sys
import time
from collections import Counter
from itertools import combinations

from suite.draw.algorithm import Outcome, draw, seed_key, sha256
from suite.draw.listing import Candidate, Rules

VILLAGES = ["柳岸村", "石桥村", "茶亭村", "上陈村"]
EACH = 15
SEATS = 2


def critical(freedom: int) -> float:
    """The chi-square that is passed once in a thousand times (Wilson and Hilferty's approximation)."""
    part = 2 / (9 * freedom)
    return freedom * (1 - part + 3.0902 * math.sqrt(part)) ** 3


def report(name: str, counts: list[int], expected: float, less: float = 1.0) -> None:
    """Print one chi-square; ``less``: how much less counts vary because nobody is drawn twice."""
    chi = sum((count - expected) ** 2 for count in counts) / expected / less
    freedom = len(counts) - 1
    worst = max(abs(count - expected) for count in counts) / expected
    verdict = "within" if chi < critical(freedom) else "BEYOND"
    print(f"{name}: chi2 {chi:.1f}, {verdict} {critical(freedom):.1f} ({freedom} df); largest deviation {worst:.2%}")


def even(draws: int) -> None:
    people = [Candidate(f"k{number}", "某", VILLAGES[number % 4]) for number in range(EACH * len(VILLAGES))]
    rules = Rules(SEATS * len(VILLAGES), dict.fromkeys(VILLAGES, SEATS))
    drawn: Counter[str] = Counter()
    first: Counter[str] = Counter()
    pairs: Counter[tuple[str, ...]] = Counter()
    village = {one.key: one.stratum for one in people}
    list_hash = sha256("benchmark")
    for number in range(draws):
        places = draw(people, rules, seed_key(list_hash, [f"{number:08}"]))
        chosen = sorted(place.key for place in places if place.outcome != Outcome.WAITING)
        drawn.update(chosen)
        first[places[0].key] += 1
        pairs.update(pair for pair in combinations(chosen, 2) if village[pair[0]] == village[pair[1]])
    share = SEATS / EACH
    for name in VILLAGES:
        counts = [drawn[one.key] for one in people if one.stratum == name]
        report(f"drawn, {name}", counts, draws * share, (1 - share) * EACH / (EACH - 1))
    report("first of all", [first[one.key] for one in people], draws / len(people))
    count_of_pairs = math.comb(EACH, SEATS)
    report("pairs of one village", [*pairs.values()], draws / count_of_pairs)
    print(f"pairs seen: {len(pairs)} of {count_of_pairs * len(VILLAGES)}")


def fast() -> None:
    people = [Candidate(f"k{number}", "某", VILLAGES[number % 4], number % 5) for number in range(10_000)]
    begin = time.process_time()
    draw(people, Rules(500, dict.fromkeys(VILLAGES, 100), 2), sha256("seed"))
    print(f"10,000 candidates: {time.process_time() - begin:.3f} s CPU")


if __name__ == "__main__":
    even(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    fast()
