"""What the pages of the map say. Service users stand first, whatever else is there."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from stakeholders.enums import ContactRhythm, ProviderStanding, Sector
from stakeholders.models import ContactPromise, Panel, Stakeholder
from stakeholders.presenters.map_picture import picture
from vbc.ui.dates import day_in_words
from vbc.ui.paginator import ListPage

THREE_SECTORS = (Sector.HEALTH, Sector.SOCIAL_CARE, Sector.THIRD)
HEAD = ("Who", "Sector", "How it affects them", "Matters to them", "Influence", "Services")
NOT_DESCRIBED = "Nobody has written yet what it means for service users."


def map_page(
    panel: Panel, centre: Stakeholder | None, page: ListPage, sectors: set[str]
) -> dict[str, Any]:
    shown = list(page)
    return {
        "panel": panel,
        "centre": centre,
        "page": page,
        "picture": picture(shown, first=page.first or 1),
        "head": HEAD,
        "rows": [
            _centre_row(panel, centre),
            *(_row(each, number) for number, each in enumerate(shown, start=page.first)),
        ],
        "missing_sectors": missing_sectors(sectors) if shown else "",
    }


def missing_sectors(there: Iterable[str]) -> str:
    """Which of the three sectors nobody is of, in a sentence; empty where none is missing."""
    missing = [
        str(sector.label).lower() for sector in THREE_SECTORS if sector.value not in set(there)
    ]
    if not missing:
        return ""
    names = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} or {missing[-1]}"
    return f"Nobody from {names} is on the map yet. The three sectors count the same."


def _centre_row(panel: Panel, centre: Stakeholder | None) -> list[Any]:
    name: dict[str, str] = {"text": "Service users", "note": "Always at the centre"}
    if centre is not None:
        name["url"] = centre.get_absolute_url()
    effect = centre.effect if centre else NOT_DESCRIBED
    return [name, "All", {"text": "Directly", "note": effect}, "High", "High", "Use them"]


def _row(each: Stakeholder, number: int) -> list[Any]:
    return [
        {
            "text": f"{number}. {each.name}",
            "url": each.get_absolute_url(),
            "note": str(each.category),
        },
        each.get_sector_display(),
        {"text": affected(each), "note": each.effect},
        each.get_interest_display(),
        each.get_influence_display(),
        services(each),
    ]


def affected(each: Stakeholder) -> str:
    return "Directly" if each.is_direct else "Not directly"


def services(each: Stakeholder) -> str:
    return {
        ProviderStanding.NONE: "None",
        ProviderStanding.CURRENT: "Provides them now",
        ProviderStanding.POTENTIAL: "Could provide them",
    }[ProviderStanding(each.provider)]


def due_rows(stakeholders: Iterable[Stakeholder], today: date) -> list[dict[str, str]]:
    """Whom to be in touch with, by when, and who is."""
    return [
        {
            "name": each.name,
            "url": each.get_absolute_url(),
            "when": when_due(each.next_contact_on, today),
            "who": who_leads(each),
        }
        for each in stakeholders
        if each.next_contact_on is not None
    ]


def when_due(day: date | None, today: date) -> str:
    """The day, as something to do; of one that has passed it says so without blame."""
    if day is None:
        return "No day is set"
    if day < today:
        return f"Was planned for {day_in_words(day)}"
    return "Today" if day == today else day_in_words(day)


def who_leads(each: Stakeholder) -> str:
    if each.lead is None:
        return "Nobody yet"
    cover = f", or {each.cover.display_name}" if each.cover else ""
    return f"{each.lead.display_name}{cover}"


def about(each: Stakeholder) -> list[dict[str, str]]:
    """Who they are, for a summary."""
    rows = [("How it affects them", f"{affected(each)}. {each.effect}")]
    if not each.is_centre:
        rows = [
            ("What they are", each.get_kind_display()),
            ("Category", str(each.category)),
            ("Sector", each.get_sector_display()),
            *rows,
            ("How much it matters to them", each.get_interest_display()),
            ("How much they can change", each.get_influence_display()),
            ("Services", services(each)),
        ]
    return [{"key": key, "value": value} for key, value in rows]


def contact_plan(each: Stakeholder, today: date) -> list[dict[str, str]]:
    """How, how often and by whom somebody is in touch."""
    rows = [
        ("Who is in touch", who_leads(each)),
        ("How", each.contact_plan or "Not said yet"),
        ("How often", str(ContactRhythm(each.contact_rhythm).label)),
        ("Next contact", when_due(each.next_contact_on, today)),
    ]
    return [{"key": key, "value": value} for key, value in rows]


def promise_rows(promises: Iterable[ContactPromise], *, may_settle: bool) -> list[dict[str, Any]]:
    """What was promised, and what became of it."""
    return [
        {
            "words": each.words,
            "due": f"By {day_in_words(each.due_on)}" if each.due_on else "",
            "outcome": each.outcome,
            "settled_at": each.settled_at,
            "url": _settle_url(each) if may_settle and each.settled_at is None else "",
        }
        for each in promises
    ]


def _settle_url(promise: ContactPromise) -> str:
    stakeholder = promise.stakeholder
    return reverse(
        "stakeholders:settle-promise",
        args=[stakeholder.panel.public_id, stakeholder.public_id, promise.public_id],
    )
