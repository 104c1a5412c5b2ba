"""What a chapter of a needs assessment shows beside its text and its charts.

A part is a template with what it shows. `PARTS` says which stand in which chapter, in order: what
is counted of services, or said by people, finds its place here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from evidence.enums import NeedsChapter
from evidence.enums.national import (
    DEFINITION,
    DEFINITION_SOURCE,
    DUTY,
    INDICATORS,
    TARGETS_SOURCE,
)
from evidence.models import NeedsAssessment
from evidence.presenters import service_map
from evidence.queries import figures, hopes
from evidence.queries import needs as queries
from evidence.queries.experience import quotes_for
from evidence.queries.gaps import gaps_by_theme
from evidence.queries.services import stock_take
from vbc.core.remembering import remembered


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a chapter: `template` shows `data`, which it sees as `part`."""

    template: str
    data: dict[str, Any]


Make = Callable[[NeedsAssessment], Part | None]


def duty(assessment: NeedsAssessment) -> Part:
    definition = (
        {"text": DEFINITION, "source": DEFINITION_SOURCE} if assessment.quotes_definition else None
    )
    return Part("evidence/needs/_duty.html", {"duty": DUTY, "definition": definition})


def plans(assessment: NeedsAssessment) -> Part:
    """The plans that it informs, and whether mental health is in them."""
    rows = [
        {
            "plan": plan,
            "is_in_it": plan.get_is_in_it_display(),
            "url": reverse("evidence:edit-plan", args=[assessment.public_id, plan.public_id]),
        }
        for plan in queries.plans_of(assessment)
    ]
    return Part("evidence/needs/_plans.html", {"rows": rows})


def targets(assessment: NeedsAssessment) -> Part:
    """National targets with their local share, and what is measured nationally."""
    names = list(figures.indicators_of(assessment.organisation))
    indicators = [
        {
            "tier": each.tier,
            "text": each.text,
            "here": next((name for name in names if each.word in name.name.casefold()), None),
        }
        for each in INDICATORS
    ]
    data = {
        "targets": queries.local_targets(assessment),
        "source": TARGETS_SOURCE,
        "population_source": assessment.population_source,
        "indicators": indicators,
    }
    return Part("evidence/needs/_targets.html", data)


def targets_in_public(assessment: NeedsAssessment) -> Part:
    """The same without the library, which is not open to everybody."""
    made = targets(assessment)
    return Part(made.template, made.data | {"indicators": []})


def services(assessment: NeedsAssessment) -> Part | None:
    """What the list of services says today; nothing where no service is on it."""
    facts = stock_take(assessment.organisation, assessment.area)
    if not facts["services"]:
        return None
    return Part("evidence/needs/_services.html", service_map.in_short(facts))


def said(assessment: NeedsAssessment) -> Part | None:
    """What people allow to be quoted, and how far it is to what they hope for. Read anew each time:
    what somebody takes back is gone from every page at once. The panel reads this page, so that it
    takes the leave for the panel besides that for reports."""
    return _said(assessment, "panel")


def said_in_public(assessment: NeedsAssessment) -> Part | None:
    """The same, of those accounts that everybody may read."""
    return _said(assessment, "public")


def _said(assessment: NeedsAssessment, use: str) -> Part | None:
    quotes = quotes_for(assessment, use)
    themes = gaps_by_theme(assessment)
    rows = hopes.rows(themes)
    if not quotes and not rows:
        return None
    data = {
        "quotes": quotes,
        "finding": hopes.finding(themes) if rows else "",
        "head": hopes.HEAD,
        "rows": rows,
        "is_public": use == "public",
    }
    return Part("evidence/needs/_said.html", data)


def gaps(assessment: NeedsAssessment) -> Part:
    """Each need, what there is, what is missing, and how big that is."""
    return Part("evidence/needs/_gaps.html", {"gaps": _gaps(assessment)})


def priorities(assessment: NeedsAssessment) -> Part:
    """Those gaps that have a place, in their order, with the reasons."""
    ranked = [each for each in _gaps(assessment) if each["gap"].place is not None]
    return Part("evidence/needs/_priorities.html", {"gaps": ranked})


@remembered
def _gaps(assessment: NeedsAssessment) -> list[dict[str, Any]]:
    return [
        {
            "gap": gap,
            "how_many": queries.how_many(gap.people),
            "challenges": queries.challenges_of(gap),
            "outcome": queries.outcome_of(gap),
        }
        for gap in queries.gaps_of(assessment)
    ]


PARTS: dict[str, tuple[Make, ...]] = {
    NeedsChapter.ABOUT: (duty, plans),
    NeedsChapter.SERVICES: (services,),
    NeedsChapter.EXPERIENCE: (said,),
    NeedsChapter.NATIONAL: (targets,),
    NeedsChapter.GAPS: (gaps,),
    NeedsChapter.PRIORITIES: (priorities,),
}


# What of it everybody may read: nothing of the library and of the list of services, which are kept
# for those who work with them, and of what people say only what they leave to the public.
PUBLIC_PARTS: dict[str, tuple[Make, ...]] = {
    **PARTS,
    NeedsChapter.SERVICES: (),
    NeedsChapter.EXPERIENCE: (said_in_public,),
    NeedsChapter.NATIONAL: (targets_in_public,),
}


def parts_of(chapter: str, assessment: NeedsAssessment, *, is_public: bool = False) -> list[Part]:
    """The parts of one chapter, in order; `is_public` for what everybody may read."""
    parts = PUBLIC_PARTS if is_public else PARTS
    made = [make(assessment) for make in parts.get(chapter, ())]
    return [part for part in made if part is not None]
