"""What the pages around the record start from."""

from typing import Any

from cycles.models import Decision, Option
from cycles.presenters.results import result_page
from cycles.queries.records import views_of
from cycles.queries.results import audience_of
from cycles.services.records import missing_for_record


def record_page(decision: Decision, user: Any) -> dict[str, Any]:
    """The result, and what is missing whatever option is chosen."""
    audience = audience_of(user, decision)
    missing = missing_for_record(decision, chosen=None, audience=audience)
    return result_page(decision, user) | {"missing": missing}


def sentence_values(option: Option, pillar: str) -> dict[str, Any]:
    """The sentence as it stands, with its version; empty where there is none."""
    sentence = option.sentences.filter(pillar=pillar).first()
    return {} if sentence is None else {"text": sentence.text, "version": sentence.version}


def heard_values(decision: Decision, pillar: str) -> dict[str, Any]:
    """What the pillar said before."""
    view = views_of(decision).get(pillar)
    if view is None:
        return {}
    return {"feels_heard": "yes" if view.feels_heard else "no", "comment": view.comment}
