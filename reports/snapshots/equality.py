"""The facts of an equality impact assessment: the newest edition that anybody can read."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate

from cycles.enums import Duty, Screening
from cycles.models import Decision
from cycles.presenters.equality import LIST_NOTES, PARTS, harms_in_words, owner_of
from cycles.queries.equality import assessment_of, editions_of, newest_edition_of
from reports.snapshots.strategy import cycle_facts
from vbc.core.refusals import Refused

# What stands in a section of its own, before or after the others.
ASIDE = {"summary", "looking-after"}


class NothingPublished(Refused):
    """No edition of the assessment has been published yet."""


def facts(decision: Decision) -> dict[str, Any]:
    """Everything of the newest published edition, word for word. What was changed since and is not
    published is in none of it. Raises `NothingPublished`."""
    newest = newest_edition_of(decision)
    if newest is None:
        raise NothingPublished(
            "No equality impact assessment of this decision is published yet, so there is nothing "
            "to print. Nothing was changed. Publish it on its page, then ask for the document "
            "again."
        )
    words = newest.words
    editions = editions_of(assessment_of(decision)).order_by("number")
    return {
        "title": f"Equality impact assessment: {words['title']}",
        "cycle": cycle_facts(decision.cycle),
        "equality": {
            "edition": newest.number,
            "published_on": localdate(newest.published_at),
            "question": words["question"],
            "summary": words["summary"],
            "in_full": words["screening"] == Screening.FULL,
            "harms": list(harms_in_words(words)),
            "parts": [
                {
                    "key": key,
                    "heading": heading,
                    "texts": [
                        {"label": label, "text": words[name]}
                        for label, name in texts
                        if words[name]
                    ],
                }
                for key, heading, texts in PARTS
                if key not in ASIDE and any(words[name] for _, name in texts)
            ],
            "lists": [
                {"label": each["label"], "note": note, "groups": each["groups"]}
                # Editions keep both lists, in the order of the notes.
                for each, note in zip(words["lists"], LIST_NOTES.values(), strict=True)
            ],
            **_duties(words),
            "owner": owner_of(newest),
            "review_on": words["review_on"],
            "editions": [
                {"number": each.number, "published_on": localdate(each.published_at)}
                for each in editions
            ],
        },
    }


def _duties(words: Mapping[str, Any]) -> dict[str, Any]:
    """The log duty by duty, and the duties for which nothing stands in it."""
    log = words["duties"]
    labels = dict.fromkeys(each["duty"] for each in log)
    return {
        "duties": [
            {
                "label": label,
                "entries": [
                    {"on": each["on"], "what_was_done": each["what_was_done"]}
                    for each in log
                    if each["duty"] == label
                ],
            }
            for label in labels
        ],
        "duties_open": [duty.label for duty in Duty if duty.label not in labels],
    }
