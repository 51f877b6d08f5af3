"""manage.py search_eval: a collection with known answers, and what is printed of it."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from search import evaluation
from search.management.commands.search_eval import sample

# The command looks whether the office keeps synonyms.
pytestmark = pytest.mark.django_db

DOCS = [
    {"id": "a", "title": "农村低保申请指南", "text": "家庭收入低于标准的可以申请最低生活保障。"},
    {"id": "b", "title": "防汛通知", "text": "汛期请注意安全。"},
    {"id": "c", "title": "", "text": "残疾证办理须知。"},
]
QUERIES = [
    {"id": "1", "q": "怎么申请低保", "gold": ["a"]},
    {"id": "2", "q": "殘疾證", "gold": ["c", "b"]},
    {"id": "3", "q": "养老金", "gold": ["b"]},
]


@pytest.fixture
def files(tmp_path):
    docs, queries = tmp_path / "docs.jsonl.gz", tmp_path / "queries.jsonl"
    docs.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in DOCS).encode()))
    queries.write_text("".join(json.dumps(row) + "\n" for row in QUERIES), encoding="utf-8")
    return str(docs), str(queries)


def figures(*arguments):
    out = StringIO()
    call_command("search_eval", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_the_figures_of_each_engine(files, engine):
    printed = figures(*files, "--engine", engine)
    assert list(printed) == [
        "engine",
        "docs",
        "docs_per_cpu_second",
        "index_mb",
        "peak_rss_mb",
        "queries",
        "mrr10",
        "recall10",
        "cpu_ms_p50",
        "cpu_ms_p95",
    ]
    assert [printed[name] for name in ("engine", "docs", "queries")] == [engine, 3, 3]
    assert (printed["mrr10"], printed["recall10"]) == (round(2 / 3, 4), 0.5)
    assert printed["docs_per_cpu_second"] > 0
    assert printed["cpu_ms_p50"] <= printed["cpu_ms_p95"]


def test_the_sites_own_engine_unless_told(files, settings):
    settings.MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.tantivy"}}
    assert figures(*files)["engine"] == "tantivy"


def test_a_limit_asks_the_first_and_a_seed_always_draws_the_same(files):
    assert figures(*files, "--limit", "1")["mrr10"] == 1.0
    rows = [{"q": str(number)} for number in range(100)]
    assert sample(rows, 3, None) == rows[:3]
    assert sample(rows, 3, 7) == sample(rows, 3, 7)
    assert sample(rows, 3, 7) != sample(rows, 3, 8)
    assert sample(rows, 200, 7) == rows


def test_without_questions_only_building_is_measured(files):
    assert list(figures(files[0])) == ["engine", "docs", "docs_per_cpu_second", "index_mb", "peak_rss_mb"]


@pytest.mark.parametrize(
    ("line", "complaint"), [("{", "line 2"), ('{"id": "x"}', "no text"), ("7", "line 2"), ("[]", "no id, text")]
)
def test_a_line_that_cannot_be_read_is_named(files, tmp_path, line, complaint):
    broken = tmp_path / "broken.jsonl"
    broken.write_text(json.dumps(DOCS[0]) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match=complaint):
        figures(str(broken))


def test_a_limit_of_nothing_is_refused(files):
    with pytest.raises(CommandError, match="1 or more"):
        figures(*files, "--limit", "0")


def test_questions_without_answers_and_a_server_without_an_address_are_refused(files, tmp_path, settings):
    unanswered = tmp_path / "unanswered.jsonl"
    unanswered.write_text(json.dumps({"id": "1", "q": "低保", "gold": []}) + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match="There are no questions to ask"):
        figures(files[0], str(unanswered))
    settings.SEARCH_URL = ""
    with pytest.raises(CommandError, match="Name the server in SEARCH_URL"):
        figures(*files, "--engine", "opensearch")


def test_only_the_first_ten_hits_count():
    hits = [str(number) for number in range(20)]
    assert [evaluation.reciprocal_rank(hits, [gold]) for gold in ("0", "9", "10", "x")] == [1.0, 0.1, 0.0, 0.0]
    assert evaluation.recall(hits, ["0", "9", "10", "x"]) == 0.5
    assert [evaluation.percentile(range(100), part) for part in (0.5, 0.95, 1)] == [50, 95, 99]
