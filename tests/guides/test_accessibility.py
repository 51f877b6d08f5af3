"""The tree a screen reader walks on the pages of guides; the theme's own parts are tested with the pages."""

import itertools

import pytest

from guides.models import LifeEvent
from tests.guides.test_browser import CHANGES
from tests.reading import EVERYWHERE, Elements

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def seen():
    return {}


@pytest.fixture(params=["index", "list", "guide", "answered", "hits"])
def tree(request, seen, client, draft, publish, search_index):
    """Each kind of page; made once."""
    if not seen:
        LifeEvent.objects.update(examples="低保、临时救助")
        guide = publish(draft(**CHANGES))
        search_index()
        index = guide.get_parent().url
        addresses = {
            "index": index,
            "list": index + "?all=1",
            "guide": guide.url,
            "answered": guide.url + "?1=A&2=B",
            "hits": "/search/?q=低保",
        }
        seen.update({name: client.get(address).content.decode() for name, address in addresses.items()})
    return Elements(seen[request.param])


def test_elements_are_closed_in_order(tree):
    assert tree.left_open == []


def test_there_is_one_first_heading_and_no_level_is_left_out(tree):
    levels = [int(tag[1]) for tag, _attrs in tree.all("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))


def test_every_field_has_a_label_and_no_id_stands_twice(tree):
    fields = [attrs["id"] for _tag, attrs in tree.all("input") if attrs.get("type") != "hidden"]
    assert sorted(fields) == sorted(attrs["for"] for _tag, attrs in tree.all("label"))
    ids = [attrs["id"] for _tag, attrs, _around in tree.found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_within_a_page_leads_somewhere(tree):
    ids = {attrs["id"] for _tag, attrs, _around in tree.found if "id" in attrs}
    links = {attrs["href"] for _tag, attrs in tree.all("a") if attrs["href"].startswith("#")}
    assert {link for link in links if link[1:] not in ids} == set()


def test_only_the_search_box_has_a_script(tree):
    assert tree.scripts() == EVERYWHERE
