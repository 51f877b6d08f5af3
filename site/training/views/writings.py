"""One's own notes and articles on the desk: begun, written, saved while typing, handed in (requirement Q)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from suite.autosave import answers
from suite.autosave.domain import Conflict
from suite.registers.refusals import saved_or_refused
from training.domain.lifecycle import study_pages
from training.domain.lifecycle import writings as lifecycle
from training.domain.settings import training_settings
from training.domain.writings.owing import owing_of
from training.domain.writings.publication import publication
from training.domain.writings.queries import own, user_can_decide
from training.domain.writings.texts import as_html, characters
from training.enums import BEING_WRITTEN, WritingKind
from training.forms.writings import BeginForm, CommentForm, WordForm, WritingForm
from training.models import Writing
from training.permissions import user_can_learn, user_can_run

REFUSED = 422


def _own(request: HttpRequest, pk: int) -> Writing:
    if not user_can_learn(request.user):
        raise PermissionDenied
    found = own(request.user.person).select_related("person__user", "unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """What is asked this year, what one has written, and a new one to begin."""
    if not user_can_learn(request.user):
        raise PermissionDenied
    person: Any = request.user.person
    form = BeginForm(request.POST or None, initial={"kind": request.GET.get("kind"), "year": timezone.localdate().year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = saved_or_refused(form, lambda: lifecycle.begin(person, data["kind"], data["year"], request.user))
        if made:
            return redirect("training_writings_one", made.pk)
    year = timezone.localdate().year
    context = {
        "form": form,
        "year": year,
        "standing": owing_of(person, year),
        "kinds": WritingKind.choices,
        "writings": [(one, publication(one)) for one in own(person)],
        "decides": user_can_decide(request.user),
        "runs": user_can_run(request.user),
    }
    return render(request, "training/writings/own.html", context, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def writing(request: HttpRequest, pk: int) -> HttpResponse:
    """The form while it is written; the text afterwards. A script saves here what is typed."""
    row = _own(request, pk)
    if request.method == "POST":
        return _posted(request, row)
    if row.state in BEING_WRITTEN:
        return _form(request, row, {"title": row.title, "text": row.text, "publish": row.publish})
    return _text(request, row, CommentForm())


@never_cache
@login_required
@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh token for a page whose own has expired."""
    return answers.news(request, _own(request, pk).version)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """A Word file's text in place of what stands there, on a page that says so."""
    row = _own(request, pk)
    if row.state not in BEING_WRITTEN:
        return redirect("training_writings_one", pk)
    form = WordForm(request.POST or None, request.FILES or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        file, version = form.cleaned_data["file"], form.cleaned_data["version"]
        done = saved_or_refused(form, lambda: lifecycle.import_word(row, file.read(), file.name, version, request.user))
        if done:
            messages.success(request, _("The text comes from %(file)s now.") % {"file": file.name})
            return redirect("training_writings_one", pk)
    context = {"writing": row, "form": form, "characters": characters(row.text)}
    return render(request, "training/writings/word.html", context, status=REFUSED if form.errors else 200)


@never_cache
@login_required
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back, discard, wish, withdraw the wish, comment: one button each."""
    row = _own(request, pk)
    if (asked := request.POST.get("do", "")) == "comment":
        form = CommentForm(request.POST)
        said = form.is_valid() and saved_or_refused(
            form, lambda: lifecycle.comment(row, form.cleaned_data["remark"], request.user)
        )
        return redirect("training_writings_one", pk) if said else _text(request, row, form)
    doing: dict[str, tuple[Callable[[Writing, Any], Any], str]] = {
        "take_back": (lifecycle.take_back, _("Taken back. Change what you like, then hand it in again.")),
        "discard": (lifecycle.discard, pgettext("writing", "Deleted.")),
        "wish": (study_pages.wish, _("The editors have it now: two others check it before it is published.")),
        "withdraw_wish": (study_pages.withdraw_wish, _("It is not going to be published.")),
    }
    if asked not in doing:
        raise Http404
    step, said_then = doing[asked]
    try:
        step(row, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, said_then)
        if asked == "discard":
            return redirect("training_writings_own")
    return redirect("training_writings_one", pk)


def _posted(request: HttpRequest, row: Writing) -> HttpResponse:
    sent = answers.sent(request)
    typed: dict[str, Any] = {name: request.POST.get(name, "") for name in ("title", "text")}
    typed["publish"] = "publish" in request.POST
    try:
        if "hand_in" in request.POST:
            return _hand_in(request, row, typed, sent)
        stored = lifecycle.save_draft(row, typed, sent.version, sent.writer, request.user, turn=sent.turn)
    except Conflict as conflict:
        return _conflicting(request, conflict.stored)
    except ValidationError as refusal:
        return _refused(request, row, typed, refusal)
    if answers.wants_json(request):
        return answers.saved(stored.version)
    messages.success(request, _("Saved. It is not handed in yet."))
    return redirect("training_writings_one", row.pk)


def _refused(request: HttpRequest, row: Writing, typed: dict[str, Any], refusal: ValidationError) -> HttpResponse:
    """Nothing was stored: why, with the form as it was typed, or with what was handed in elsewhere meanwhile."""
    if answers.wants_json(request):
        return answers.refused(refusal)
    row.refresh_from_db()
    if row.state in BEING_WRITTEN:
        return _form(request, row, typed, refusal)
    messages.error(request, " ".join(refusal.messages))
    return redirect("training_writings_one", row.pk)


def _hand_in(request: HttpRequest, row: Writing, typed: dict[str, Any], sent: answers.Sent) -> HttpResponse:
    """Hand it in; refused, it is saved as it was typed, and everything that is wrong is shown at once."""
    user = request.user
    try:
        lifecycle.hand_in(row, typed, sent.version, sent.writer, user, turn=sent.turn)
    except Conflict:
        raise
    except ValidationError as refusal:
        stored = lifecycle.save_draft(row, typed, sent.version, sent.writer, user, turn=sent.turn)
        return _form(request, stored, typed, refusal)
    messages.success(request, _("Handed in: the leader in charge reads it."))
    return redirect("training_writings_one", row.pk)


def _conflicting(request: HttpRequest, stored: Writing) -> HttpResponse:
    """Another device has saved meanwhile: both texts, to choose one; nothing was overwritten."""
    values = {"title": [stored.title], "text": [stored.text]} | ({"publish": ["on"]} if stored.publish else {})
    labels = {name: str(field.label) for name, field in WritingForm().fields.items()}

    def show(name: str, value: str) -> str:
        return _("yes") if name == "publish" else value

    return answers.conflict(request, stored.version, values, labels, show)


def _form(
    request: HttpRequest, row: Writing, typed: dict[str, Any], refusal: ValidationError | None = None
) -> HttpResponse:
    # Bound only where something is to be mended: an untouched form has no errors to show.
    form = WritingForm(typed) if refusal else WritingForm(initial=typed)
    if refusal:

        def refuse() -> None:
            raise refusal

        saved_or_refused(form, refuse)
    settings = training_settings()
    context = {
        "writing": row,
        "form": form,
        "characters": characters(typed["text"]),
        "least": settings.note_characters if row.kind == WritingKind.NOTE else settings.article_characters,
        "comments": row.comments.select_related("by"),
    }
    return render(request, "training/writings/form.html", context, status=REFUSED if refusal else 200)


def _text(request: HttpRequest, row: Writing, form: CommentForm) -> HttpResponse:
    context = {
        "writing": row,
        "html": as_html(row.text),
        "characters": characters(row.text),
        "comments": row.comments.select_related("by"),
        "form": form,
        "publication": publication(row),
        "back": reverse("training_writings_own"),
    }
    return render(request, "training/writings/text.html", context, status=REFUSED if form.errors else 200)
