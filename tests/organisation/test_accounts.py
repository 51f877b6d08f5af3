"""Accounts belong to people; roles come with the rule of the three administrators."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.log_actions import registry

from organisation.domain.accounts import close_account, open_account
from suite.roles.domain import role_keys

PASSWORD = "liushu-4716-he"


def test_an_account_is_opened_for_a_person_with_their_name_and_roles(town):
    account = open_account(town.wang, "wangkun", PASSWORD, None, ["editor", "cadre"])
    account = get_user_model().objects.get(pk=account.pk)
    town.wang.refresh_from_db()
    assert (town.wang.user, account.get_full_name(), role_keys(account)) == (account, "王堃", {"editor", "cadre"})
    assert account.check_password(PASSWORD)
    assert [entry.action for entry in registry.get_logs_for_instance(town.wang)] == ["organisation.open_account"]


def test_without_a_password_nobody_can_log_in(town):
    assert not open_account(town.wang, "wangkun", None, None).has_usable_password()


def test_nobody_gets_a_second_account(town):
    open_account(town.wang, "wangkun", PASSWORD, None)
    with pytest.raises(ValidationError, match="王堃已有账号wangkun。请重新启用该账号。"):
        open_account(town.wang, "wangkun2", PASSWORD, None)


def test_a_weak_password_is_refused_and_nothing_is_left_behind(town):
    with pytest.raises(ValidationError):
        open_account(town.wang, "wangkun", "12345678", None)
    assert not get_user_model().objects.exists()


def test_no_one_opens_an_account_that_is_two_of_the_three_administrators(town):
    with pytest.raises(ValidationError):
        open_account(town.wang, "wangkun", PASSWORD, None, ["system_admin", "audit_admin"])
    assert not get_user_model().objects.exists()


def test_a_closed_account_keeps_its_name_and_loses_its_roles(town):
    open_account(town.wang, "wangkun", PASSWORD, None, ["editor"])
    close_account(town.wang, None, "调离")
    account = get_user_model().objects.get(username="wangkun")
    assert (account.is_active, account.groups.count(), account.person) == (False, 0, town.wang)
    with pytest.raises(ValidationError, match="王堃没有启用的账号。"):
        close_account(town.wang, None)
