"""References: what decisions can lean on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.references import DescribeReferenceForm, FindReferenceForm, ReferenceForm
from evidence.models import Reference
from evidence.permissions import references as permissions
from evidence.presenters import references as presenters
from evidence.queries import visible
from evidence.services import references as services
from vbc.core.authorise import authorise
from vbc.core.refusals import Denied, Refused
from vbc.core.saving import is_saved, status_of
from vbc.ui.paginator import paginate

_NOT_YOURS = (
    "References are added by those who review evidence on a panel, and by those who work for the "
    "organisation. Tell one of them what you found."
)


def _reference(request: HttpRequest, public_id: str) -> Reference:
    return get_object_or_404(
        visible.references_visible_to(request.user).select_related("organisation"),
        public_id=public_id,
    )


@require_safe
def references(request: HttpRequest) -> HttpResponse:
    form = FindReferenceForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = paginate(request, visible.references_listed_for(request.user, **asked))
    taking = set(
        visible.organisations_taking_references_from(request.user).values_list("pk", flat=True)
    )
    context = {
        "form": form,
        "page": page,
        "lines": [presenters.line_of(each, each.organisation_id in taking) for each in page],
        "may_add": bool(taking),
        "may_add_guidance": visible.organisations_kept_by(request.user).exists(),
    }
    return render(request, "evidence/references.html", context)


@require_safe
def reference(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _reference(request, public_id)
    context = {
        "reference": thing,
        "standing": presenters.standing_tag(thing),
        "standing_words": presenters.standing_words(thing),
        "judgement": presenters.judgement_facts(thing),
        "tags": presenters.tag_facts(thing),
        "example": presenters.example_parts(thing),
        "journey": presenters.journey(thing),
        "may_edit": bool(permissions.may_edit_reference(request.user, thing)),
        "may_describe": bool(permissions.may_describe_reference(request.user, thing)),
    }
    return render(request, "evidence/reference.html", context)


@require_http_methods(["GET", "POST"])
def add_reference(request: HttpRequest) -> HttpResponse:
    offered = visible.organisations_taking_references_from(request.user)
    if not offered.exists():
        authorise(Denied(_NOT_YOURS))
    form = ReferenceForm(request.POST or None, organisations=offered)
    if request.method == "POST" and form.is_valid():
        authorise(permissions.may_add_reference(request.user, form.chosen_organisation))
        try:
            made = services.add(form.chosen_organisation, by=request.user, **form.words)
        except Refused as refusal:
            form.add_error("doi", str(refusal))
        else:
            messages.success(
                request, "The reference is in the library. It can be linked to an option."
            )
            return redirect(made)
    return render(request, "evidence/edit_reference.html", {"form": form})


@require_http_methods(["GET", "POST"])
def edit_reference(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _reference(request, public_id)
    authorise(permissions.may_edit_reference(request.user, thing))
    if thing.is_example:
        return redirect("evidence:edit-example", thing.public_id)
    form = ReferenceForm(request.POST or None, instance=_reference(request, public_id))
    context = {"form": form, "reference": thing}

    def save(said: dict[str, Any]) -> object:
        version = said["version"] or 0
        return services.edit(thing, version=version, by=request.user, **form.words)

    if is_saved(form, save, refused_at="doi"):
        messages.success(request, "Your changes are saved.")
        return redirect(thing)
    return render(request, "evidence/edit_reference.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
def describe_reference(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it found in plain words, how sure that is, and for whom it holds."""
    thing = _reference(request, public_id)
    authorise(permissions.may_describe_reference(request.user, thing))
    form = DescribeReferenceForm(request.POST or None, instance=_reference(request, public_id))
    context = {"form": form, "reference": thing}

    def save(said: dict[str, Any]) -> object:
        return services.edit(thing, version=said["version"], by=request.user, **form.words)

    if is_saved(form, save):
        messages.success(request, "Your description is saved.")
        return redirect(thing)
    return render(request, "evidence/describe_reference.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _reference(request, public_id)
    authorise(permissions.may_edit_reference(request.user, thing))
    services.withdraw(thing, by=request.user)
    messages.success(request, "It is off the lists. You can bring it back here.")
    return redirect(thing)


@require_POST
def bring_back(request: HttpRequest, public_id: str) -> HttpResponse:
    thing = _reference(request, public_id)
    authorise(permissions.may_edit_reference(request.user, thing))
    services.bring_back(thing, by=request.user)
    messages.success(request, "It is on the lists again.")
    return redirect(thing)
