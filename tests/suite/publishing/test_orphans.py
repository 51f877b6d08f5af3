"""A draft whose plugin was taken out is still shown in the explorer."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, Site


@pytest.fixture
def orphan(db):
    gone = ContentType.objects.create(app_label="lamps", model="lampmappage")
    home = Site.objects.get(is_default_site=True).root_page
    page = home.add_child(instance=Page(title="路灯图"))
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(content_type=gone, has_unpublished_changes=True)
    page.revisions.update(content_type=gone)
    return page


def test_it_is_listed_below_its_section_and_has_a_place_of_its_own(admin_client, orphan):
    for number in (orphan.get_parent().pk, orphan.pk):
        answer = admin_client.get(f"/admin/pages/{number}/")
        assert answer.status_code == 200
        assert "路灯图" in answer.content.decode()
