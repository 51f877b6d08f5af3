"""The desk of liaisons, publicists and agents: topics, sign-ups from paper, what is to be hung."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.slips.form_errors import forget_numbers, take_over

from .domain.lifecycle import notices, representatives, topics
from .domain.notice_period import current_notice
from .domain.public.pages import addresses
from .domain.public.sign_up import village_seats, why_closed
from .domain.similar import similar_topics
from .domain.village import to_post, topics_of, villages_for
from .enums import HearingState
from .models import Hearing, Representative, SeatQuota
from .permissions import user_can_key_in, user_can_record_posting, user_can_report
from .photos import kept_photo
from .sign_up_forms import PaperSignUpForm
from .village_forms import PostingForm, TopicForm
from .village_permissions import user_works_for_villages

TOPICS_ON_A_PAGE = 20


def _admit(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


@never_cache
@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What has to be hung, where sign-ups can be keyed in, and what became of the topics one reported."""
    _admit(user_works_for_villages(request.user))
    villages = list(villages_for(request.user))
    posts = to_post(villages) if user_can_record_posting(request.user) else []
    open_hearings = [one.hearing for one in posts if one.hearing.state == HearingState.NOTIFIED]
    # Where none of their villages has seats there is nobody to sign up.
    ours = Q(village__in=villages) | Q(village__merged_into__in=villages)
    seated = set(SeatQuota.objects.filter(ours, hearing__in=open_hearings).values_list("hearing", flat=True))
    open_hearings = [one for one in open_hearings if one.pk in seated]
    context = {
        "villages": villages,
        "posts": posts,
        "sign_ups": [one for one in open_hearings if not why_closed(one)] if user_can_key_in(request.user) else [],
        "can_report": user_can_report(request.user),
        "topics": Paginator(topics_of(request.user), TOPICS_ON_A_PAGE).get_page(request.GET.get("p")),
        "addresses": addresses([one.hearing for one in posts], request),
    }
    return render(request, "hearings/village/overview.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """A problem for the pool. Similar ones that were not seen yet are shown once before it is stored."""
    _admit(user_can_report(request.user))
    villages = villages_for(request.user)
    form = TopicForm(request.POST or None, request.FILES or None, villages=villages)
    similar: list[Any] = []
    if form.is_valid():
        similar = form.unseen(similar_topics(form.cleaned_data["title"], form.cleaned_data["text"]))
        if not similar:
            try:
                topic = _reported(form, request.user)
            except ValidationError as refusal:
                take_over(form, refusal)
            else:
                messages.success(request, _("Reported. You see here what becomes of it."))
                return redirect("hearings_village_topic", topic.pk)
        else:
            # Sending once more, with these seen, stores it.
            form.data = {**dict(form.data.items()), "seen": " ".join(str(topic.pk) for topic in similar)}
    if request.method == "POST":
        forget_numbers(form, "title", "text", "wish", "raised_by", phone="raised_by_phone")
    context = {"form": form, "similar": similar, "villages": villages}
    return render(request, "hearings/village/report.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _reported(form: TopicForm, user: Any) -> Any:
    topic = form.topic()
    topic.photo = kept_photo(form.cleaned_data["photo"], topic.title, user)
    return topics.report(topic, user)


@never_cache
@login_required
@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """A piece of HTML for the script of the form: the topics near to what is typed so far."""
    _admit(user_can_report(request.user))
    found = similar_topics(request.GET.get("title", "")[:60], request.GET.get("text", "")[:400])
    return render(request, "hearings/village/similar.html", {"similar": found})


@never_cache
@login_required
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own topic, and what became of it."""
    _admit(user_can_report(request.user))
    found = get_object_or_404(topics_of(request.user).select_related("photo"), pk=pk)
    heard_at = found.merged_into.hearing if found.merged_into else found.hearing
    context = {
        "topic": found,
        "hearing": heard_at,
        "address": addresses([heard_at], request).get(heard_at.pk, "") if heard_at else "",
    }
    return render(request, "hearings/village/topic.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def key_in(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign-up that came on paper, for a village one serves; then the next one."""
    _admit(user_can_key_in(request.user))
    hearing = get_object_or_404(Hearing.objects.select_related("host"), pk=pk)
    mine = set(villages_for(request.user).values_list("pk", flat=True))
    seats = [row for row in village_seats(hearing) if row.village.pk in mine]
    form = PaperSignUpForm(request.POST or None, seats=seats, initial=_only(seats))
    context = {"hearing": hearing, "seats": seats, "closed": why_closed(hearing), "form": form}
    if request.method == "POST" and not context["closed"]:
        if form.is_valid():
            typed = form.cleaned_data
            names = ("name", "village", "phone", "problem")
            one = Representative(hearing=hearing, **{name: typed[name] for name in names})
            try:
                one = representatives.sign_up(one, request.user)
            except ValidationError as refusal:
                take_over(form, refusal)
            else:
                messages.success(
                    request,
                    _("%(name)s is signed up. Code for the slip: %(code)s") % {"name": one.name, "code": one.code},
                )
                return redirect("hearings_village_key_in", pk)
        forget_numbers(form, "name", "problem", phone="phone")
    return render(request, "hearings/village/key_in.html", context, status=422 if form.errors else 200)


def _only(seats: list[Any]) -> dict[str, str]:
    return {"village": str(seats[0].village.pk)} if len(seats) == 1 else {}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posted(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice of a hearing was hung or read out: where, when, who signs, a photo."""
    _admit(user_can_record_posting(request.user))
    hearing = get_object_or_404(Hearing.objects.select_related("host"), pk=pk)
    notice = current_notice(hearing)
    villages = villages_for(request.user)
    form = PostingForm(
        request.POST or None, request.FILES or None, villages=villages, initial={"village": request.GET.get("village")}
    )
    if request.method == "POST" and notice and form.is_valid():
        try:
            with transaction.atomic():
                posting = form.posting(notice)
                posting.photo = kept_photo(form.cleaned_data["photo"], f"{hearing} {posting.place}", request.user)
                notices.record_posting(posting, request.user)
        except ValidationError as refusal:
            take_over(form, refusal)
        else:
            messages.success(request, _("Recorded. Thank you."))
            return redirect("hearings_village")
    context = {"hearing": hearing, "notice": notice, "form": form, "villages": villages}
    return render(request, "hearings/village/posted.html", context, status=422 if form.errors else 200)
