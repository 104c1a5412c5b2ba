"""Inviting people, and the page on which a person says yes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders import presenters, queries
from stakeholders.forms import AccountForm, DeclarationForm, InviteForm
from stakeholders.models import Invitation, Panel
from stakeholders.permissions import may_run_panel
from stakeholders.services import invitations, people, seats
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite somebody, and see who has not answered yet."""
    panel = _run_by(request, public_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(
                panel,
                email=form.cleaned_data["email"],
                suggested_perspective=form.cleaned_data["perspective"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"An invitation is on its way to {made.email}.")
            return redirect("stakeholders:invite", panel.public_id)
    page = paginate(request, queries.invitations_waiting(panel))
    rows = presenters.invitation_rows(page, timezone.now())
    context = {"panel": panel, "form": form, "page": page, "rows": rows}
    return render(request, "stakeholders/invite.html", context)


@require_POST
def resend(request: HttpRequest, public_id: str, invitation_id: str) -> HttpResponse:
    invitation = _of_panel(request, public_id, invitation_id)
    invitations.resend(invitation, by=request.user)
    messages.success(request, f"The invitation is on its way to {invitation.email} again.")
    return redirect("stakeholders:invite", public_id)


@require_POST
def withdraw(request: HttpRequest, public_id: str, invitation_id: str) -> HttpResponse:
    invitation = _of_panel(request, public_id, invitation_id)
    invitations.withdraw(invitation, by=request.user)
    invitation.refresh_from_db()
    if invitation.withdrawn_at:
        messages.success(
            request,
            f"The invitation to {invitation.email} is withdrawn. You can invite them again.",
        )
    else:
        messages.error(request, "This invitation was accepted before you withdrew it. It stands.")
    return redirect("stakeholders:invite", public_id)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Open to everyone who holds the code. It says what taking part means, and takes the answer."""
    asked = invitations.by_code(code)
    if asked is None:
        return render(request, "stakeholders/invitation_unknown.html", status=404)
    context = {
        "invitation": asked,
        "panel": asked.panel,
        "organisation": asked.panel.organisation,
        "authority": presenters.authority(asked.panel),
    }
    try:
        seats.refuse_if_over(asked)
        if another_page := _not_for_a_form(request, asked):
            return render(request, another_page, context)
        form = _answer_form(request, asked)
        if request.method == "POST" and form.is_valid():
            _take_seat(request, asked, form)
            messages.success(
                request, f"Welcome. You now have a seat on {asked.panel.name}. Take your time."
            )
            return redirect(asked.panel)
    except Refused as refusal:
        return _over(request, context | {"reason": refusal})
    return render(request, "stakeholders/invitation.html", context | {"form": form})


def _over(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Why the invitation cannot be used, and, for whoever has a seat already, the way to it."""
    has_seat = queries.seat_of(request.user, context["panel"]) is not None
    context["has_seat"] = has_seat
    return render(request, "stakeholders/invitation_over.html", context, status=410)


def _not_for_a_form(request: HttpRequest, asked: Invitation) -> str:
    """The page for whoever must sign in first, or is signed in as somebody else; else nothing."""
    if request.user.is_authenticated:
        if queries.owns_address(request.user, asked.email):
            return ""
        return "stakeholders/invitation_for_another.html"
    return "stakeholders/invitation_sign_in.html" if queries.has_account(asked.email) else ""


def _answer_form(request: HttpRequest, asked: Invitation) -> DeclarationForm:
    given, expected = request.POST or None, {"perspective": asked.suggested_perspective}
    if request.user.is_authenticated:
        return DeclarationForm(given, initial=expected)
    return AccountForm(given, initial=expected, invitation=asked)


@transaction.atomic
def _take_seat(request: HttpRequest, asked: Invitation, form: DeclarationForm) -> None:
    """The account, the signing in and the seat: all three, or nothing."""
    person: Any = request.user
    if isinstance(form, AccountForm):
        person = people.create_from_invitation(
            asked,
            display_name=form.cleaned_data["display_name"],
            password=form.cleaned_data["password"],
        )
    seats.accept(asked, **form.declared, by=person)
    if isinstance(form, AccountForm):
        login(request, person, backend=SIGN_IN_BACKEND)


def _run_by(request: HttpRequest, public_id: str) -> Panel:
    panel = get_object_or_404(
        Panel.objects.visible_to(request.user).select_related("organisation"), public_id=public_id
    )
    authorise(may_run_panel(request.user, panel))
    return panel


def _of_panel(request: HttpRequest, public_id: str, invitation_id: str) -> Invitation:
    invitation = queries.invitation_of(_run_by(request, public_id), invitation_id)
    if invitation is None:
        raise Http404
    return invitation
