"""Nothing an office sees is English: every msgid of ours and of the libraries has Chinese, and Django uses it."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from suite.translation.catalogues import conflicts, our_apps, problems, project_folder


@pytest.mark.parametrize("app", our_apps(), ids=lambda app: app.label)
def test_every_word_of_an_app_has_chinese(app):
    assert list(problems(Path(app.path))) == []


def test_a_word_has_one_translation_everywhere():
    """Django merges all catalogues into one: of two translations one would show on the other's screens."""
    assert list(conflicts()) == []


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_word_of_the_libraries_has_chinese(domain):
    """Fails when a new version of a library brings new words: ``manage.py catalogues`` adds them, empty."""
    assert list(problems(project_folder(), domain)) == []


def test_django_speaks_our_words_where_a_library_has_none_or_worse():
    assert get_language() == "zh-hans"
    assert gettext("Edit account avatar") == "更换头像"
    assert gettext("Submit for moderation") == "送审"
    assert ngettext("Referenced %(count)s time", "Referenced %(count)s times", 2) == "被引用 %(count)s 次"


@pytest.mark.django_db
def test_the_editor_in_the_browser_speaks_our_words_too(admin_client):
    script = admin_client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert f'"Changes have been autosaved.": {json.dumps("修改已自动保存。")}' in script
    assert f'"Comment": {json.dumps("批注")}' in script


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/admin/login/"])
def test_a_browser_that_asks_for_english_gets_chinese(client, address):
    response = client.get(address, headers={"accept-language": "en-GB,en;q=0.9"}, follow=True)
    assert '<html lang="zh-hans"' in response.content.decode().lower()
