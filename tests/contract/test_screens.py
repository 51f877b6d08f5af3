"""No English on a Chinese screen: every screen that can be reached by clicking is read."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import RequestFactory
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from demo.domain.build import build
from tests.contract.screens import doors, english, walk


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """The sample township, and of what it lacks one of each, named in Chinese."""
    with django_db_blocker.unblock(), transaction.atomic():
        township = build()
        folder = Collection.get_first_root_node().add_child(name="公示图片")
        picture = get_test_image_file()
        get_image_model().objects.create(title="村口", file=picture, collection=folder, description="村口的樟树")
        get_document_model().objects.create(title="名单", file=ContentFile(b"1", name="1.txt"))
        get_user_model().objects.create_superuser("总管", "zongguan@example.com", "密码")
        yield township
        transaction.set_rollback(True)


def read_everything(client, seeds):
    """Addresses seen, and one line for each screen with English on it."""
    names = get_user_model().objects.values_list("username", flat=True)
    screens = dict(walk(client, seeds))
    found = [f"{address}: {' '.join(words)}" for address, html in screens.items() if (words := english(html, names))]
    return set(screens), "\n".join(found)


@pytest.mark.parametrize("key", ["总管", "editor", "approver", "audit_admin"])
def test_nobody_who_works_here_sees_english(client, sample, db, key):
    user = get_user_model().objects.get(username=key)
    client.force_login(user)
    request = RequestFactory().get("/admin/")
    request.user = user
    seen, found = read_everything(client, doors(request))
    assert found == ""
    assert {"/admin/", "/desk/", "/admin/account/"} <= seen


def test_no_villager_sees_english(client, sample, db):
    seen, found = read_everything(client, ["/", "/search/"])
    assert found == ""
    assert "/" in seen


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/desk/login/", "/admin/password_reset/", "/admin/test404/"])
def test_who_is_not_logged_in_sees_no_english(client, address):
    assert english(client.get(address).content.decode()) == []


def test_english_is_found_wherever_a_reader_meets_it():
    page = """<title>Title</title><p>中文 Text</p><a title="Tip">一</a><img alt="Picture"><input placeholder="Hint">
    <button aria-label="Close"></button><input type="submit" value="Save"><template><b>Later</b></template>"""
    menu = '<script id="wagtail-sidebar-props">{"label": "Desk", "name": "x", "label": "\\u9875 Pages"}</script>'
    assert english(page + menu) == [
        "Title",
        "Text",
        "Later",
        "Tip",
        "Picture",
        "Hint",
        "Close",
        "Save",
        "Desk",
        "Pages",
    ]


def test_what_is_not_language_is_no_english():
    page = """<script>var word;</script><style>p {}</style><code>manage.py</code><p>zhang.san@example.com A4
    https://www.example.com/a/b /admin/pages/ 通知.pdf PDF 用户 bianji</p>"""
    assert english(page, names=["bianji"]) == []
