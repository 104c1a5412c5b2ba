"""What has been said beside the numbers: sentences, who feels heard, statements."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from cycles.models import Decision, Option, PillarView
from cycles.queries.statements import statements_shown
from stakeholders.enums import Pillar


def sentences_of(option: Option) -> dict[str, str]:
    """What each pillar agreed about an option, by pillar; empty where it has not yet."""
    texts = {sentence.pillar: sentence.text for sentence in option.sentences.all()}
    return {pillar: texts.get(pillar, "") for pillar in Pillar.values}


def views_of(decision: Decision) -> Mapping[str, PillarView]:
    """Whether each pillar that has said so feels heard, by pillar."""
    return {view.pillar: view for view in decision.pillar_views.all()}


def minority_statements_of(decision: Decision) -> QuerySet[Any]:
    """The statements that stand beside the record as they may be shown, each with `shown_text`."""
    return statements_shown(decision)
