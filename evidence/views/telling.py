"""Telling what one lived through, and keeping hold of it: signed in, or with a code."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from evidence.forms.experience import (
    AllowForm,
    EditExperienceForm,
    TellForm,
    TypedCodeForm,
    WriteDownForm,
)
from evidence.models import Experience
from evidence.permissions import experience as permissions
from evidence.presenters import experience as presenters
from evidence.queries import choices, gaps, visible
from evidence.queries import experience as queries
from evidence.services import experience as services
from stakeholders.services import codes
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate

# Of wrong codes only: see ACCOUNT_RATE_LIMITS.
LIMIT = "typed_code"
MY_CODE = "code_of_my_account"
UNKNOWN_CODE = (
    "This code opens nothing. Look at it again: perhaps a sign was misread, or what it opened was "
    "taken back."
)
_NOT_YOURS = "This is for those who sit on a panel, or work for its organisation."
_NOT_STAFF = "This is for those who work for the organisation."


@require_safe
def my_experiences(request: HttpRequest) -> HttpResponse:
    """What the reader told, what became of it, and what else they can take back, wherever they sit
    today."""
    context = {
        "page": paginate(request, queries.told_by(request.user)),
        "may_tell": visible.organisations_open_to(request.user).exists(),
        "choices_said": choices.said_by(request.user),
        "hopes_said": gaps.running_of(request.user),
    }
    return render(request, "evidence/my_experiences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    offered = visible.organisations_open_to(request.user)
    if not offered.exists():
        authorise(Denied(_NOT_YOURS))
    form = TellForm(request.POST or None, organisations=offered)

    def save(said: dict[str, Any]) -> object:
        said.pop("organisation", None)
        organisation = form.chosen_organisation
        authorise(permissions.may_tell_experience(request.user, organisation))
        return services.tell(organisation, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It is kept. Here you see what becomes of it.")
        return redirect("evidence:my-experiences")
    context = {"form": form, "crisis_line": _crisis_line(form)}
    return render(request, "evidence/tell.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_down(request: HttpRequest) -> HttpResponse:
    """Write down what somebody told, and hand them a code that is shown this once."""
    offered = visible.organisations_kept_by(request.user)
    if not offered.exists():
        authorise(Denied(_NOT_STAFF))
    form = WriteDownForm(request.POST or None, organisations=offered)
    made: list[str] = []

    def save(said: dict[str, Any]) -> object:
        said.pop("organisation", None)
        organisation = form.chosen_organisation
        authorise(permissions.may_write_down_experience(request.user, organisation))
        made.append(services.write_down(organisation, **said, by=request.user)[1])
        return made

    if is_saved(form, save):
        return render(request, "evidence/written_down.html", {"code": made[0]})
    context = {"form": form, "crisis_line": _crisis_line(form), "writes_for_another": True}
    return render(request, "evidence/tell.html", context)


@require_safe
def my_experience(request: HttpRequest, public_id: str) -> HttpResponse:
    """One account as its teller sees it: what they said, what is shown, who may read it."""
    return _shown_to_its_teller(request, _mine(request, public_id))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _mine(request, public_id)
    if told.is_checked:
        authorise(Denied("It was read and opened, so its words stay as they are."))
    form = EditExperienceForm(request.POST or None, experience=told)

    def save(said: dict[str, Any]) -> object:
        return services.edit(told, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your words are saved.")
        return redirect("evidence:my-experience", public_id)
    return _one_form(request, form, told, "Change your words", _page_of(told))


@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: HttpRequest, public_id: str) -> HttpResponse:
    told = _mine(request, public_id)
    return _allow(request, told, _page_of(told))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks first, because nothing brings the words back."""
    told = _mine(request, public_id)
    return _take_back(request, told, _page_of(told), reverse("evidence:my-experiences"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Open to everybody. A code that is over gets the same answer as one that never was."""
    form = TypedCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=LIMIT, dry_run=True):
            return ratelimit.respond_429(request)
        typed = codes.digest(form.cleaned_data["code"])
        if queries.by_code(typed):
            request.session[MY_CODE] = typed
            return redirect("evidence:told-by-code")
        ratelimit.consume(request, action=LIMIT)
        form.add_error("code", UNKNOWN_CODE)
    return render(request, "evidence/enter_code.html", {"form": form})


@never_cache
@require_safe
def told_by_code(request: HttpRequest) -> HttpResponse:
    told = _by_code(request)
    if told is None:
        return redirect("evidence:enter-code")
    return _shown_to_its_teller(request, told, by_code=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def allow_by_code(request: HttpRequest) -> HttpResponse:
    told = _by_code(request)
    if told is None:
        return redirect("evidence:enter-code")
    return _allow(request, told, reverse("evidence:told-by-code"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_by_code(request: HttpRequest) -> HttpResponse:
    told = _by_code(request)
    if told is None:
        return redirect("evidence:enter-code")
    return _take_back(
        request, told, reverse("evidence:told-by-code"), reverse("evidence:enter-code")
    )


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    """What people allow everybody to read."""
    page = paginate(request, queries.public_experiences())
    return render(request, "evidence/public_experiences.html", {"page": page})


@require_safe
def public_experience(request: HttpRequest, public_id: str) -> HttpResponse:
    told = get_object_or_404(queries.public_experiences(), public_id=public_id)
    context = {"experience": told, "voice": presenters.voice(told)}
    return render(request, "evidence/public_experience.html", context)


def _mine(request: HttpRequest, public_id: str) -> Experience:
    return get_object_or_404(queries.told_by(request.user), public_id=public_id)


def _page_of(told: Experience) -> str:
    return reverse("evidence:my-experience", args=[told.public_id])


def _by_code(request: HttpRequest) -> Experience | None:
    return queries.by_code(request.session.get(MY_CODE, ""))


def _shown_to_its_teller(
    request: HttpRequest, told: Experience, *, by_code: bool = False
) -> HttpResponse:
    names = (
        ("allow-by-code", "take-back-by-code")
        if by_code
        else ("allow-experience", "take-back-experience")
    )
    args = [] if by_code else [told.public_id]
    context = {
        "experience": told,
        "voice": presenters.voice(told, as_told=True),
        "voice_shown": presenters.voice(told),
        "is_changed": told.is_checked
        and (told.shown_text, told.shown_happened) != (told.text, told.happened),
        "allowed": presenters.allowed(told),
        "by_code": by_code,
        "allow_url": reverse(f"evidence:{names[0]}", args=args),
        "take_back_url": reverse(f"evidence:{names[1]}", args=args),
    }
    return render(request, "evidence/my_experience.html", context)


def _allow(request: HttpRequest, told: Experience, back_url: str) -> HttpResponse:
    form = AllowForm(request.POST if request.method == "POST" else None, experience=told)

    def save(said: dict[str, Any]) -> object:
        return services.allow(told, **said, by=_who(request))

    if is_saved(form, save):
        messages.success(request, "Saved. It holds on every page from now on.")
        return redirect(back_url)
    return _one_form(request, form, told, "Who may read it?", back_url)


def _take_back(
    request: HttpRequest, told: Experience, back_url: str, after_url: str
) -> HttpResponse:
    if request.method == "POST":
        services.take_back(told, by=_who(request))
        messages.success(request, "It is taken back, and its words are deleted.")
        return redirect(after_url)
    context = {"experience": told, "back_url": back_url}
    return render(request, "evidence/take_back.html", context)


def _who(request: HttpRequest) -> Any:
    return request.user if request.user.is_authenticated else None


def _one_form(
    request: HttpRequest, form: Any, told: Experience, heading: str, back_url: str
) -> HttpResponse:
    context = {"form": form, "heading": heading, "back_url": back_url, "back_text": told.title}
    return render(request, "evidence/one_form.html", context, status=status_of(form))


def _crisis_line(form: Any) -> str:
    return form.only.crisis_line if form.only else ""
