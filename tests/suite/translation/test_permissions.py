import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, Page

from suite.translation.permissions import name_permissions, permission_names
from suite.translation.receivers import name_roots

pytestmark = pytest.mark.django_db


def test_no_permission_of_an_installed_model_has_an_english_name():
    names = Permission.objects.values_list("name", flat=True)
    assert [name for name in names if name.startswith("Can ")] == []


def test_a_permission_is_named_by_what_it_allows_and_for_what():
    assert permission_names(Group) == {
        "add_group": "可以添加用户组",
        "change_group": "可以修改用户组",
        "delete_group": "可以删除用户组",
        "view_group": "可以查看用户组",
    }


def test_naming_again_changes_nothing():
    Permission.objects.filter(codename="add_group").update(name="Can add group")
    assert [name_permissions(), name_permissions()] == [1, 0]


def test_the_roots_have_chinese_names_unless_the_office_gave_others():
    assert (Page.objects.get(depth=1).title, Collection.objects.get(depth=1).name) == ("所有页面", "所有文件")
    Collection.objects.filter(depth=1).update(name="镇里的图片")
    name_roots()
    assert Collection.objects.get(depth=1).name == "镇里的图片"
