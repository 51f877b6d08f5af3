"""Pages for failures: Chinese, with what to do; the last ones without a database."""

import re

import pytest
from django.test import RequestFactory
from django.views import defaults

from suite.theme import office as office_module
from suite.theme.models import OfficeSettings


def text(html):
    html = html.decode() if isinstance(html, bytes) else html
    html = re.sub(r"<(style|title)\b.*?</\1>", " ", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.django_db
def test_a_wrong_address_offers_the_search(client):
    response = client.get("/meiyou/")
    assert response.status_code == 404
    html = response.content.decode()
    assert "没有这个页面" in text(html)
    assert len(re.findall(r'<form[^>]*role="search"[^>]*action="/search/"', html)) == 1


@pytest.mark.django_db
def test_who_may_not_see_a_page_is_told_whom_to_ask(rf, django_user_model):
    request = rf.get("/desk/")
    request.user = django_user_model.objects.create(username="wang")
    body = text(defaults.permission_denied(request, Exception()).content)
    assert "请向本单位系统管理员申请" in body


@pytest.mark.django_db
def test_an_expired_form_says_that_nothing_was_sent():
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    assert response.status_code == 403
    assert "表单已过期" in text(response.content)


# No django_db mark on these: pytest-django fails any test that touches the database.
def test_a_failure_is_explained_without_the_database(monkeypatch):
    monkeypatch.setattr(office_module, "_last_known", [])
    response = defaults.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert text(response.content) == (
        "系统出了问题 不是您操作有误，是我们的系统出了问题。请过几分钟刷新本页。刚才填写的内容可能没有保存，"
        "重新提交前请先核对。 急事请直接打电话或到大厅来办。 回到首页"
    )


def test_a_failure_names_the_phone_this_process_has_read_before(monkeypatch):
    monkeypatch.setattr(office_module, "_last_known", [OfficeSettings(hall_phone="0873-2201234")])
    assert "急事请拨打大厅电话： 0873-2201234" in text(defaults.server_error(RequestFactory().get("/")).content)


def test_a_bad_request_is_explained_without_the_database(monkeypatch):
    monkeypatch.setattr(office_module, "_last_known", [])
    response = defaults.bad_request(RequestFactory().get("/"), Exception())
    assert response.status_code == 400
    assert "请从首页重新打开" in text(response.content)


@pytest.mark.django_db
def test_a_page_without_its_plugin_is_not_found_and_says_so(client):
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Site

    root = Site.objects.get(is_default_site=True).root_page
    page = root.add_child(instance=Page(title="效能听证", slug="hearings", show_in_menus=True))
    gone = ContentType.objects.create(app_label="gone_plugin", model="hearingpage")
    Page.objects.filter(pk=page.pk).update(content_type=gone)
    response = client.get("/hearings/")
    assert response.status_code == 404
    assert "效能听证 本栏目暂不可用。" in text(response.content)
    assert 'href="/hearings/"' not in response.content.decode()


@pytest.mark.django_db
def test_a_site_whose_home_page_has_no_plugin_still_answers(client):
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Site

    root = Site.objects.get(is_default_site=True).root_page
    Page.objects.filter(pk=root.pk).update(
        content_type=ContentType.objects.create(app_label="gone_plugin", model="homepage")
    )
    response = client.get("/")
    assert response.status_code == 200
    assert "乡镇人民政府 本栏目暂不可用。" in text(response.content)
