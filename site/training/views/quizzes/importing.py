"""Questions from and into workbooks, for who runs training (requirement Q)."""

from __future__ import annotations

import io

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from suite.registers.refusals import saved_or_refused
from training.domain.lifecycle import quiz_imports as lifecycle
from training.domain.quizzes.questions import says
from training.domain.quizzes.versions import shown_questions
from training.domain.quizzes.workbook import EXAMPLES, write_workbook
from training.forms.quizzes import ImportForm
from training.models import QuestionImport, Quiz

from .marking import as_file
from .writing import admit

REFUSED = 422


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Template, workbook of what is there, and the file to be read."""
    admit(request)
    quiz = get_object_or_404(Quiz, pk=pk)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, replaces = form.cleaned_data["file"], form.cleaned_data["replaces"]
        read = saved_or_refused(form, lambda: lifecycle.read_questions(quiz, file, file.name, replaces, request.user))
        if read is not None:
            return redirect("training_quizzes_import", read.pk)
    status = REFUSED if form.errors else 200
    return render(request, "training/quizzes/upload.html", {"quiz": quiz, "form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def imported(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run. Posted: take the questions over."""
    admit(request)
    found = get_object_or_404(QuestionImport.objects.filter(requested_by=request.user).select_related("quiz"), pk=pk)
    if request.method == "POST":
        count = len(found.questions)
        try:
            lifecycle.take_over(found, request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("training_quizzes_import", pk)
        messages.success(request, _("%(count)s questions taken over; nobody is asked them yet.") % {"count": count})
        return redirect("training_quizzes_questions", found.quiz_id)
    return render(request, "training/quizzes/import.html", {"upload": found, "quiz": found.quiz})


@never_cache
@login_required
@require_safe
def template(request: HttpRequest) -> FileResponse:
    """The workbook to be filled in."""
    admit(request)
    output = io.BytesIO()
    write_workbook(output, EXAMPLES)
    return as_file(output, _("Template of questions") + ".xlsx")


@never_cache
@login_required
@require_safe
def book(request: HttpRequest, pk: int) -> FileResponse:
    """The questions that are there, as a workbook that can be read again."""
    admit(request)
    quiz = get_object_or_404(Quiz, pk=pk)
    output = io.BytesIO()
    write_workbook(output, map(says, shown_questions(quiz)))
    return as_file(output, f"{quiz.title}.xlsx")
