"""A page whose plugin is out cannot be edited; every other error stays what it is."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page

from suite.theme.middleware import PluginIsOutMiddleware


@pytest.mark.django_db
def test_editing_a_page_without_its_plugin_leads_back_with_the_reason(client):
    page = Page.get_first_root_node().add_child(instance=Page(title="路灯图", slug="lamps"))
    lamps = ContentType.objects.create(app_label="lamps", model="lampmappage")
    Page.objects.filter(pk=page.pk).update(content_type=lamps)
    client.force_login(get_user_model().objects.create_superuser("visitor"))
    response = client.get(f"/admin/pages/{page.pk}/edit/", follow=True)
    assert response.status_code == 200
    assert "这个页面所属的插件已被拿掉" in response.content.decode()


def test_other_errors_are_left_alone(rf):
    middleware = PluginIsOutMiddleware(lambda request: None)
    assert middleware.process_exception(rf.get("/"), ImportError("another")) is None
