"""What the pages around the record start from."""

from typing import Any

from cycles.models import Decision, Option
from cycles.presenters.results import result_page
from cycles.queries.going_against import withheld_pillars
from cycles.queries.options import options_with_what_is_known
from cycles.queries.records import sentences_of
from cycles.queries.results import audience_of, result_for
from cycles.services.readiness import missing_for_record
from stakeholders.enums import Pillar
from vbc.ui.sentences import joined


def record_page(decision: Decision, user: Any) -> dict[str, Any]:
    """The result, and what is missing whatever option is chosen."""
    options = list(options_with_what_is_known(decision))
    audience = audience_of(user, decision)
    missing = missing_for_record(decision, chosen=None, audience=audience, options=options)
    return result_page(decision, user, options) | {
        "missing": missing,
        "without_sentence": [
            (option, joined(silent)) for option in options if (silent := _silent_on(option))
        ],
    }


def _silent_on(option: Option) -> list[str]:
    """The pillars that have agreed no sentence about an option, as they stand in a sentence."""
    said = sentences_of(option)
    return [Pillar(pillar).label.lower() for pillar, text in said.items() if not text]


def withheld_from(user: Any, decision: Decision) -> str:
    """The people of whom it is not shown to this reader what they want, in words; else empty."""
    people = {
        Pillar.SERVICE_USERS_AND_CARERS: "service users and carers",
        Pillar.CLINICAL: "clinicians",
    }
    withheld = withheld_pillars(result_for(decision, audience_of(user, decision)))
    return " and ".join(people[pillar] for pillar in withheld)


def sentence_values(option: Option, pillar: str) -> dict[str, Any]:
    """The sentence as it stands, with its version; empty where there is none."""
    sentence = option.sentences.filter(pillar=pillar).first()
    return {} if sentence is None else {"text": sentence.text, "version": sentence.version}


def heard_values(decision: Decision, pillar: str, user: Any) -> dict[str, Any]:
    """What this reader said before. What others say is not theirs to change."""
    view = decision.pillar_views.filter(pillar=pillar, said_by=user).first()
    if view is None:
        return {}
    return {"feels_heard": "yes" if view.feels_heard else "no", "comment": view.comment}
