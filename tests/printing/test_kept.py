"""Public papers are set once a day."""

import os
import time
from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps

from printing.domain import kept, rendering
from printing.models import PaperVersion
from tests.printing.paper import gongwen, lines, text

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "papers"


@pytest.fixture
def set_anew(monkeypatch):
    """How often a paper was really set."""
    counted = []
    render = kept.render
    monkeypatch.setattr(kept, "render", lambda *given: counted.append(1) or render(*given))
    return counted


def get(client, board, size="a4"):
    response = client.get(f"/print/board/{board.key}.pdf", {"size": size})
    assert response.status_code == 200
    return response.content


def test_a_public_paper_is_set_once_and_comes_out_the_same(client, board, papers, set_anew):
    first = get(client, board)
    assert get(client, board) == first
    assert (len(set_anew), [file.read_bytes() for file in papers.iterdir()]) == (1, [first])


@pytest.mark.parametrize(
    "change",
    [
        lambda board, settings: board.change(body_html="<p>改了。</p>"),
        lambda board, settings: board.change(status="已废止"),
        lambda board, settings: setattr(settings, "WAGTAILADMIN_BASE_URL", "https://shiqiao.example.cn"),
        lambda board, settings: kept._edition.cache_clear() or setattr(kept, "version", lambda name: "71"),
    ],
)
def test_what_differs_in_anything_is_set_anew(client, board, settings, set_anew, monkeypatch, change):
    monkeypatch.setattr(kept, "version", kept.version)
    get(client, board)
    change(board, settings)
    get(client, board)
    kept._edition.cache_clear()
    assert len(set_anew) == 2


def test_a_plugin_brings_stylesheets_of_its_own(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(apps.get_app_config("demo"), "path", str(tmp_path))
    (tmp_path / "stylesheets").mkdir()
    style = tmp_path / "stylesheets" / "small.css"
    seen, sheet = [], replace(gongwen(), style="gongwen demo/small")
    for rule in ("h1 { font-size: 30pt; }", "h1 { font-size: 33pt; }"):
        style.write_text(rule)
        kept._edition.cache_clear()
        rendering._engine.cache_clear()
        pdf = kept.render_kept(sheet).content
        seen.append([size for size in (30, 33) if lines(pdf, size)])
    kept._edition.cache_clear()
    rendering._engine.cache_clear()
    assert seen == [[30], [33]]


def test_every_size_is_set_by_itself(client, board, set_anew):
    assert "大字版" in text(get(client, board, "a3"))
    assert "大字版" not in text(get(client, board))
    assert len(set_anew) == 2


def test_on_the_next_day_it_is_set_anew(client, board, set_anew, monkeypatch):
    get(client, board)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *given: date(2027, 1, 2))
    assert "2027年1月2日" in text(get(client, board))
    assert len(set_anew) == 2


def test_drafts_and_papers_for_few_are_never_kept(client, board, papers, django_user_model):
    board.change(draft=True)
    get(client, board)
    board.change(draft=False)
    board.with_printable(user_can_print=lambda user, unit: user.is_authenticated)
    client.force_login(django_user_model.objects.create_user("clerk"))
    get(client, board)
    assert not papers.exists()
    assert PaperVersion.objects.get().public is False


def test_a_paper_whose_picture_is_missing_is_not_kept(client, board, papers):
    board.change(body_html='<p><img src="/media/images/none.png" alt="缺少的图片"></p>')
    assert "缺少的图片" in text(get(client, board))
    assert not papers.exists()


def test_a_paper_that_was_made_private_is_not_served_from_its_file(client, board, papers):
    get(client, board)
    board.public = False
    assert client.get(f"/print/board/{board.key}.pdf").status_code == 404


def test_a_folder_that_cannot_be_written_holds_nobody_up(client, board, papers, caplog):
    papers.write_text("no folder")
    assert "停水" in text(get(client, board))
    assert [record.name for record in caplog.records] == ["printing.domain.kept"]


def test_the_oldest_go_first(client, board, papers, monkeypatch):
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    papers.mkdir()
    for name, age in (("old", 20), ("older", 30)):
        (papers / f"{name}.pdf").write_bytes(b"x")
        os.utime(papers / f"{name}.pdf", (time.time() - age,) * 2)
    get(client, board)
    assert {"old.pdf", "older.pdf"} & {file.name for file in papers.iterdir()} == {"old.pdf"}
    monkeypatch.setattr(kept, "MOST_BYTES", 1)
    get(client, board, "a3")
    assert len(list(papers.iterdir())) == 1
