"""The register of draws, with a button for each step that is possible now."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import PermissionHelper

from suite.registers.actions import RecordAction
from suite.registers.register import Register, RegisterGroup

from . import forms
from .domain import lifecycle, selected
from .enums import OPEN, DrawState, SeedMode
from .models import Draw
from .permissions import user_can_hold, user_can_witness


class KeptForEver(PermissionHelper):
    """Draws are prepared by the plugins that need them and go on by their actions; nobody edits or deletes one."""

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


def _seed(data: dict[str, Any]) -> lifecycle.PublicResult | lifecycle.Strings:
    if data["mode"] == SeedMode.STRINGS:
        return lifecycle.Strings(data["due"])
    return lifecycle.PublicResult(data["source"], data["form"], data["digits"] or 0, data["due"])


ACTIONS = (
    RecordAction(
        "freeze",
        gettext_lazy("Publish the list"),
        forms.DrawForm,
        lambda draw, data, user: lifecycle.freeze(draw, user),
        gettext_lazy("List, rules and fingerprint become public now, and nobody can change them any more."),
        lambda draw: draw.state == DrawState.PREPARED,
        user_can_hold,
    ),
    RecordAction(
        "amend",
        gettext_lazy("Change the seed"),
        forms.SeedForm,
        lambda draw, data, user: lifecycle.amend(draw, user, seed=_seed(data)),
        gettext_lazy("Only before the list is published."),
        lambda draw: draw.state == DrawState.PREPARED,
        user_can_hold,
    ),
    RecordAction(
        "commit",
        gettext_lazy("Record a fingerprint"),
        forms.HashForm,
        lambda draw, data, user: lifecycle.commit(draw, data["name"], data["digest"], user),
        gettext_lazy("At least three people take part, each with a string of their own."),
        lambda draw: draw.mode == SeedMode.STRINGS and draw.state == DrawState.FROZEN,
        user_can_hold,
    ),
    RecordAction(
        "close_hashes",
        gettext_lazy("Close the fingerprints"),
        forms.DrawForm,
        lambda draw, data, user: lifecycle.close_hashes(draw, user),
        gettext_lazy("Nobody can join after that; then the strings are shown one by one."),
        lambda draw: draw.mode == SeedMode.STRINGS and draw.state == DrawState.FROZEN,
        user_can_hold,
    ),
    RecordAction(
        "reveal",
        gettext_lazy("Show a string"),
        forms.RevealForm,
        lambda draw, data, user: lifecycle.reveal(draw, data["person"], data["text"], user),
        gettext_lazy("With the last string the seed is known."),
        lambda draw: draw.state == DrawState.COMMITTED,
        user_can_hold,
    ),
    RecordAction(
        "enter_result",
        gettext_lazy("Enter the public result"),
        forms.ResultForm,
        lambda draw, data, user: lifecycle.enter_result(draw, data["value"], data["where"], data["witness"], user),
        gettext_lazy("Compare it with the publication before you save: it cannot be changed afterwards."),
        lambda draw: draw.mode == SeedMode.RESULT and draw.state == DrawState.FROZEN,
        user_can_witness,
    ),
    RecordAction(
        "carry_out",
        gettext_lazy("Draw"),
        forms.WitnessesForm,
        lambda draw, data, user: lifecycle.carry_out(draw, data["witnesses"].splitlines(), user),
        gettext_lazy("The result follows from list and seed and is public at once."),
        lambda draw: draw.state == DrawState.SEEDED,
        user_can_hold,
    ),
    RecordAction(
        "void",
        gettext_lazy("Void"),
        forms.ReasonForm,
        lambda draw, data, user: lifecycle.void(draw, data["reason"], user),
        gettext_lazy("What was published stays public, with your reason."),
        lambda draw: draw.state in OPEN,
        user_can_hold,
    ),
    RecordAction(
        "draw_again",
        gettext_lazy("Draw again"),
        forms.AgainForm,
        lambda draw, data, user: lifecycle.draw_again(draw, data["reason"], user, seed=_seed(data)),
        gettext_lazy(
            "Prepares another draw with the same list and rules. This one stays public, and each leads to the other."
        ),
        lambda draw: draw.state in (DrawState.DRAWN, DrawState.VOID) and draw.frozen_at is not None,
        user_can_hold,
    ),
)


class DrawRegister(Register):
    model = Draw
    menu_icon = "order"
    permission_helper_class = KeptForEver
    actions = ACTIONS
    one_line = ("state",)
    list_display = ("title", "state", "mode", "candidate_count", "due_at", "frozen_at", "drawn_at")
    list_export = (
        "public_id", "title", "subject_title", "state", "mode", "candidate_count", "list_sha256", "frozen_at", "due_at",
        "drawn_at", "selected_keys", "witness_names", "void_reason", "again_reason",
    )  # fmt: skip
    inspect_view_fields = (
        "title", "purpose", "subject_title", "state", "public_page", "candidate_count", "mode", "source", "form",
        "due_at", "list_hash", "frozen_at", "value", "published_where", "seed_witness", "drawn_keys",
        "witness_names", "drawn_at", "void_reason", "again_of", "again_reason",
    )  # fmt: skip
    list_filter = ("state", "mode")
    search_fields = ("title", "subject_title", "public_id")

    def candidate_count(self, draw: Draw) -> int:
        return len(draw.candidates)

    candidate_count.short_description = gettext_lazy("number of candidates")

    def selected_keys(self, draw: Draw) -> str:
        return "、".join(selected(draw))

    selected_keys.short_description = gettext_lazy("who was drawn")

    def list_hash(self, draw: Draw) -> str:
        return format_html("<code>{}</code>", draw.list_sha256) if draw.list_sha256 else ""

    list_hash.short_description = gettext_lazy("SHA-256 of the list")

    def drawn_keys(self, draw: Draw) -> str:
        keys = self.selected_keys(draw)
        return format_html("<code>{}</code>", keys) if keys else ""

    drawn_keys.short_description = gettext_lazy("who was drawn")

    def witness_names(self, draw: Draw) -> str:
        return "、".join(draw.witnesses)

    witness_names.short_description = gettext_lazy("witnesses of the draw")

    def public_page(self, draw: Draw) -> str:
        if not draw.frozen_at:
            return _("none before the list is published")
        return format_html('<a href="{0}">{0}</a>', draw.get_absolute_url())

    public_page.short_description = gettext_lazy("public page")


class DrawGroup(RegisterGroup):
    menu_label = gettext_lazy("Draws")
    menu_icon = "order"
    menu_order = 265
    registers = (DrawRegister,)
