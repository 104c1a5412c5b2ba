"""What a board pack prints: the answer asked for, and all that a board needs to give it."""

from collections.abc import Mapping
from typing import Any

from reports.documents import Draw
from reports.documents.decision_record import one
from reports.documents.words import count, day
from vbc.ui.blocks import blocks

NOTHING_SAID = "Nobody has said yet"


def context(snapshot: Mapping[str, Any], _draw: Draw) -> dict[str, Any]:
    """What is asked first, then the decision, what people changed in it, and what proves it."""
    return {
        "area": snapshot["cycle"]["area"],
        "explains_ratings": True,
        "asked": snapshot["asked"],
        **one(snapshot),
        "involvement": snapshot["involvement"],
        "calls": [_call(each) for each in snapshot["calls"]],
        "duties": duties(snapshot),
        "money_head": ["Option", "What it would cost", "How the money gets there"],
        "money": [
            [
                f"{each['title']} (chosen)" if each["is_chosen"] else each["title"],
                each["cost"] or NOTHING_SAID,
                each["route"] or NOTHING_SAID,
            ]
            for each in snapshot["money"]
        ],
        "actions": [
            # All of them are of this decision, so it is not named beside each.
            {**each, "decision": "", "due_on": day(each["due_on"]) or "No date yet"}
            for each in snapshot["actions"]
        ],
    }


def duties(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the law asks of whoever decides, and what proves that it was done."""
    return [
        {
            "label": "Involve people in what is planned",
            "law": "National Health Service Act 2006, section 242",
            "proof": _involving(snapshot),
        },
        {
            "label": "Think of equality before deciding",
            "law": "Equality Act 2010, section 149",
            "proof": [_equality(snapshot["equality_edition"])],
        },
        {
            "label": "Know what people need",
            "law": "Local Government and Public Involvement in Health Act 2007, section 116",
            "proof": [_needs(snapshot["needs"])],
        },
    ]


def _involving(snapshot: Mapping[str, Any]) -> list[str]:
    proof = ["How taking part changed this decision is said above."]
    if snapshot["decision"]["record"]["two_service_users_took_part"]:
        proof.append("At least two service users took part in the decision.")
    for each in snapshot["calls"]:
        came = "what came of it is published" if each["how_many"] else "it is not answered yet"
        proof.append(f"The call for views “{each['title']}” has closed, and {came}.")
    return proof


def _equality(edition: Mapping[str, Any] | None) -> str:
    if edition is None:
        return "No equality impact assessment is published yet."
    logged = edition["logged"]
    log = (
        "Nothing stands in its log of what was done yet."
        if not logged
        else f"Its log holds {count(logged)} {'entry' if logged == 1 else 'entries'} of what was "
        "done."
    )
    on = day(edition["published_on"])
    return f"Equality impact assessment, edition {edition['number']}, published on {on}. {log}"


def _needs(assessment: Mapping[str, Any] | None) -> str:
    if assessment is None:
        return "No needs assessment is linked to this cycle yet."
    if not assessment["title"]:
        return "The needs assessment of this cycle is a draft. It is not published yet."
    return f"{assessment['title']}, published on {day(assessment['published_on'])}."


def _call(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **facts,
        "closed_on": day(facts["closed_on"]),
        "responses": [
            {**each, "you_said": blocks(each["you_said"]), "we_did": blocks(each["we_did"])}
            for each in facts["responses"]
        ],
    }
