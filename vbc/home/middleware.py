"""Signing in is the rule; the few public views are listed here and nowhere else."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

# View names that a person who is not signed in may open.
PUBLIC_VIEWS = frozenset(
    {
        "home:front",
        "home:help",
        "home:accessibility",
        "home:privacy",
        "home:health",
        "home:mail",
        "home:mail-message",
        "stakeholders:invitation",
        "account_login",
        "account_signup",
        "account_logout",
        "account_inactive",
        "account_confirm_email",
        "account_email_verification_sent",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)


class SignInRequired(LoginRequiredMiddleware):
    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is not None and match.view_name in PUBLIC_VIEWS:
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ReasonedRefusals:
    """Turns a refusal of a service into a page that says why and what to do next.

    Views catch the refusals they can show beside a form; this is for the rest.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            return render(request, "errors/refused.html", {"refusal": error}, status=403)
        if isinstance(error, EditedMeanwhile):
            return render(request, "errors/edited_meanwhile.html", {"error": error}, status=409)
        return None
