"""Signing up for a session, with and without an account."""

from __future__ import annotations

from suite.slips.forms import PersonForm
from suite.throttle.forms import GuardedForm


class KeyInForm(PersonForm):
    """Name, village, phone, as keyed in by an account. No more is needed to come."""


class SignUpForm(GuardedForm, PersonForm):
    """The same, sent by anybody."""

    guard = "training.sign-up"
