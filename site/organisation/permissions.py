"""Who may see and change the organisation (requirement A)."""

from __future__ import annotations

from typing import Any

MODELS = ("unit", "post", "person", "appointment", "responsibility")
VIEW = tuple(f"organisation.view_{model}" for model in MODELS)
KEEP = (
    *(f"organisation.{verb}_{model}" for model in MODELS for verb in ("add", "change", "delete", "view")),
    "organisation.change_organisationsettings",
)
# Why somebody is away is for few: whoever reads the other registers does not read this one.
RECORD_ABSENCES = tuple(f"organisation.{verb}_absence" for verb in ("add", "change", "view"))
KEEP_ABSENCES = (*RECORD_ABSENCES, "organisation.delete_absence")
# Who reads the registers in the admin, besides the system administrator who keeps them.
READERS = ("head", "leader", "efficiency_office", "hall_director", "security_admin", "audit_admin")


def user_can_keep_organisation(user: Any) -> bool:
    """May enter and change units, posts, people, appointments and responsibilities."""
    return user.is_active and user.has_perms(KEEP)


def user_can_see_organisation(user: Any) -> bool:
    """May read the registers."""
    return user.is_active and user.has_perms(VIEW)


def user_can_record_absences(user: Any) -> bool:
    """May enter who is away and until when, and read the notes."""
    return user.is_active and user.has_perms(RECORD_ABSENCES)


def user_can_see_mobile(user: Any) -> bool:
    """A private mobile is shown only to who keeps the register of people."""
    return user.is_active and user.has_perm("organisation.change_person")
