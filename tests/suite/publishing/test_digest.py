"""The fingerprint covers what readers see and nothing else."""

import pytest
from django.utils import timezone

from suite.publishing.digest import content_of, digest
from tests.suite.publishing.testapp.models import Poster, PosterRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(root):
    page = Poster(title="停水", intro="<p>一</p>", body=[("paragraph", "<p>二</p>")])
    page.rows = [PosterRow(text="三")]
    return root.add_child(instance=page)


def test_content_is_what_readers_see(page):
    assert content_of(page) == {
        "title": "停水",
        "slug": "ting-shui",
        "seo_title": "",
        "search_description": "",
        "show_in_menus": False,
        "go_live_at": None,
        "expire_at": None,
        "intro": "<p>一</p>",
        "body": [{"type": "paragraph", "value": "<p>二</p>"}],
        "attachment": None,
        "rows": [{"text": "三"}],
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "停电"),
        ("slug", "other"),
        ("intro", "<p>改</p>"),
        ("body", [("paragraph", "<p>改</p>")]),
        ("rows", [PosterRow(text="改")]),
        ("go_live_at", timezone.now()),
        ("expire_at", timezone.now()),
        ("show_in_menus", True),
        ("search_description", "改"),
    ],
)
def test_any_change_of_content_changes_it(page, name, value):
    before = digest(page)
    setattr(page, name, value)
    assert digest(page) != before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("live", True),
        ("locked", True),
        ("draft_title", "改"),
        ("url_path", "/x/"),
        ("has_unpublished_changes", True),
        ("last_published_at", timezone.now()),
        ("intro", '<p data-block-key="abc12">一</p>'),
        ("body", [("paragraph", '<p data-block-key="x">二</p>')]),
    ],
)
def test_bookkeeping_does_not(page, name, value):
    before = digest(page)
    setattr(page, name, value)
    assert digest(page) == before


def test_it_is_the_same_in_memory_in_a_revision_and_in_the_database(page):
    revision = page.save_revision()
    revision.refresh_from_db()
    assert digest(revision.as_object()) == digest(page) == digest(Poster.objects.get(pk=page.pk))


def test_numbering_the_rows_as_they_stand_is_no_change(page):
    page.rows = [PosterRow(text="乙"), PosterRow(text="甲")]
    before = digest(page)
    page.rows = [PosterRow(text="乙", sort_order=0), PosterRow(text="甲", sort_order=1)]
    assert digest(page) == before


def test_it_tells_the_order_of_rows(page):
    page.rows = [PosterRow(text="甲", sort_order=0), PosterRow(text="乙", sort_order=1)]
    before = digest(page)
    page.rows = [PosterRow(text="乙", sort_order=0), PosterRow(text="甲", sort_order=1)]
    assert digest(page) != before


TABLE = {"type": "table", "value": {"data": [["村", "户"], ["柳岸", "3"]], "first_row_is_table_header": True}}


def test_looking_at_a_table_does_not_change_the_fingerprint(root):
    revision = root.add_child(instance=Poster(title="名单", body=[TABLE])).save_revision()
    unseen, seen = revision.as_object(), revision.as_object()
    seen.body.render_as_block()
    assert digest(unseen) == digest(seen)


def test_another_cell_is_another_fingerprint():
    other = {**TABLE, "value": {**TABLE["value"], "data": [["村", "户"], ["柳岸", "4"]]}}
    assert digest(Poster(title="名单", body=[TABLE])) != digest(Poster(title="名单", body=[other]))
