"""The words beside the numbers, and the record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cycles.forms.records import HeardForm, MinorityStatementForm, RecordForm, SentenceForm
from cycles.gates import Blocker
from cycles.models import Decision
from cycles.permissions.decisions import ONLY_MEMBERS
from cycles.permissions.records import (
    may_add_minority_statement,
    may_agree_sentence,
    may_record_decision,
    may_say_heard,
    pillar_of,
)
from cycles.presenters.records import heard_values, record_page, sentence_values, withheld_from
from cycles.queries.options import options_on
from cycles.services import records
from cycles.services.records import NotYetRecordable
from cycles.views.decisions import form_page, option_of, scoped
from stakeholders.enums import Pillar
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved, posted


@require_http_methods(["GET", "HEAD", "POST"])
def sentence(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    """For the reader's own pillar; which one that is stands in no address."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    pillar = _own_pillar(request, decision)
    authorise(may_agree_sentence(request.user, decision, pillar))
    form = SentenceForm(posted(request), initial=sentence_values(option, pillar))

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return records.agree_sentence(
            option, pillar=pillar, **said, expected=expected, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "The sentence is saved. You can change it together.")
        return redirect("cycles:decision-result", slug, public_id)
    heading = "The sentence you agreed together"
    return form_page(request, decision, form, heading, option=option)


@require_http_methods(["GET", "HEAD", "POST"])
def heard(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    pillar = _own_pillar(request, decision)
    authorise(may_say_heard(request.user, decision, pillar))
    form = HeardForm(posted(request), initial=heard_values(decision, pillar, request.user))

    def save(said: dict[str, Any]) -> object:
        return records.say_heard(decision, pillar=pillar, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It stands beside the record.")
        return redirect("cycles:decision-result", slug, public_id)
    return form_page(request, decision, form, "Do you feel heard?")


@require_http_methods(["GET", "HEAD", "POST"])
def minority_statement(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_add_minority_statement(request.user, decision))
    form = MinorityStatementForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        said.pop("consent")
        return records.add_minority_statement(decision, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your statement stands beside the record, word for word.")
        return redirect("cycles:decision-result", slug, public_id)
    return form_page(request, decision, form, "I see it differently", writes=True)


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    authorise(may_record_decision(request.user, decision))
    form = RecordForm(
        posted(request),
        options=options_on(decision),
        withheld=withheld_from(request.user, decision),
    )
    refused: list[Blocker] = []

    def save(said: dict[str, Any]) -> object:
        try:
            return records.record(decision, **said, by=request.user)
        except NotYetRecordable as refusal:
            refused.extend(refusal.missing)
            raise Refused(
                "This cannot be recorded yet, and nothing was saved. Your words are still in the "
                "form. What is missing is listed on this page."
            ) from refusal

    if is_saved(form, save):
        messages.success(request, "The decision is recorded, and everyone is told.")
        return redirect("cycles:decision-result", slug, public_id)
    context = record_page(decision, request.user) | {"form": form, "refused": refused}
    return render(request, "cycles/decisions/record.html", context)


def _own_pillar(request: HttpRequest, decision: Decision) -> Pillar:
    pillar = pillar_of(request.user, decision)
    if pillar is None:
        raise PermissionDenied(ONLY_MEMBERS)
    return pillar
