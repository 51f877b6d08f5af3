"""Documents with real files, and pages that link them."""

import itertools

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from modelsearch.backends import get_search_backend
from wagtail.documents.models import Document
from wagtail.models import Site

from tests.suite.publishing.testapp.models import Poster

_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(params=["whoosh", "tantivy"])
def index(request, settings, tmp_path):
    """An empty index of each engine. Call it to write what the test's transaction changed."""
    backend = f"search.backends.{request.param}"
    settings.MODELSEARCH_BACKENDS = {"default": {"BACKEND": backend, "FOLDER": tmp_path / "index"}}
    return lambda: get_search_backend().refresh_indexes()


@pytest.fixture
def upload(db):
    """upload(content, name, title): a document with that file."""

    def make(content, name="a.pdf", title="申请表", **fields):
        return Document.objects.create(title=title, file=ContentFile(content, name=name), **fields)

    return make


@pytest.fixture
def poster(db):
    """poster(title, live=True, **fields): a page of the tests' own, past the gate, which is not what is tested here."""
    root = Site.objects.get(is_default_site=True).root_page

    def make(title, live=True, **fields):
        root.refresh_from_db()
        made = root.add_child(instance=Poster(title=title, slug=f"p{next(_numbers)}", live=False, **fields))
        go_live(made, live)
        return Poster.objects.get(pk=made.pk)

    return make


def go_live(page, live=True):
    """Publish or withdraw a page past the gate, and index it as a save would."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [live, page.pk])
    get_search_backend().update(Poster, [page.pk])


@pytest.fixture
def found(client, index):
    """found(q): the titles of the hits of the public page; HTML in ``found.html``."""
    import re

    def ask(query):
        index()
        response = client.get("/search/", {"q": query})
        assert response.status_code == 200
        ask.html = response.content.decode()
        headings = re.findall(r'<article class="result">\s*<h2><a href="[^"]+">(.*?)</a></h2>', ask.html, re.DOTALL)
        return [re.sub(r"</?mark>", "", heading) for heading in headings]

    return ask
