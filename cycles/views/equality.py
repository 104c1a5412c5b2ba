"""The equality assessment of a decision: its page, its parts, its groups, its log, publishing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cycles.enums import EqualityGroup
from cycles.forms.equality import PARTS, DutyForm, GroupForm
from cycles.models import Decision
from cycles.permissions.equality import may_publish_equality, may_write_equality
from cycles.presenters import equality as presenters
from cycles.queries.equality import assessment_of, edition_at, impacts_of
from cycles.services import equality
from cycles.views.decisions import scoped
from cycles.views.one_form import one_form
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted


@require_safe
def assessment(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """What the decision does to whom, how far the assessment is, and what was published."""
    decision = scoped(request, slug, public_id)
    context = presenters.page(decision, request.user)
    return render(request, "cycles/equality/assessment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, slug: str, public_id: str, part: str) -> HttpResponse:
    """One part of the assessment, saved by itself."""
    decision = scoped(request, slug, public_id)
    if part not in PARTS:
        raise Http404
    begun = assessment_of(decision)
    authorise(may_write_equality(request.user, decision, begun))
    form = PARTS[part](posted(request), cycle=decision.cycle, assessment=begun)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return equality.save(decision, fields=said, expected=expected, by=request.user)

    return _saved_or_shown(request, decision, form, save, presenters.HEADINGS[part])


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, slug: str, public_id: str, group: str) -> HttpResponse:
    """What the decision does to one group."""
    decision = scoped(request, slug, public_id)
    if group not in EqualityGroup.values:
        raise Http404
    begun = assessment_of(decision)
    authorise(may_write_equality(request.user, decision, begun))
    form = GroupForm(posted(request), impact=impacts_of(begun).get(group))

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return equality.say_of_group(
            decision, group=group, **said, expected=expected, by=request.user
        )

    return _saved_or_shown(request, decision, form, save, presenters.group_label(group))


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Add to the log of what was done to meet the duties."""
    decision = scoped(request, slug, public_id)
    authorise(may_write_equality(request.user, decision, assessment_of(decision)))
    form = DutyForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return equality.log_duty(decision, **said, by=request.user)

    return _saved_or_shown(request, decision, form, save, "What was done to meet a duty")


@require_POST
def publish(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Publish it as it stands; the page says what is missing first."""
    decision = scoped(request, slug, public_id)
    authorise(may_publish_equality(request.user, decision))
    is_done(
        request,
        lambda: equality.publish(decision, by=request.user),
        "The assessment is published. Anybody can read it now.",
    )
    return redirect("cycles:equality", slug, public_id)


@require_safe
def edition(request: HttpRequest, slug: str, public_id: str, edition_id: str) -> HttpResponse:
    """What was published, for anybody: it names nobody but whoever looks after it."""
    found = edition_at(slug, public_id, edition_id)
    if found is None:
        raise Http404
    return render(request, "cycles/equality/edition.html", presenters.edition_page(found))


def _saved_or_shown(
    request: HttpRequest, decision: Decision, form: Any, save: Any, heading: str
) -> HttpResponse:
    """Save and go back to the assessment, or show the form with what is to be mended."""
    back_url = reverse("cycles:equality", args=[decision.cycle.slug, decision.public_id])
    if is_saved(form, save):
        messages.success(request, f"Saved: {heading}.")
        return redirect(back_url)
    return one_form(
        request,
        form,
        heading=heading,
        caption=f"Equality assessment: {decision.title}",
        back_url=back_url,
        back_text="Equality assessment",
    )
