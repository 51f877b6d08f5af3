"""Nothing in the product edits or deletes the log."""

import ast

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.models import BaseLogEntry, ModelLogEntry, Page, PageLogEntry

from suite import audit
from suite.roles.domain import assign

LOG_NAMES = ("LogEntry", "get_logs_for_instance", "get_log_entry_models", "get_log_model_for")
CHANGES = {"delete", "adelete", "update", "aupdate", "bulk_update", "update_or_create", "save", "_raw_delete"}
TABLES = ("wagtailcore_modellogentry", "wagtailcore_pagelogentry")


def offences(source):
    """Lines of `source` that change what is in the log."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            if any(name in ast.unparse(node.func.value) for name in LOG_NAMES):
                found.append(node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.lower()
            if any(table in text for table in TABLES) and ("update" in text or "delete" in text or "drop" in text):
                found.append(node.lineno)
    return found


def test_no_line_of_the_product_changes_the_log():
    sources = [path for folder in ("site", "search") for path in (settings.BASE_DIR / folder).rglob("*.py")]
    assert len(sources) > 20
    assert {str(path): bad for path in sources if (bad := offences(path.read_text()))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "ModelLogEntry.objects.filter(pk=1).delete()",
        "PageLogEntry.objects.update(user=None)",
        "registry.get_logs_for_instance(page)[0].save()",
        "cursor.execute('DELETE FROM wagtailcore_pagelogentry')",
    ],
)
def test_the_reading_finds(source):
    assert offences(source) == [1]


def test_the_reading_lets_reading_pass():
    assert offences("ModelLogEntry.objects.filter(pk=1).count(); page.delete()") == []


@pytest.fixture
def page(db):
    return Page.get_first_root_node().add_child(instance=Page(title="公告", slug="notice"))


@pytest.fixture
def entries(page):
    user = User.objects.create_user("li")
    return [audit.record(page, "wagtail.edit", user), audit.record(user, "wagtail.edit", user)]


def test_an_entry_is_neither_changed_nor_deleted(entries):
    assert [type(entry) for entry in entries] == [PageLogEntry, ModelLogEntry]
    for entry in entries:
        again = type(entry).objects.get(pk=entry.pk)
        again.label = "something else"
        for refused, word in (
            (again.save, "不可修改"),
            (again.delete, "不可删除"),
            (type(entry).objects.filter(pk=entry.pk).delete, "不可删除"),
        ):
            with pytest.raises(ValidationError, match=word), transaction.atomic():
                refused()
        assert type(entry).objects.get(pk=entry.pk).label == entry.label


def test_the_log_of_a_page_outlives_the_page(page, entries):
    number = page.pk
    page.delete()
    log = PageLogEntry.objects.filter(page_id=number).order_by("pk")
    assert not Page.objects.filter(pk=number).exists()
    assert [(entry.action, entry.label) for entry in log] == [
        ("wagtail.create", "公告"),
        ("wagtail.edit", "公告"),
        ("wagtail.delete", "公告"),
    ]


def test_the_log_of_a_person_outlives_the_account(entries):
    user = entries[1].user
    user.delete()
    assert ModelLogEntry.objects.get(pk=entries[1].pk).label == "li"


def patterns(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from patterns(pattern)


def test_the_admin_has_no_view_and_no_permission_that_changes_the_log(db):
    seen = list(patterns(get_resolver()))
    assert len(seen) > 100
    for pattern in seen:
        options = {**getattr(pattern.callback, "view_initkwargs", {}), **pattern.default_args}
        model = options.get("model") or getattr(getattr(pattern.callback, "view_class", None), "model", None)
        assert not (isinstance(model, type) and issubclass(model, BaseLogEntry)), pattern
    offered = Permission.objects.none()
    for function in hooks.get_hooks("register_permissions"):
        offered = offered | function()
    assert not offered.filter(content_type__model__in=["modellogentry", "pagelogentry"]).exists()


def trail(client, key):
    user = User.objects.create_user(key)
    assign(user, key, None)
    client.force_login(user)
    return client.get("/admin/reports/site-history/").content.decode()


def test_the_audit_administrator_reads_everything(client, page, entries):
    page.delete()
    text = trail(client, "audit_admin")
    assert text.count("公告") >= 2
    assert "/admin/reports/site-history/" in client.get("/admin/").content.decode()


def test_others_read_only_what_they_work_on(client, page, entries):
    assert "公告" not in trail(client, "security_admin")


def test_nothing_is_done_by_sending_a_form_to_the_report(client, entries):
    trail(client, "audit_admin")
    before = ModelLogEntry.objects.count()
    assert client.post("/admin/reports/site-history/", {"action": "delete"}).status_code == 405
    assert ModelLogEntry.objects.count() == before
