"""Codes of printed letters: where they are typed, and letters to sign in with."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.invitations import CodeForm, PasswordForm
from stakeholders.permissions.invitations import (
    may_print_sign_in_letter,
    may_print_sign_in_letters,
)
from stakeholders.presenters.invitations import sign_in_letter
from stakeholders.queries import invitations as queries
from stakeholders.queries.panels import seat_of
from stakeholders.services import codes, invitations, sign_in_letters
from stakeholders.views.common import find_panel
from stakeholders.views.invitations import TYPED_CODE
from vbc.core.authorise import authorise
from vbc.ui.paginator import paginate

# Of wrong codes only: see ACCOUNT_RATE_LIMITS.
LIMIT = "typed_code"
UNKNOWN_CODE = (
    "This code opens nothing. Look at the letter again: perhaps a sign was misread, or the code "
    "was used already, has run out, or was replaced by a newer letter. Or something changed since "
    "the letter was printed."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Open to everyone. A code that is over gets the same answer as one that never was."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action=LIMIT, dry_run=True):
            return ratelimit.respond_429(request)
        typed = codes.digest(form.cleaned_data["code"])
        page = _what_it_opens(typed)
        if page:
            request.session[TYPED_CODE] = typed
            return redirect(page)
        ratelimit.consume(request, action=LIMIT)
        form.add_error("code", UNKNOWN_CODE)
    return render(request, "stakeholders/enter_code.html", {"form": form})


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """Open to everyone who typed the code of a letter to sign in with a moment ago."""
    letter = sign_in_letters.by_code(request.session.get(TYPED_CODE, ""))
    if letter is None:
        if TYPED_CODE in request.session:
            messages.error(request, sign_in_letters.OVER)
        return redirect("stakeholders:enter-code")
    form = PasswordForm(request.POST or None, person=letter.user)
    if request.method == "POST" and form.is_valid():
        sign_in_letters.choose_password(
            letter, password=form.cleaned_data["password"], by=letter.user
        )
        request.session.pop(TYPED_CODE, None)
        messages.success(
            request, f"Your new password is set. Sign in as {letter.user.signs_in_as} now."
        )
        return redirect("account_login")
    context = {"form": form, "person": letter.user}
    return render(request, "stakeholders/new_password.html", context)


@never_cache
@require_safe
def welcome(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whoever signs in by a name that was made for them sees it here, to write it down."""
    panel = find_panel(request, public_id)
    if seat_of(request.user, panel) is None:
        raise Http404
    person: Any = request.user
    if person.has_email:
        return redirect(panel)
    return render(request, "stakeholders/welcome.html", {"panel": panel})


@require_safe
def sign_in_letter_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everyone on the panel who has no e-mail, and so cannot get a new password by themselves."""
    panel = find_panel(request, public_id)
    authorise(may_print_sign_in_letters(request.user, panel))
    page = paginate(request, queries.people_without_email(panel))
    return render(request, "stakeholders/sign_in_letters.html", {"panel": panel, "page": page})


@never_cache
@require_POST
def print_sign_in_letter(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    """The letter, with a code that is shown this once."""
    panel = find_panel(request, public_id)
    authorise(may_print_sign_in_letters(request.user, panel))
    person = get_object_or_404(queries.people_without_email(panel), public_id=person_id)
    authorise(may_print_sign_in_letter(request.user, panel, person))
    code = sign_in_letters.print_letter(panel, person, by=request.user)
    context = sign_in_letter(panel, person, code)
    return render(request, "stakeholders/sign_in_letter.html", context)


def _what_it_opens(typed: str) -> str:
    """The page behind a code's digest; empty where there is none."""
    if invitations.by_letter(typed):
        return "stakeholders:answer-letter"
    return "stakeholders:new-password" if sign_in_letters.by_code(typed) else ""
