"""Pages in an index of the test's own, and the page of hits."""

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Page, Site


@pytest.fixture
def page(db, search_index):
    """page(title, **fields): a live page below the home page, in the index."""
    root = Site.objects.get(is_default_site=True).root_page

    def make(title, model=Page, **fields):
        root.refresh_from_db()
        made = root.add_child(instance=model(title=title, slug=f"p{Page.objects.count()}", **fields))
        search_index()
        return made

    return make


@pytest.fixture
def notice(page):
    """notice(title, html): a live notice of the app pages; skips where that is taken out."""
    if not apps.is_installed("pages"):
        pytest.skip("needs a page with running text: the app pages is taken out")
    from organisation.enums import UnitKind
    from organisation.models import Unit
    from pages.models import NoticePage

    unit = Unit.objects.create(kind=UnitKind.TOWNSHIP, name="石门乡人民政府")

    def make(title, html="<p>正文</p>"):
        made = page(title, model=NoticePage, live=False, responsible_unit=unit, body=[("paragraph", html)])
        with connection.cursor() as cursor:  # past the gate, which is not what is tested here
            cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, made.pk])
        return made

    return make


@pytest.fixture
def answer(client):
    """answer(q, **parameters): the HTML of the page."""

    def get(query, **parameters):
        response = client.get("/search/", {"q": query, **parameters})
        assert response.status_code == 200
        return response.content.decode()

    return get


@pytest.fixture
def worker(monkeypatch):
    """worker(turns): do so many turns of the re-indexing that is queued, all of them unless given."""
    from suite.background.domain import lifecycle

    queued = []
    monkeypatch.setattr(lifecycle, "_enqueue", lambda record: queued.append((type(record), record.pk, record.turn)))

    def work(turns=1000):
        while queued and turns:
            lifecycle.work_on(*queued.pop(0))
            turns -= 1

    work.queued = queued
    return work
