"""Mails to accounts: each in its own language, over one connection; who cannot be reached holds up nobody else."""

import logging
from collections.abc import Callable, Iterable
from smtplib import SMTPException
from typing import Any

from django.core.mail import get_connection
from django.template.loader import render_to_string
from django.utils import translation
from wagtail.admin.mail import send_mail
from wagtail.users.models import UserProfile

logger = logging.getLogger(__name__)


def send_each(template: str, users: Iterable[Any], context: Callable[[Any], dict[str, Any]]) -> int:
    """Mail each of the accounts; returns to how many.

    Arguments: ``template``, whose first line is the subject and the rest the text; ``context(user)``, what it is
    filled in with, called in that account's language. Accounts that are switched off or have no address are passed
    over. A mail that the server refuses is logged and the others are sent; where the server cannot be reached at all
    nothing is sent, and its OSError or SMTPException is raised, so that the caller may try again without mailing
    anybody twice.
    """
    reached = [user for user in users if user.is_active and user.email]
    if not reached:
        return 0
    sent = 0
    with get_connection() as connection:
        for user in reached:
            with translation.override(UserProfile.get_for_user(user).get_preferred_language()):
                text = render_to_string(template, context(user))
            subject, body = text.strip().split("\n", 1)
            try:
                sent += send_mail(subject, body.strip() + "\n", [user.email], connection=connection)
            except (OSError, SMTPException):
                logger.exception("The mail %s to %s was not sent", template, user.get_username())
    return sent
