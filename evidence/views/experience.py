"""Accounts of experience, for whoever may read them: the list, one of them, themes, quotes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.experience import (
    BecameForm,
    CheckForm,
    CodeTheForm,
    FindExperienceForm,
    QuoteForm,
)
from evidence.models import Experience
from evidence.permissions import experience as permissions
from evidence.presenters import experience as presenters
from evidence.queries import experience as queries
from evidence.queries import visible
from evidence.services import codings as coding_services
from evidence.services import experience as services
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate


def _experience(request: HttpRequest, public_id: str) -> Experience:
    return get_object_or_404(queries.experiences_open_to(request.user), public_id=public_id)


@require_safe
def experiences(request: HttpRequest) -> HttpResponse:
    """The list, and for those who take names out what waits for them."""
    themes = queries.themes_listed_for(request.user)
    form = FindExperienceForm(request.GET or None, themes=themes)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.experiences_listed_for(
        request.user, words=asked.get("words", ""), theme=asked.get("theme")
    )
    context = {
        "form": form,
        "page": paginate(request, found),
        "waiting": queries.experiences_to_check(request.user).count(),
        "organisations": visible.organisations_open_to(request.user),
        "writes_down": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/experiences.html", context)


@require_safe
def to_check(request: HttpRequest) -> HttpResponse:
    """Those that nobody but staff reads until the names are out."""
    page = paginate(request, queries.experiences_to_check(request.user))
    return render(request, "evidence/experiences_to_check.html", {"page": page})


@require_safe
def experience(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _experience(request, public_id)
    if not told.is_checked:
        return redirect("evidence:check-experience", public_id)
    page = paginate(request, queries.codings_of(told))
    context = {
        "experience": told,
        "voice": presenters.voice(told),
        "allowed": presenters.allowed(told),
        "page": page,
        "found": presenters.found_in(list(page), told, request.user.pk or 0),
        "quotes": queries.quotes_in(told),
        "may_code": bool(permissions.may_code_experience(request.user, told)),
        "may_quote": bool(permissions.may_quote_experience(request.user, told)),
        "may_check": bool(permissions.may_check_experience(request.user, told)),
    }
    return render(request, "evidence/experience.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the names out of it, and open it to whoever its teller allows."""
    told = _experience(request, public_id)
    authorise(permissions.may_check_experience(request.user, told))
    form = CheckForm(request.POST or None, experience=told)
    is_new = not told.is_checked

    def save(said: dict[str, Any]) -> object:
        return services.check(told, **said, by=request.user)

    if is_saved(form, save, refused_at="names"):
        messages.success(request, "Checked. It is open to those its teller allows.")
        return redirect("evidence:experiences-to-check" if is_new else told)
    context = {
        "form": form,
        "title": told.shown_title or told.title,
        "text": told.shown_text or told.text,
        "happened": told.shown_happened or told.happened,
        "experience": told,
    }
    return render(request, "evidence/check_experience.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def say_what_became(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _experience(request, public_id)
    authorise(permissions.may_answer_experience(request.user, told))
    form = BecameForm(request.POST or None, experience=_experience(request, public_id))

    def save(said: dict[str, Any]) -> object:
        return services.say_what_became(told, **said, by=request.user)

    if is_saved(form, save, shown=lambda _, now: [{"key": "It says now", "value": now.became}]):
        messages.success(request, "Saved. Whoever told it can read it now.")
        return redirect(told)
    return _one_form(request, form, told, "What became of it?")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say which theme one finds in it, and in which words."""
    told = _experience(request, public_id)
    authorise(permissions.may_code_experience(request.user, told))
    form = CodeTheForm(request.POST or None, themes=queries.themes_of(told.organisation))

    def save(said: dict[str, Any]) -> object:
        return coding_services.code(told, **said, by=request.user)

    if is_saved(form, save, refused_at="passage"):
        messages.success(request, "Saved. What others found stays beside it.")
        return redirect(told)
    return _one_form(request, form, told, "Find a theme in it", quotes=True)


@require_POST
def uncode(request: HttpRequest, public_id: str, coding_id: int) -> HttpResponse:
    told = _experience(request, public_id)
    coding = get_object_or_404(queries.codings_of(told), pk=coding_id)
    authorise(permissions.may_uncode_experience(request.user, coding))
    coding_services.uncode(coding, by=request.user)
    messages.success(request, "Taken back.")
    return redirect(told)


@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose words that reports may print."""
    told = _experience(request, public_id)
    authorise(permissions.may_quote_experience(request.user, told))
    form = QuoteForm(request.POST or None)

    def save(said: dict[str, Any]) -> object:
        return coding_services.quote(told, **said, by=request.user)

    if is_saved(form, save, refused_at="passage"):
        messages.success(request, "Reports can print this, until it is withdrawn.")
        return redirect(told)
    return _one_form(request, form, told, "Choose words for reports", quotes=True)


@require_POST
def unquote(request: HttpRequest, public_id: str, quote_id: str) -> HttpResponse:
    told = _experience(request, public_id)
    chosen = get_object_or_404(queries.quotes_in(told), public_id=quote_id)
    authorise(permissions.may_quote_experience(request.user, told))
    coding_services.unquote(chosen, by=request.user)
    messages.success(request, "Reports that are made from now on leave it out.")
    return redirect(told)


def _one_form(
    request: HttpRequest, form: Any, told: Experience, heading: str, *, quotes: bool = False
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back_url": told.get_absolute_url(),
        "back_text": told.shown_title,
        "quoted": told.shown_text if quotes else "",
    }
    return render(request, "evidence/one_form.html", context, status=status_of(form))
