"""What has been said beside the numbers: sentences, who feels heard, statements."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cycles.enums import Heard
from cycles.models import Decision, Option
from cycles.queries.statements import statements_shown
from stakeholders.enums import Pillar


def sentences_of(option: Option) -> dict[str, str]:
    """What each pillar agreed about an option, by pillar; empty where it has not yet."""
    texts = {sentence.pillar: sentence.text for sentence in option.sentences.all()}
    return {pillar: texts.get(pillar, "") for pillar in Pillar.values}


@dataclass(frozen=True)
class PillarHeard:
    """What the people of a pillar say together of being heard: nothing yet, yes where all who said
    anything say yes, else no. Every no keeps its words. Neither who said it nor how many."""

    feels: Heard | None
    words_of_no: tuple[str, ...] = ()
    words_of_yes: tuple[str, ...] = ()


def heard_by_pillar(decision: Decision) -> dict[str, PillarHeard]:
    """What each pillar says of being heard, in their order."""
    views = sorted(decision.pillar_views.all(), key=lambda view: view.pk)
    return {
        pillar: _together([view for view in views if view.pillar == pillar])
        for pillar in Pillar.values
    }


def _together(views: list[Any]) -> PillarHeard:
    said = {view.feels_heard for view in views}
    if not said:
        return PillarHeard(None)
    feels = Heard.NOT_ALL if len(said) == 2 else Heard.YES if True in said else Heard.NO
    words = {
        each: tuple(view.comment for view in views if view.comment and view.feels_heard is each)
        for each in (True, False)
    }
    return PillarHeard(feels, words_of_no=words[False], words_of_yes=words[True])


def minority_statements_of(decision: Decision) -> QuerySet[Any]:
    """The statements that stand beside the record as they may be shown, each with `shown_text`."""
    return statements_shown(decision)
