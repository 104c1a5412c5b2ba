"""What the evidence says about an option."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.enums import Criterion
from cycles.forms.appraisals import (
    AppraisalForm,
    JudgementForm,
    LinkEvidenceForm,
    VersionForm,
)
from cycles.models import Appraisal, Option
from cycles.permissions.appraisals import may_appraise, may_link_evidence, may_write_appraisal
from cycles.presenters.appraisals import appraisal_page, form_values, judgement_values
from cycles.queries.appraisals import linkable_indicators, linkable_references, source_of
from cycles.services import appraisals
from cycles.views.decisions import form_page, option_of, scoped
from vbc.core.authorise import authorise
from vbc.core.refusals import Refused
from vbc.core.saving import is_saved, posted


@require_safe
def appraisal(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    context = appraisal_page(decision, option, request.user)
    return render(request, "cycles/decisions/appraisal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_link_evidence(request.user, decision))
    references, indicators = linkable_references(option), linkable_indicators(option)
    form = LinkEvidenceForm(posted(request), references=references, indicators=indicators)

    def save(said: dict[str, Any]) -> object:
        return appraisals.link_evidence(option, said.pop("source"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is linked.")
        return redirect("cycles:appraisal", slug, public_id, option_id)
    nothing = not form.fields.keys() & {"reference", "indicator"}
    return form_page(request, decision, form, "Link evidence", option=option, no_references=nothing)


@require_POST
def unlink(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_link_evidence(request.user, decision))
    source = source_of(option, request.POST.get("source", ""))
    if source is None:
        raise Http404
    appraisals.unlink_evidence(option, source, by=request.user)
    messages.success(request, "The link is taken off. It stays in the library.")
    return redirect("cycles:appraisal", slug, public_id, option_id)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_write_appraisal(request.user, option))
    form = AppraisalForm(posted(request), initial=form_values(option))

    def save(said: dict[str, Any]) -> object:
        return appraisals.write(option, expected=said.pop("version"), **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "The appraisal is saved. It now needs signing.")
        return redirect("cycles:appraisal", slug, public_id, option_id)
    return form_page(request, decision, form, "What the evidence says", option=option)


@require_http_methods(["GET", "HEAD", "POST"])
def judge(
    request: HttpRequest, slug: str, public_id: str, option_id: str, criterion: str
) -> HttpResponse:
    """Judge the option by one criterion."""
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    if criterion not in Criterion.values:
        raise Http404
    authorise(may_write_appraisal(request.user, option))
    values = judgement_values(_appraisal_of(option), criterion)
    form = JudgementForm(posted(request), criterion=criterion, initial=values)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return appraisals.judge(
            option, criterion=criterion, expected=expected, **said, by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "It is saved. The appraisal now needs signing again.")
        return redirect(
            f"{reverse('cycles:appraisal', args=[slug, public_id, option_id])}#criteria"
        )
    return form_page(request, decision, form, str(Criterion(criterion).label), option=option)


@require_POST
def sign(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_appraise(request.user, decision))
    appraisals.sign(_appraisal_of(option), version=_version(request), by=request.user)
    messages.success(request, "You have signed this version.")
    return redirect("cycles:appraisal", slug, public_id, option_id)


@require_POST
def agree(request: HttpRequest, slug: str, public_id: str, option_id: str) -> HttpResponse:
    decision = scoped(request, slug, public_id)
    option = option_of(decision, option_id)
    authorise(may_appraise(request.user, decision))
    appraisals.agree(_appraisal_of(option), version=_version(request), by=request.user)
    messages.success(request, "The appraisal is agreed. It counts as the evidence pillar's.")
    return redirect("cycles:appraisal", slug, public_id, option_id)


def _appraisal_of(option: Option) -> Appraisal:
    appraisal: Appraisal | None = getattr(option, "appraisal", None)
    if appraisal is None:
        raise Refused("Nobody has written an appraisal of this option yet. Nothing was changed.")
    appraisal.option = option
    return appraisal


def _version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Refused("Open the appraisal again, read it, and sign it there. Nothing was changed.")
    version: int = form.cleaned_data["version"]
    return version
