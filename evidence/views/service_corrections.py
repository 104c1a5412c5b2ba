"""Somebody says that a service is not as it stands here, and hears what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.services import AnswerCorrectionForm, CorrectionForm
from evidence.models import ServiceCorrection
from evidence.permissions import services as permissions
from evidence.presenters import services as presenters
from evidence.queries import services as queries
from evidence.services import service_corrections as services
from evidence.views.services import find_service, kept_organisations
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, status_of
from vbc.core.services import notices
from vbc.ui.paginator import paginate


def _correction(request: HttpRequest, public_id: str, correction_id: str) -> ServiceCorrection:
    service = find_service(request, public_id)
    there = queries.corrections_of(service).select_related("service__organisation")
    return get_object_or_404(there, public_id=correction_id)


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, for those who keep the list."""
    kept_organisations(request)
    page = paginate(request, queries.corrections_waiting(request.user))
    rows = presenters.correction_rows(page, request.user, may_answer=True)
    return render(request, "evidence/services/waiting.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    service = find_service(request, public_id)
    authorise(permissions.may_correct_service(request.user, service))
    form = CorrectionForm(request.POST or None)

    def save(said: dict[str, Any]) -> object:
        return services.ask(service, text=said["text"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. You hear what becomes of it.")
        return redirect(f"{service.get_absolute_url()}#corrections")
    context = {
        "form": form,
        "service": service,
        "heading": "This is not how it is",
        "submit": "Send it",
        "crisis_line": service.organisation.crisis_line,
        "shows_crisis_help": True,
    }
    return render(request, "evidence/services/form.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_id: str, correction_id: str) -> HttpResponse:
    correction = _correction(request, public_id, correction_id)
    authorise(permissions.may_answer_correction(request.user, correction))
    names = ("status", "answer", "version")
    initial = {name: getattr(correction, name) for name in names}
    form = AnswerCorrectionForm(request.POST or None, initial=initial)

    def save(said: dict[str, Any]) -> object:
        return services.answer(
            correction,
            status=said["status"],
            text=said["answer"],
            expected=said["version"],
            by=request.user,
        )

    if is_saved(form, save):
        sentence = "The answer stands, and whoever wrote it is told."
        messages.success(request, notices.told(correction.author, sentence))
        return redirect(correction)
    context = {
        "form": form,
        "service": correction.service,
        "heading": "Answer a correction",
        "quoted": correction.text,
        "submit": "Answer",
    }
    return render(request, "evidence/services/form.html", context, status=status_of(form))


@require_POST
def take_back(request: HttpRequest, public_id: str, correction_id: str) -> HttpResponse:
    correction = _correction(request, public_id, correction_id)
    authorise(permissions.may_take_correction_back(request.user, correction))
    services.take_back(correction, by=request.user)
    messages.success(request, "It is taken back.")
    return redirect(f"{correction.service.get_absolute_url()}#corrections")
