"""Wagtail's own tests of searching, in pages and all over its admin, against our backends."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The modules of Wagtail's wheel that search and that can be imported. Left out, since they want packages that Wagtail
# itself tests with and we don't: contrib.search_promotions (freezegun), contrib.redirects (azure),
# the API of images and documents (factory_boy).
MODULES = """
    tests.test_page_search tests.test_page_queryset tests.test_search_fields
    admin.tests.test_admin_search admin.tests.test_page_chooser admin.tests.viewsets.test_model_viewset
    admin.tests.pages.test_page_search admin.tests.pages.test_explorer_view admin.tests.pages.test_page_viewset
    admin.tests.pages.test_content_type_use_view admin.tests.pages.test_custom_listing
    images.tests.test_admin_views images.tests.test_models
    documents.tests.test_search documents.tests.test_admin_views documents.tests.test_models
    snippets.tests.test_chooser_views snippets.tests.test_viewset snippets.tests.test_list_view
    users.tests.test_admin_views users.tests.test_bulk_actions.test_bulk_delete contrib.forms.tests.test_views
    api.v2.tests.test_pages api.v3.tests.test_pages
""".split()  # noqa: SIM905 (a list of modules reads better as text)
TESTS = 182
# These ask for "ork" and want Forky: a LIKE in the database finds parts of words, an index of words does not.
PARTS_OF_WORDS = {
    f"{test} (wagtail.admin.tests.viewsets.test_model_viewset.{view}.{test}) (backend='default')"
    for view in ("TestSearchIndexView", "TestSearchIndexResultsView")
    for test in ("test_search_with_results", "test_filtered_searched_with_results")
}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """The database of Wagtail's test site as its migrations leave it, which takes a minute."""
    folder = tmp_path_factory.mktemp("wagtail")
    django(folder, "whoosh", "migrate", "--no-input", "-v0").check_returncode()
    return folder / "wagtail.sqlite3"


def django(folder, engine, *arguments):
    """A command on Wagtail's test site, with database and index in `folder`."""
    variables = {
        "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
        "DJANGO_SETTINGS_MODULE": "tests.search.wagtail_suite.settings",
        "DATABASE_NAME": str(folder / "wagtail.sqlite3"),
        "MODELSEARCH_INDEX": str(folder / "index"),
        "MODELSEARCH_BACKEND": f"search.backends.{engine}",
    }
    return subprocess.run(
        [sys.executable, "-m", "django", *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.long
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_wagtails_own_tests_of_searching_pass_but_those_that_want_parts_of_words(engine, migrated, tmp_path):
    """In a process of its own, on Wagtail's test site; see wagtail_suite/backend.py for what they need."""
    shutil.copy(migrated, tmp_path)
    modules = [f"wagtail.{module}" for module in MODULES]
    run = django(tmp_path, engine, "test", "--keepdb", "-k", "search", "-k", "Search", *modules)
    said = run.stderr + run.stdout
    assert set(re.findall(r"^(?:FAIL|ERROR): (.*)$", said, re.MULTILINE)) == PARTS_OF_WORDS, said
    assert re.search(rf"^Ran {TESTS} tests .*\n\nFAILED \(failures={len(PARTS_OF_WORDS)}\)$", said, re.MULTILINE), said
