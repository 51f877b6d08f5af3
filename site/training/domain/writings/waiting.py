"""What waits on desks about notes and articles (requirement Q)."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from suite.desk import DeskItem
from suite.roles.domain import user_has_role
from training.domain.settings import training_settings
from training.enums import WritingState
from training.models import StudyIndexPage, Writing, WritingComment

from .book import named
from .owing import owing, owing_of
from .queries import drafts_to_hand_in, waiting_for, wishes_without_page

PLUGIN = "training"


def writing(user: Any) -> Iterator[DeskItem]:
    """For an author: what was returned; from the office's month on, what the year still asks for."""
    returned = Writing.objects.filter(person=user.person, state=WritingState.RETURNED).order_by("pk")
    for one in returned:
        last = WritingComment.objects.filter(writing=one, decision=WritingState.RETURNED).last()
        yield DeskItem(
            f"training.writing:{one.pk}",
            _("Rewrite “%(title)s”") % {"title": one.shown_title},
            reverse("training_writings_one", args=[one.pk]),
            _("It was returned: %(remark)s") % {"remark": last.text if last else ""},
            None,
            PLUGIN,
        )
    today = timezone.localdate()
    if today.month < training_settings().writing_month:
        return
    found = owing_of(user.person, today.year)
    if found is not None and found.wanting:
        yield DeskItem(
            f"training.writings:{today.year}",
            _("Still to be written in %(year)s: %(kinds)s") % {"year": today.year, "kinds": named(found.wanting)},
            reverse("training_writings_own"),
            _("Every cadre writes these each year; you hold a post in %(unit)s.") % {"unit": found.cadre.unit},
            _end_of(today.year),
            PLUGIN,
        )


def reading(user: Any) -> Iterator[DeskItem]:
    """For who accepts: one line, however many wait."""
    if waiting := waiting_for(user):
        title = ngettext("Read %(count)d note or article", "Read %(count)d notes and articles", len(waiting))
        people = "、".join(dict.fromkeys(one.writing.person.name for one in waiting))
        yield DeskItem(
            "training.writings.read",
            title % {"count": len(waiting)},
            reverse("training_writings_waiting"),
            _("For you to accept or return, by: %(people)s.") % {"people": people},
            None,
            PLUGIN,
        )


def running() -> Iterator[DeskItem]:
    """For the office, from its month on: how many still owe one."""
    today = timezone.localdate()
    if today.month < training_settings().writing_month:
        return
    if count := sum(one.owes for one in owing(today.year)):
        title = ngettext(
            "%(count)d person still owes a note or an article",
            "%(count)d people still owe a note or an article",
            count,
        )
        yield DeskItem(
            f"training.writings.owing:{today.year}",
            title % {"count": count},
            reverse("training_writings_owing"),
            _("You run the training. Call them, or let off who cannot write, with the reason."),
            _end_of(today.year),
            PLUGIN,
        )


def editing(user: Any) -> Iterator[DeskItem]:
    """For editors: pages that authors wish to see published; the section that is wanting."""
    if not user_has_role(user, "editor"):
        return
    for page in drafts_to_hand_in():
        yield DeskItem(
            f"training.study_page:{page.pk}",
            _("Hand in for the check: “%(title)s”") % {"title": page.title},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            _("%(author)s wishes to see it published: read it through, mend what has to be mended, then hand it in.")
            % {"author": page.author},
            None,
            PLUGIN,
        )
    if not StudyIndexPage.objects.exists() and (count := wishes_without_page().count()):
        yield DeskItem(
            "training.study_section",
            _("Make the section for study notes and articles"),
            reverse("wagtailadmin_explore_root"),
            ngettext(
                "%(count)d accepted piece is to be published and has no place yet.",
                "%(count)d accepted pieces are to be published and have no place yet.",
                count,
            )
            % {"count": count},
            None,
            PLUGIN,
        )


def _end_of(year: int) -> datetime.datetime:
    last = datetime.date(year, 12, 31)
    return timezone.make_aware(datetime.datetime.combine(last, datetime.time(23, 59, 59)))
