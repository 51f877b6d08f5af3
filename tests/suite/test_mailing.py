"""Mails to accounts: each in its own language, over one connection; one that fails holds up nobody."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils.translation import get_language
from wagtail.users.models import UserProfile

from suite.mailing import send_each

pytestmark = pytest.mark.django_db


class Counting(EmailBackend):
    """Counts how often it is opened; refuses the address that begins with ``wrong``."""

    opened = 0

    def open(self):
        type(self).opened += 1
        return True

    def send_messages(self, messages):
        if messages[0].to[0].startswith("wrong"):
            raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})
        return super().send_messages(messages)


class Nobody(EmailBackend):
    """A server that does not answer."""

    def open(self):
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Counting"
    Counting.opened = 0


@pytest.fixture(autouse=True)
def template(settings, tmp_path):
    """A mail in which stands who gets it, and in which language."""
    (tmp_path / "mail.txt").write_text("{{ name }}\n{{ language }}\nsecond line\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def account(name, email=None, **fields):
    return get_user_model().objects.create_user(name, f"{name}@example.com" if email is None else email, **fields)


def send(*users):
    return send_each("mail.txt", users, lambda user: {"name": user.username, "language": get_language()})


def sent():
    return [(one.to, one.subject, one.body) for one in mail.outbox]


def test_each_gets_one_in_their_own_language_over_one_connection():
    chinese, english = account("tian"), account("smith")
    UserProfile.objects.create(user=english, preferred_language="en")
    assert send(chinese, english) == 2
    assert sent() == [
        (["tian@example.com"], "tian", "zh-hans\nsecond line\n"),
        (["smith@example.com"], "smith", "en\nsecond line\n"),
    ]
    assert Counting.opened == 1


def test_who_is_switched_off_or_has_no_address_is_passed_over():
    assert send(account("gone", is_active=False), account("nowhere", email="")) == 0
    assert (sent(), Counting.opened) == ([], 0)


def test_an_address_that_is_refused_costs_only_its_own_mail():
    assert send(account("wrong"), account("tian")) == 1
    assert [to for to, _subject, _body in sent()] == [["tian@example.com"]]


def test_a_server_that_does_not_answer_is_told_to_the_caller_and_nobody_was_mailed(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Nobody"
    with pytest.raises(ConnectionRefusedError):
        send(account("tian"))
    assert sent() == []
