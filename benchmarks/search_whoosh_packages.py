"""Which Whoosh: the same work with whichever package is installed as `whoosh`. See docs/decisions/0001.

    python benchmarks/search_whoosh_packages.py DOCS.jsonl.gz

Needs rjieba. Prints one JSON object: building and asking, four processes writing at once, a commit that fails.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import distributions
from itertools import islice
from pathlib import Path

import rjieba
from whoosh import fields, index, query, scoring
from whoosh.formats import Frequency

DOCUMENTS, QUESTIONS, WRITES = 3000, 200, 25


def split(value, **kwargs):
    """An analyser of words that are already cut."""
    from whoosh.analysis import Token

    token = Token()
    for word in value.split("\t"):
        token.text, token.boost = word, 1.0
        yield token


def make(folder):
    """An empty index for keys and words."""
    words = fields.FieldType(format=Frequency(), analyzer=split, scorable=True)
    return index.create_in(folder, fields.Schema(key=fields.ID(stored=True, unique=True), words=words))


def build_and_ask(folder, path):
    """CPU seconds of one commit of DOCUMENTS, and CPU milliseconds of QUESTIONS made of titles."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, DOCUMENTS)]
    cut = rjieba.Jieba().cut_for_search
    ix = make(folder)
    started = time.process_time()
    with ix.writer(limitmb=64) as writer:
        for row in rows:
            writer.add_document(key=row["id"], words="\t".join(cut(row["text"])))
    built = time.process_time() - started
    ids, times = [], []
    with ix.searcher(weighting=scoring.BM25F()) as searcher:
        for row in rows[:QUESTIONS]:
            started = time.process_time()
            hits = searcher.search(query.Or([query.Term("words", word) for word in set(cut(row["title"]))]), limit=10)
            ids.append([hit["key"] for hit in hits])
            times.append(time.process_time() - started)
    return {"build_cpu_s": round(built, 1), "ask_ms_p50": round(sorted(times)[len(times) // 2] * 1000, 2), "hits": ids}


def write_much(folder, name):
    """One of four processes: a document a commit."""
    ix = index.open_dir(folder)
    failed = 0
    for number in range(WRITES):
        try:
            writer = ix.writer(timeout=30, delay=0.05)
            writer.update_document(key=f"{name}-{number}", words=f"w\t{name}{number}")
            writer.commit()
        except Exception as error:  # noqa: BLE001 (counted, whatever it is)
            failed += 1
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
    sys.exit(min(failed, 100))


def four_writers(folder):
    """Documents lost of those whose commit returned, and commits that failed."""
    make(folder)
    running = [subprocess.Popen([sys.executable, __file__, "--write", folder, name]) for name in "abcd"]
    failed = sum(process.wait() for process in running)
    with index.open_dir(folder).searcher() as searcher:
        held = searcher.doc_count()
    return {"failed_commits": failed, "lost": 4 * WRITES - failed - held}


def failing_commit(folder):
    """Whether the index can be written after a commit that failed (a full disk, say)."""
    ix = make(folder)
    writer = ix.writer()
    writer.add_document(key="1", words="w")

    def full(*args):
        raise OSError("No space left on device")

    writer._commit_toc = full
    with suppress(OSError):
        writer.commit()
    try:
        ix.writer(timeout=1).cancel()
    except index.LockError:
        return {"after_failed_commit": "locked"}
    return {"after_failed_commit": "can be written"}


def main():
    if sys.argv[1] == "--write":
        write_much(sys.argv[2], sys.argv[3])
    name = next(d.name + " " + d.version for d in distributions() if d.name.lower().startswith("whoosh"))
    figures = {"package": name}
    for part in (lambda folder: build_and_ask(folder, sys.argv[1]), four_writers, failing_commit):
        folder = tempfile.mkdtemp(prefix="whoosh-")
        figures |= part(folder)
        shutil.rmtree(folder)
    hits = figures.pop("hits")
    Path(tempfile.gettempdir(), f"hits-{name.split()[0]}.json").write_text(json.dumps(hits))
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
