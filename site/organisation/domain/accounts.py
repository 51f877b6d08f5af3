"""People and their accounts: opened for a person, closed when they leave, never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organisation.models import Person
from suite import audit
from suite.roles.domain import assign, role_keys, withdraw


@transaction.atomic
def open_account(
    person: Person, username: str, password: str | None, user: Any, roles: Iterable[str] = (), email: str = ""
) -> Any:
    """Open an account for a person and give it roles (keys such as "editor"); returns the account.

    Without a password the account cannot be used until one is set. ``user`` is who does it (None: the system); roles
    are refused where ``user`` may not give them, or where two of the three administrators would meet.
    Raises ValidationError.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user is not None:
        raise ValidationError(
            _("%(person)s already has the account %(account)s. Open that one again instead.")
            % {"person": person, "account": person.user}
        )
    if not person.active:
        raise ValidationError(
            _("%(person)s no longer serves here. Mark the person as active first.") % {"person": person}
        )
    account = get_user_model()(username=username, email=email, first_name=person.name)
    if password is None:
        account.set_unusable_password()
    else:
        validate_password(password, account)
        account.set_password(password)
    account.full_clean(exclude=["password"])
    account.save()
    person.user = account
    person.save(update_fields=["user"])
    audit.record(person, "organisation.open_account", user, account=username)
    for key in roles:
        assign(account, key, user)
    return account


@transaction.atomic
def close_account(person: Person, user: Any, reason: str = "") -> None:
    """Close a person's account: nobody can log in with it, the roles are taken, what it did keeps its name.

    Raises ValidationError where there is no open account.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    account = person.user
    if account is None or not account.is_active:
        raise ValidationError(_("%(person)s has no open account.") % {"person": person})
    keys = role_keys(account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    for key in keys:
        withdraw(account, key, None)
    audit.record(person, "organisation.close_account", user, account=account.get_username(), reason=reason)
