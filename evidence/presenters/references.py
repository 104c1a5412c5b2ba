"""What pages say about references."""

from dataclasses import dataclass
from typing import Any

from evidence.enums import ReferenceKind, Standing, TagFacet
from evidence.models import ImportedReference, JourneyStep, Reference
from vbc.ui.dates import MONTHS

STANDING_COLOURS = {
    Standing.IN_FORCE: "green",
    Standing.HISTORIC: "grey",
    Standing.REPLACED: "yellow",
    Standing.RETRACTED: "red",
}
# What a reader should do about a document that does not hold as it is.
STANDING_WORDS = {
    Standing.HISTORIC: "This document is of its time. It shows where things come from.",
    Standing.REPLACED: "Something newer has taken the place of this. Look for that too.",
    Standing.RETRACTED: "Its publisher has taken this back. Do not lean on it.",
}
FACETS = {
    TagFacet.TOPIC: "About",
    TagFacet.GROUP: "About whom",
    TagFacet.PROCESS: "Helps with",
    TagFacet.PART: "Part of values-based practice",
}
ADDED_WORDS = {
    "authors": "its authors",
    "year": "its year",
    "published_in": "where it was published",
    "doi": "its DOI",
    "pmid": "its PubMed number",
    "abstract": "its publisher's summary",
    "keywords": "keywords",
    "web_address": "a link",
    "design": "how it was done",
    "population": "who took part",
    "outcome": "what was looked at",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A reference in a list."""

    reference: Reference
    about: str
    standing: dict[str, str] | None
    may_describe: bool


def line_of(reference: Reference, may_describe: bool) -> Line:
    parts = [reference.get_kind_display()]
    if reference.authors:
        parts.append(_short(reference.authors, 120))
    about = ". ".join(parts) + (f", {reference.year}" if reference.year else "")
    return Line(reference, about, standing_tag(reference), may_describe)


def standing_tag(reference: Reference) -> dict[str, str] | None:
    if not reference.standing:
        return None
    standing = Standing(reference.standing)
    return {"text": str(standing.label), "colour": STANDING_COLOURS[standing]}


def standing_words(reference: Reference) -> str:
    return STANDING_WORDS.get(Standing(reference.standing), "") if reference.standing else ""


def judgement_facts(reference: Reference) -> list[dict[str, str]]:
    """What those who read it make of it, in words; what nobody has said yet is left out."""
    why = [*reference.reasons_in_words, reference.certainty_note]
    facts = [
        ("How it was done", reference.get_design_display()),
        ("Who took part", reference.population),
        ("What was looked at", reference.outcome),
        ("How sure it is", reference.get_certainty_display()),
        ("Why", "\n".join(each for each in why if each)),
        ("People and places like ours?", reference.get_applicability_display()),
        ("For whom it holds", reference.applicability_note),
    ]
    if reference.experience_led:
        facts.append(("Written by", "A researcher who has used services is among its authors"))
    return [{"key": key, "value": value} for key, value in facts if value]


def tag_facts(reference: Reference) -> list[dict[str, str]]:
    """What it is about, whom, and what it helps with."""
    by_facet: dict[str, list[str]] = {facet: [] for facet in FACETS}
    for tag in reference.tags.all():
        by_facet[tag.facet].append(tag.label)
    return [
        {"key": label, "value": ", ".join(by_facet[facet])}
        for facet, label in FACETS.items()
        if by_facet[facet]
    ]


def example_parts(reference: Reference) -> list[dict[str, str]]:
    """What a good-practice example tells, each under its question."""
    example = getattr(reference, "example", None)
    if example is None:
        return []
    return [
        {"heading": "Where it was", "text": example.place},
        {"heading": "What they did", "text": example.what_they_did},
        {"heading": "What came of it", "text": example.what_came_of_it or "Not known yet."},
        {"heading": "Who to ask", "text": example.whom_to_ask or "Nobody has been named."},
    ]


def example_now(form: Any, current: Reference) -> list[dict[str, str]]:
    """What an example tells now, for somebody who was writing meanwhile."""
    now = [("Title", current.title), ("What it is", current.plain_summary)]
    now += [(part["heading"], part["text"]) for part in example_parts(current)]
    return [{"key": key, "value": value} for key, value in now]


def step_when(step: JourneyStep) -> str:
    """March 2024; 2024 where the month is not known."""
    return f"{MONTHS[step.month - 1]} {step.year}" if step.month else str(step.year)


def journey(reference: Reference) -> list[dict[str, Any]]:
    if reference.kind != ReferenceKind.EXAMPLE:
        return []
    return [
        {"id": step.pk, "when": step_when(step), "text": step.what_happened}
        for step in reference.steps.all()
    ]


def added_in_words(record: ImportedReference) -> str:
    """What a record of a file added to a reference that was there."""
    words = [ADDED_WORDS[name] for name in record.added]
    if not words:
        return "Nothing was added to it."
    listed = " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return f"The file added {listed}."


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
