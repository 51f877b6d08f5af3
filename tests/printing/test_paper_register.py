"""The register of paper versions."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from printing.models import PaperVersion
from suite.roles.domain import group

pytestmark = pytest.mark.django_db
REGISTER = "/admin/printing/paperversion/"


@pytest.fixture
def versions(board):
    def version(number, code, public=True):
        return PaperVersion.objects.create(
            kind="board" if public else "letter",
            key="1",
            number=number,
            since="2026-11-20",
            code=code,
            digest=str(number),
            public=public,
            title="停水公告" if public else "",
        )

    return [version(1, "K7QX3M5T"), version(2, "K7QX3M5U"), version(1, "K7QX3M5W", public=False)]


def person(role):
    user = get_user_model().objects.create_user(role, f"{role}@example.com", "x")
    user.groups.add(group(role))
    return user


@pytest.mark.parametrize("role", ["editor", "checker", "approver"])
def test_it_lists_public_papers_with_their_standing(client, versions, role):
    client.force_login(person(role))
    response = client.get(REGISTER)
    register, listed = response.context["view"].model_admin, response.context["object_list"]
    assert [(row.code, register.paper_kind(row), register.standing(row)) for row in listed] == [
        ("K7QX3M5U", "公示", "最新一版"),
        ("K7QX3M5T", "公示", "已被第2版替换"),
    ]
    assert 'href="/z/K7QX3M5T">K7QX 3M5T</a>' in response.content.decode()
    assert [row.number for row in client.get(f"{REGISTER}?q=K7QX3M5T").context["object_list"]] == [1]


def test_a_paper_changed_without_a_new_version_has_its_own_number(client, versions):
    again = PaperVersion.objects.create(
        kind="board", key="1", number=2, reprint=1, since="2026-11-21", code="K7QX3M5X", digest="x", public=True
    )
    client.force_login(person("editor"))
    response = client.get(REGISTER)
    register, listed = response.context["view"].model_admin, response.context["object_list"]
    assert [(register.edition(row), register.standing(row)) for row in listed if row.number == again.number] == [
        ("2.1", "最新一版"),
        ("2", "已被第2.1版替换"),
    ]


def test_nobody_writes_in_it(client, versions):
    client.force_login(get_user_model().objects.create_superuser("总管", "a@example.com", "x"))
    assert client.get(reverse("printing_paperversion_modeladmin_inspect", args=[versions[0].pk])).status_code == 200
    for name in ("edit", "delete"):
        response = client.post(
            reverse(f"printing_paperversion_modeladmin_{name}", args=[versions[0].pk]), {"title": "x"}
        )
        assert response.status_code in (302, 403)
    assert client.post(reverse("printing_paperversion_modeladmin_create"), {"title": "x"}).status_code in (302, 403)
    assert list(PaperVersion.objects.values_list("title", flat=True).order_by("pk")) == ["停水公告", "停水公告", ""]


@pytest.mark.parametrize("role", ["cadre", "system_admin"])
def test_others_do_not_see_it(client, versions, role):
    client.force_login(person(role))
    assert client.get(REGISTER).status_code in (302, 403)
    assert REGISTER not in client.get("/admin/", follow=True).content.decode()
