"""The shared test database of tests/database.py."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Site


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_after_a_test_that_commits_the_next_one_finds_the_migrated_rows(time):
    assert Page.objects.count() >= 2, "Wagtail's migrations make the root and a first page"
    assert Site.objects.count() == 1
    assert ContentType.objects.get_for_model(Page).model_class() is Page
    Page.objects.all().delete()
