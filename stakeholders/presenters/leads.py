"""What pages and tables say about who leads on what, and what is handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from stakeholders.models import Organisation, TopicLead, User
from stakeholders.presenters.stakeholder_map import contact_plan
from stakeholders.queries.leads import HandOver
from vbc.ui.dates import day_in_words

HEAD = ("What", "Panel", "Who or about what", "Day", "Words", "Person")


@dataclass(frozen=True)
class LeadRow:
    """Who leads on something, and for those who may change it, where."""

    topic: str
    organisation: str
    who: str
    since: str
    cover_url: str
    end_url: str


def lead_rows(leads: Iterable[TopicLead], mine: Iterable[Organisation]) -> list[LeadRow]:
    works_for = {each.pk for each in mine}
    rows = []
    for lead in leads:
        may_change = lead.until is None and lead.organisation_id in works_for
        cover_url, end_url = _addresses(lead) if may_change else ("", "")
        who, times = _with_cover(lead), _times(lead)
        rows.append(LeadRow(lead.topic, lead.organisation.name, who, times, cover_url, end_url))
    return rows


def _with_cover(lead: TopicLead) -> str:
    if lead.cover is None:
        return lead.user.display_name
    return f"{lead.user.display_name}. When they cannot: {lead.cover.display_name}"


def _times(lead: TopicLead) -> str:
    since = day_in_words(lead.since)
    return f"From {since} until {day_in_words(lead.until)}" if lead.until else f"Since {since}"


def _addresses(lead: TopicLead) -> tuple[str, str]:
    args = [lead.organisation.public_id, lead.public_id]
    return (
        reverse("stakeholders:lead-cover", args=args),
        reverse("stakeholders:end-lead", args=args),
    )


def hand_over_links(leading: Iterable[tuple[Organisation, User]]) -> list[dict[str, str]]:
    return [
        {
            "text": person.display_name,
            "organisation": organisation.name,
            "url": reverse(
                "stakeholders:hand-over", args=[organisation.public_id, person.public_id]
            ),
        }
        for organisation, person in leading
    ]


def hand_over_page(pack: HandOver, today: date) -> dict[str, Any]:
    """Everything that somebody needs to go on, on one page that can be printed."""
    return {
        "person": pack.person,
        "organisation": pack.organisation,
        "is_empty": pack.is_empty,
        "today": today,
        "topics": lead_rows(pack.topics, ()),
        "stakeholders": [
            {
                "name": each.name,
                "panel": each.panel.name,
                "effect": each.effect,
                "plan": contact_plan(each, today)[1:],
                "cover": each.cover.display_name if each.cover else "",
                "promises": each.open_promises,
                "contacts": each.contacts.all(),
            }
            for each in pack.stakeholders
        ],
    }


def hand_over_table(pack: HandOver) -> list[tuple[object, ...]]:
    """The same as rows for a spreadsheet; days as 2026-12-04."""
    rows: list[tuple[object, ...]] = [
        ("Leads on", "", lead.topic, lead.since, "", lead.cover.display_name if lead.cover else "")
        for lead in pack.topics
    ]
    for each in pack.stakeholders:
        place = (each.panel.name, each.name)
        cover = each.cover.display_name if each.cover else ""
        rows.append(("Contact plan", *place, each.next_contact_on or "", each.contact_plan, cover))
        rows += [
            (
                "Open promise",
                *place,
                promise.due_on or "",
                promise.words,
                promise.made_by.display_name,
            )
            for promise in each.open_promises
        ]
        rows += [
            (
                "Contact",
                *place,
                contact.held_on,
                contact.what_was_said,
                contact.logged_by.display_name,
            )
            for contact in each.contacts.all()
        ]
    return rows
