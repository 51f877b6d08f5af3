"""“Did you mean” on questions with one wrong character: what the better of the two lists loses against no mistake.

    PYTHONPATH=.:site DJANGO_SETTINGS_MODULE=config.settings.dev python benchmarks/search_homophones.py \
        DOCS.jsonl.gz QUERIES.jsonl.gz [LIMIT] [SEED] [whoosh|tantivy]

One random Han character of each question is replaced by another with the same toneless pinyin, drawn by SEED from all
of the basic block of Unicode, as rare as it may be. Prints MRR@10 of the clean question, of the wrong one and of the
better of wrong and offered, how often the clean question was offered, how often something is offered for a clean
question, CPU time of an offer, and the memory that the table takes.
"""

import random
import sys
import time
import tracemalloc
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import django

django.setup()

from search import evaluation  # noqa: E402
from search.management.commands.search_eval import rows  # noqa: E402
from search.spelling import LEAST_GAIN, Spelling  # noqa: E402

BASIC = range(0x4E00, 0xA000)


def wrong(question: str, sounds: dict[str, list[str]], rng: random.Random) -> str | None:
    """The question with one character replaced by a homophone; None where it has none."""
    alike: dict[str, list[str]] = {}
    for code in BASIC:
        if chr(code) in sounds:
            alike.setdefault(sounds[chr(code)][0], []).append(chr(code))
    places = [place for place, character in enumerate(question) if ord(character) in BASIC and character in sounds]
    rng.shuffle(places)
    for place in places:
        if others := [other for other in alike[sounds[question[place]][0]] if other != question[place]]:
            return question[:place] + rng.choice(others) + question[place + 1 :]
    return None


def main(docs: str, queries: str, limit: str = "300", seed: str = "1", engine: str = "whoosh") -> None:
    tracemalloc.start()
    spelling = Spelling.learned(f"{row.get('title') or ''}\n{row['text']}" for row in rows(docs))
    with TemporaryDirectory() as folder:
        spelling.save(Path(folder) / "spelling")
        del spelling
        before = tracemalloc.get_traced_memory()[0]
        spelling = Spelling.load(Path(folder) / "spelling")
    print(f"table: {len(spelling.keys)} pairs, {(tracemalloc.get_traced_memory()[0] - before) / 1e6:.1f} MB")
    tracemalloc.stop()
    rng = random.Random(int(seed))  # noqa: S311 (the same seed draws the same)
    clean, mistaken, better, times = [], [], [], []
    offered_right = offered_clean = 0
    with evaluation.collection(engine) as searched:
        searched.add(rows(docs), evaluation.whole)
        for row in list(rows(queries))[: int(limit)]:
            question = unicodedata.normalize("NFKC", row["q"])
            if not (mistake := wrong(question, spelling.sounds, rng)):
                continue
            started = time.process_time()
            offer = spelling.suggestion(mistake)
            times.append((time.process_time() - started) * 1000)
            offered_right += offer == question.lower()
            offered_clean += spelling.suggestion(question) is not None
            scores = [
                evaluation.reciprocal_rank(searched.best(text), row["gold"])
                for text in (question, mistake, offer or mistake)
            ]
            clean.append(scores[0])
            mistaken.append(scores[1])
            better.append(max(scores[1:]))
    number = len(clean)
    print(f"questions {number}, seed {seed}, least gain {LEAST_GAIN}")
    print(
        f"MRR@10 clean {sum(clean) / number:.4f}, wrong {sum(mistaken) / number:.4f}, better {sum(better) / number:.4f}"
    )
    print(
        f"offered the clean question {offered_right / number:.1%}, "
        f"offered to a clean question {offered_clean / number:.1%}"
    )
    print(
        f"CPU ms p50 {evaluation.percentile(times, 0.5):.2f} p95 {evaluation.percentile(times, 0.95):.2f} "
        f"max {max(times):.2f}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
