"""Signing a record, and what its author can do with a statement beside it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cycles.forms.corrections import CorrectionForm
from cycles.forms.redactions import RedactForm
from cycles.forms.signatures import SignForm
from cycles.models import Decision
from cycles.permissions.redactions import may_redact, may_see_original
from cycles.permissions.signatures import (
    may_correct_record,
    may_sign_record,
    may_withdraw_statement,
)
from cycles.presenters.signatures import correction_values, result_url, sign_page
from cycles.queries.statements import own_statement, redactions_of, statement_of
from cycles.services import corrections, signatures, statements
from cycles.views.decisions import scoped
from cycles.views.one_form import one_form
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Read the record, and say whether it is accurate."""
    decision = scoped(request, slug, public_id)
    authorise(may_sign_record(request.user, decision))
    page = sign_page(decision)
    shown = page["record_view"]
    form = SignForm(posted(request), initial={"version": shown.now.version})

    def save(said: dict[str, Any]) -> object:
        return signatures.sign(shown.record, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It stands under the record.")
        return redirect(result_url(decision))
    return render(request, "cycles/boards/sign.html", page | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Write the record's next version. What was chosen is not asked."""
    decision = scoped(request, slug, public_id)
    authorise(may_correct_record(request.user, decision))
    now = correction_values(decision)
    if now is None:
        raise Http404
    form = CorrectionForm(posted(request), now=now)

    def save(said: dict[str, Any]) -> object:
        expected, why = said.pop("version"), said.pop("why")
        return corrections.correct(
            decision.record, words=said, why=why, expected=expected, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "The new version is written, and everyone is told.")
        return redirect(result_url(decision))
    words = (
        "What was decided cannot be corrected: a change of mind is a new decision. The version "
        "before stays readable beside the new one, and the new one can be signed again.",
    )
    return one_form(
        request,
        form,
        heading="Correct the record",
        caption=decision.title,
        back_url=result_url(decision),
        back_text="What came of it",
        words=words,
        submit="Write the new version",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_statement(
    request: HttpRequest, slug: str, public_id: str, statement_id: str
) -> HttpResponse:
    """Take back what one wrote, after asking once; also for whoever has left the panel since."""
    statement = own_statement(request.user, slug, public_id, statement_id)
    if statement is None:
        raise Http404
    authorise(may_withdraw_statement(request.user, statement))
    if request.method == "POST":
        statements.withdraw(statement, by=request.user)
        messages.success(request, "Your statement is taken back. No page shows it any more.")
        sees = Decision.objects.visible_to(request.user).filter(pk=statement.decision_id)
        return redirect(result_url(statement.decision) if sees.exists() else "home:my-work")
    context = {"decision": statement.decision, "statement": statement}
    return render(request, "cycles/boards/withdraw_statement.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def redact_statement(
    request: HttpRequest, slug: str, public_id: str, statement_id: str
) -> HttpResponse:
    """Take a name out of a statement, wherever it is shown."""
    decision = scoped(request, slug, public_id)
    statement = statement_of(decision, statement_id)
    if statement is None:
        raise Http404
    authorise(may_redact(request.user, decision))
    form = RedactForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return statements.redact(statement, words=said["names"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "The name is taken out, and the person who wrote this is told.")
        return redirect(result_url(decision))
    context = {
        "decision": decision,
        "statement": statement,
        "form": form,
        "before": redactions_of(statement),
        "may_see_original": may_see_original(request.user, decision),
    }
    return render(request, "cycles/boards/redact_statement.html", context)


@never_cache
@require_POST
def statement_original(
    request: HttpRequest, slug: str, public_id: str, statement_id: str
) -> HttpResponse:
    """How it stood before, for the safeguarding lead. A POST, as reading it is written down."""
    decision = scoped(request, slug, public_id)
    statement = statement_of(decision, statement_id)
    if statement is None:
        raise Http404
    authorise(may_see_original(request.user, decision))
    text = statements.open_original(statement, by=request.user)
    context = {"decision": decision, "text": text}
    return render(request, "cycles/boards/statement_original.html", context)
