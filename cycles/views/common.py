"""What the views of cycles share: finding a cycle, and saving what a form says."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cycles.models import Cycle
from cycles.queries.cycles import with_its_things


def find_cycle(request: HttpRequest, slug: str) -> Cycle:
    """The cycle with this address, if the person may see it; 404 otherwise."""
    return get_object_or_404(with_its_things(Cycle.objects.visible_to(request.user)), slug=slug)


def form_page(
    form: forms.Form, cycle: Cycle, heading: str, *, back: str = "cycle", **more: Any
) -> dict[str, Any]:
    """What the page of one form shows; `back` names the page it came from and goes back to."""
    texts = {
        "actions": "Actions",
        "outcomes": "Outcomes",
        "review": "Review",
        "risks": "Risks",
        "stock-take": "The services that there are now",
    }
    return {
        "form": form,
        "cycle": cycle,
        "heading": heading,
        "back_url": reverse(f"cycles:{back}", args=[cycle.slug]),
        "back_text": texts.get(back, cycle.title),
        **more,
    }
