"""What holds for snippets beside registers: nothing that others refer to is deleted, alone or in bulk."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.fields import register_display_class

from .columns import yes_no
from .views import referring_to

register_display_class(BooleanField, display_class=yes_no)


@hooks.register("before_delete_snippet")
def keep_what_others_refer_to(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """Wagtail would answer a protected row with an error page; here the message names what refers to it."""
    for instance in instances:
        if rows := referring_to(instance):
            messages.error(
                request,
                _("“%(name)s” cannot be deleted, because these records refer to it: %(rows)s. End or close it instead.")
                % {"name": instance, "rows": named(rows)},
            )
            return redirect(list_of(instance))
    return None


def named(rows: list[Model]) -> str:
    """The first ten rows by kind and name."""
    names = sorted({f"{row._meta.verbose_name}“{row}”" for row in rows})
    return "、".join(names[:10]) + ("……" if len(names) > 10 else "")  # noqa: PLR2004


def list_of(instance: Any) -> str:
    return type(instance).snippet_viewset.get_url_name("list")
