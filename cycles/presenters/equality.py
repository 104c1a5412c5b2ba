"""An equality assessment on its page, and in a few words elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cycles.enums import (
    GROUPS_OF,
    SAME_PEOPLE,
    Duty,
    EqualityGroup,
    EqualityList,
    Screening,
)
from cycles.models import Decision, DutyEntry, EqualityAssessment, EqualityEdition, EqualityImpact
from cycles.permissions.equality import may_publish_equality, may_write_equality
from cycles.queries.equality import (
    assessment_of,
    duty_entries_of,
    editions_of,
    impacts_of,
)
from cycles.services.equality import HARMS, missing_to_publish
from vbc.ui.dates import day_in_words

# The parts of the page in their order: address, heading, and its texts by the name of their field.
PARTS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    (
        "about",
        "What it is about",
        (
            ("What the decision is meant to bring", "intended_outcomes"),
            ("Whom it touches", "who_is_affected"),
            ("Who was asked, and what they said", "engagement"),
        ),
    ),
    (
        "first-look",
        "The first look",
        (("What it found", "screening_label"), ("Why", "screening_reason")),
    ),
    (
        "aims",
        "Three things the law asks for",
        (
            ("Ending unfair treatment and harassment", "ends_discrimination"),
            ("A more equal chance", "advances_equality"),
            ("Bringing people together", "fosters_relations"),
        ),
    ),
    (
        "providers",
        "Those we buy from",
        (("How they look at their own services", "providers_screen"),),
    ),
    ("summary", "What we found", (("In plain words", "summary"),)),
    (
        "looking-after",
        "Who looks after it",
        (("Who", "owner"), ("Looked at again on", "review_on")),
    ),
)
HEADINGS = {address: heading for address, heading, _ in PARTS}
LIST_NOTES: dict[str, str] = {
    EqualityList.SIX_GROUPS: (
        "From the guidance of December 2009, the Commissioning Friend for Mental Health Services."
    ),
    EqualityList.EQUALITY_ACT: (
        "The nine of the Equality Act 2010, which is the law today, and people who care for "
        "somebody."
    ),
}
NOTHING_YET = "Nothing is said yet."


@dataclass(frozen=True)
class Summary:
    """The assessment in a few words, for the pages of the decision, the record and the board."""

    sentence: str
    found: str
    harms: tuple[str, ...]
    url: str


def page(decision: Decision, user: Any) -> dict[str, Any]:
    """Everything the page shows, for this reader."""
    assessment = assessment_of(decision)
    said = impacts_of(assessment)
    may_write = bool(may_write_equality(user, decision, assessment))
    may_publish = bool(may_publish_equality(user, decision))
    editions = list(editions_of(assessment))
    return {
        "decision": decision,
        "cycle": decision.cycle,
        "assessment": assessment,
        "sentence": status_sentence(assessment, editions),
        "parts": [_part(decision, assessment, *part, may_write=may_write) for part in PARTS],
        "lists": [
            {
                "label": EqualityList(each).label,
                "note": LIST_NOTES[each],
                "rows": [
                    _group_row(decision, assessment, group, said.get(group), may_write=may_write)
                    for group in groups
                ],
            }
            for each, groups in GROUPS_OF.items()
        ],
        "duties": duties_in_words(duty_entries_of(assessment)),
        "editions": editions,
        "missing": missing_to_publish(decision) if may_write or may_publish else [],
        "may_write": may_write,
        "may_publish": may_publish and not (assessment and assessment.is_published),
    }


def status_sentence(assessment: EqualityAssessment | None, editions: list[EqualityEdition]) -> str:
    """How far it is, in words."""
    if assessment is None:
        return "Nobody has begun it yet. The first look is the beginning."
    if not editions:
        return "It is being written. It is not published yet."
    newest = editions[0]
    on = day_in_words(newest.published_at)
    if not assessment.is_published:
        return (
            f"It was changed after it was published on {on}. What was published can still be read "
            "below. What you see here counts once it is published again."
        )
    again = ""
    if assessment.review_on and assessment.review_on <= timezone.localdate():
        again = " The day on which it is looked at again has come."
    return f"It is published as it stands here, since {on}.{again}"


def duties_in_words(entries: list[DutyEntry]) -> dict[str, Any]:
    """The duties for which something was done, with what; and those for which nothing was yet."""
    by_duty = {duty: [each for each in entries if each.duty == duty] for duty in Duty}
    return {
        "met": [{"label": duty.label, "entries": done} for duty, done in by_duty.items() if done],
        "open": [duty.label for duty, done in by_duty.items() if not done],
    }


def summary(decision: Decision, newest: EqualityEdition | None) -> Summary:
    """What the newest published edition found; the page says the rest."""
    url = reverse("cycles:equality", args=[decision.cycle.slug, decision.public_id])
    if newest is None:
        return Summary("No equality assessment is published yet.", "", (), url)
    words = newest.words
    kind = (
        "A full assessment was made."
        if words["screening"] == Screening.FULL
        else f"A first look was enough, because: {words['screening_reason']}"
    )
    return Summary(
        sentence=f"{kind} Published on {day_in_words(newest.published_at)}.",
        found=words["summary"],
        harms=harms_in_words(words),
        url=url,
    )


def harms_in_words(words: dict[str, Any]) -> tuple[str, ...]:
    """What is done where it is worse, each with the groups it is done for; where both lists name
    the same people, once."""
    groups: dict[str, dict[str, str]] = {}
    for each in words["lists"]:
        for group in each["groups"]:
            if group["effect"] not in HARMS:
                continue
            named = groups.setdefault(group["mitigation"], {})
            if SAME_PEOPLE.get(group["key"]) not in named:
                named[group["key"]] = group["label"]
    return tuple(f"{'; '.join(named.values())}: {done}" for done, named in groups.items())


def edition_page(edition: EqualityEdition) -> dict[str, Any]:
    """A published edition as it was frozen, for anybody."""
    words = {**edition.words, "owner": owner_of(edition)}
    return {
        "edition": edition,
        "words": words,
        "organisation": edition.assessment.decision.cycle.organisation,
        "parts": [
            {
                "heading": heading,
                "rows": [
                    {"key": label, "value": _day(name, words[name])}
                    for label, name in texts
                    if words[name]
                ],
            }
            for _, heading, texts in PARTS
            if any(words[name] for _, name in texts)
        ],
        "lists": [
            {
                "label": each["label"],
                "rows": [
                    {"key": group["label"], "value": _group_words(group, words["screening_reason"])}
                    for group in each["groups"]
                ],
            }
            for each in words["lists"]
        ],
    }


def owner_of(edition: EqualityEdition) -> str:
    """The name of whoever looks after it, as they go by today; empty where it is not known."""
    return edition.owner.display_name if edition.owner else ""


def group_label(group: str) -> str:
    return EqualityGroup(group).label


def _part(
    decision: Decision,
    assessment: EqualityAssessment | None,
    address: str,
    heading: str,
    texts: tuple[tuple[str, str], ...],
    *,
    may_write: bool,
) -> dict[str, Any]:
    where = [decision.cycle.slug, decision.public_id, address]
    return {
        "heading": heading,
        "url": reverse("cycles:equality-part", args=where) if may_write else "",
        "rows": [{"key": label, "value": _said(assessment, name)} for label, name in texts],
        "is_empty": not any(_has(assessment, name) for _, name in texts),
    }


def _has(assessment: EqualityAssessment | None, name: str) -> bool:
    field = "screening" if name == "screening_label" else name
    return bool(getattr(assessment, field, None))


def _said(assessment: EqualityAssessment | None, name: str) -> str:
    if assessment is None or not _has(assessment, name):
        return NOTHING_YET
    if name == "screening_label":
        return str(assessment.get_screening_display())
    if name == "owner":
        return str(assessment.owner.display_name) if assessment.owner else NOTHING_YET
    value = getattr(assessment, name)
    return day_in_words(value) if name == "review_on" else str(value)


def _group_row(
    decision: Decision,
    assessment: EqualityAssessment | None,
    group: EqualityGroup,
    impact: EqualityImpact | None,
    *,
    may_write: bool,
) -> dict[str, Any]:
    row: dict[str, Any] = {"key": group.label, "value": NOTHING_YET}
    if impact is not None:
        row["value"] = _group_words(
            {
                "effect_label": impact.get_effect_display(),
                "evidence": impact.evidence,
                "mitigation": impact.mitigation,
            },
            "",
        )
    elif assessment is not None and assessment.screening == Screening.ENOUGH:
        row["value"] = _not_looked_at(assessment.screening_reason)
    if may_write:
        where = [decision.cycle.slug, decision.public_id, group.value]
        row["actions"] = [
            {
                "text": "Change" if impact else "Say something",
                "url": reverse("cycles:equality-group", args=where),
                "hidden": f"about {group.label}",
            }
        ]
    return row


def _group_words(group: dict[str, str], reason: str) -> str:
    if not group["effect_label"]:
        return _not_looked_at(reason)
    said = [f"{group['effect_label']}.", group["evidence"]]
    if group["mitigation"]:
        said.append(f"What we do about it: {group['mitigation']}")
    return "\n".join(said)


def _not_looked_at(reason: str) -> str:
    return f"Not looked at, because: {reason}"


def _day(name: str, value: str) -> str:
    return day_in_words(date.fromisoformat(value)) if name == "review_on" else value
