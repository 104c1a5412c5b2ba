"""Inviting people, and the page on which a person says yes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from stakeholders.forms.invitations import AnswerForm, InviteForm
from stakeholders.models import Invitation, Panel
from stakeholders.permissions.invitations import may_change_invitation, may_print_sign_in_letters
from stakeholders.presenters import invitations as presenters
from stakeholders.queries import invitations as queries
from stakeholders.queries.panels import invitations_waiting, seat_of
from stakeholders.services import invitations, people, seats
from stakeholders.views.common import find_panel, panel_run_by
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.ui.paginator import paginate

SIGN_IN_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Where the session keeps the digest of a letter's code: the code itself stands in no address.
TYPED_CODE = "typed_code"


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Invite somebody, and see who has not answered yet."""
    panel = panel_run_by(request, public_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(
                panel,
                **form.reached,
                suggested_perspective=form.cleaned_data["perspective"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            say_that_it_is_made(request, made)
            return redirect("stakeholders:invite", panel.public_id)
    page = paginate(request, invitations_waiting(panel))
    rows = presenters.invitation_rows(page, timezone.now())
    can_let_in = bool(may_print_sign_in_letters(request.user, panel))
    context = {"panel": panel, "form": form, "page": page, "rows": rows, "can_let_in": can_let_in}
    return render(request, "stakeholders/invite.html", context)


@require_POST
def resend(request: HttpRequest, public_id: str, invitation_id: str) -> HttpResponse:
    invitation = _known(request, public_id, invitation_id)
    invitations.resend(invitation, by=request.user)
    messages.success(request, f"The invitation is on its way to {invitation.email} again.")
    return redirect(presenters.made_on(invitation))


@never_cache
@require_POST
def print_invitation(request: HttpRequest, public_id: str, invitation_id: str) -> HttpResponse:
    """The letter, with a code that is shown this once."""
    invitation = _known(request, public_id, invitation_id)
    code = invitations.print_letter(invitation, by=request.user)
    invitation.refresh_from_db(fields=["expires_at"])
    return render(request, "stakeholders/letter.html", presenters.letter(invitation, code))


@require_POST
def withdraw(request: HttpRequest, public_id: str, invitation_id: str) -> HttpResponse:
    invitation = _known(request, public_id, invitation_id)
    invitations.withdraw(invitation, by=request.user)
    invitation.refresh_from_db(fields=["withdrawn_at"])
    if invitation.withdrawn_at:
        who = invitation.email or invitation.label
        messages.success(
            request, f"The invitation to {who} is withdrawn. You can invite them again."
        )
    else:
        messages.error(request, "This invitation was accepted before you withdrew it. It stands.")
    return redirect(presenters.made_on(invitation))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """Open to everyone who holds the link in an e-mail."""
    asked = invitations.by_link(code)
    if asked is None:
        return render(request, "stakeholders/invitation_unknown.html", status=404)
    return _answer(request, asked)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def answer_letter(request: HttpRequest) -> HttpResponse:
    """Open to everyone who typed the code of a letter a moment ago."""
    asked = invitations.by_letter(request.session.get(TYPED_CODE, ""))
    if asked is None:
        return redirect("stakeholders:enter-code")
    return _answer(request, asked)


def say_that_it_is_made(request: HttpRequest, made: Invitation) -> None:
    if made.email:
        messages.success(request, f"An invitation is on its way to {made.email}.")
    else:
        messages.success(
            request, f"The invitation for {made.label} is ready. Now print its letter."
        )


def _answer(request: HttpRequest, asked: Invitation) -> HttpResponse:
    """It says what taking part means, and takes the answer."""
    context = presenters.asked(asked)
    try:
        seats.refuse_if_over(asked)
        if another_page := _not_for_a_form(request, asked):
            return render(request, another_page, context)
        form = AnswerForm(
            request.POST or None,
            invitation=asked,
            needs_account=not request.user.is_authenticated,
        )
        if request.method == "POST" and form.is_valid() and _takes_seat(request, asked, form):
            messages.success(request, presenters.welcome(asked))
            return _to_the_panel(request, asked.panel)
    except (seats.InvitationOver, seats.AlreadySeated) as refusal:
        return _over(request, context | {"reason": refusal})
    return render(request, "stakeholders/invitation.html", context | {"form": form})


def _to_the_panel(request: HttpRequest, panel: Panel) -> HttpResponse:
    """Whoever has a made name to sign in with is shown it first."""
    person: Any = request.user
    if person.has_email:
        return redirect(panel)
    return redirect("stakeholders:welcome", panel.public_id)


def _over(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Why the invitation cannot be used, and, for whoever has a seat already, the way to it."""
    has_seat = seat_of(request.user, context["panel"]) is not None
    context["has_seat"] = has_seat
    return render(request, "stakeholders/invitation_over.html", context, status=410)


def _not_for_a_form(request: HttpRequest, asked: Invitation) -> str:
    """The page for whoever must sign in first, or is signed in as somebody else; else nothing."""
    if not asked.email:
        return ""
    if request.user.is_authenticated:
        if queries.owns_address(request.user, asked.email):
            return ""
        return "stakeholders/invitation_for_another.html"
    return "stakeholders/invitation_sign_in.html" if queries.has_account(asked.email) else ""


def _takes_seat(request: HttpRequest, asked: Invitation, form: AnswerForm) -> bool:
    """Whether the person has a seat now; else the form says why not."""
    try:
        _take_seat(request, asked, form)
    except (seats.InvitationOver, seats.AlreadySeated):
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@transaction.atomic
def _take_seat(request: HttpRequest, asked: Invitation, form: AnswerForm) -> None:
    """The account, the signing in and the seat: all three, or nothing."""
    person: Any = request.user
    if form.needs_account:
        person = people.create_from_invitation(asked, **form.account)
    seats.accept(asked, **form.declared, by=person)
    if form.needs_account:
        login(request, person, backend=SIGN_IN_BACKEND)


def _known(request: HttpRequest, public_id: str, invitation_id: str) -> Invitation:
    """An invitation that the person may change. One that somebody made for themselves is nobody
    else's to see."""
    panel = find_panel(request, public_id)
    invitation = queries.invitation_known_to(request.user, panel, invitation_id)
    if invitation is None:
        raise Http404
    authorise(may_change_invitation(request.user, invitation))
    return invitation
