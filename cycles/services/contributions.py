"""What becomes of people's words: the answer, saying that it is none, and hearing how it goes on.

Lock order: the contributions, kind by kind and by key; the audit's head last.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from cycles.enums import ActionStatus, DecisionStatus
from cycles.models import Action, Decision
from cycles.notices.contributions import ACTION_MOVED
from cycles.notices.decisions import CONTRIBUTION_ANSWERED
from cycles.queries.contributions import KINDS, Contributed, authors_acted_on
from cycles.services import decisions
from stakeholders.enums import EngagementEffect
from vbc.core.database import database_now
from vbc.core.enums import ContributionStatus
from vbc.core.ids import new_public_id
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


class AnswerNeeded(Refused):
    """An answer without words, or without what became of it."""


class TooLate(Refused):
    """Rating has begun, so what was published for it stays."""


@transaction.atomic
def answer(
    things: Sequence[Contributed], *, status: str, text: str, effect: str = "", by: Any
) -> int:
    """Say what became of one or several contributions in one go, or why not; how many they were.

    Each author is told, and can see that others were given the same answer. What was taken back
    meanwhile needs none and is left out.
    """
    found = _locked(things)
    if not found:
        raise Refused("Choose what you answer. Nothing was saved.")
    group = new_public_id() if len(found) > 1 else ""
    for each in found:
        give_answer(each, status=status, text=text, effect=effect, group=group, by=by)
        audit.record(f"{each._meta.model_name}.answered", each, by=by, data={"status": each.status})
    return len(found)


def give_answer(
    contribution: Any, *, status: str, text: str, effect: str = "", group: str = "", by: Any
) -> None:
    """Put the answer on a locked contribution and tell its author, each time it changes.

    Where its author had said that the last answer was none, it is answered again. The author is not
    told of answers they gave themselves, and nobody whose account is closed is.
    """
    if status not in ContributionStatus.answered():
        raise AnswerNeeded("Choose what became of it. Nothing was saved.")
    if not text.strip():
        raise AnswerNeeded("Say what became of it, or why not. Nothing was saved.")
    now = timezone.now()
    contribution.status = ContributionStatus(status)
    contribution.answer = text
    contribution.answered_at, contribution.answered_by = now, by
    contribution.answer_group = group
    contribution.effect = EngagementEffect(effect) if effect else ""
    contribution.not_answered_at = None
    contribution.version += 1
    told = contribution.author_id != by.pk and notices.can_be_told(contribution.author)
    if told:
        contribution.author_told_at = now
    contribution.save(
        update_fields=[
            "status",
            "answer",
            "answered_at",
            "answered_by",
            "answer_group",
            "effect",
            "not_answered_at",
            "author_told_at",
            "version",
        ]
    )
    if told:
        once = str(contribution.version)
        notices.tell(contribution.author, CONTRIBUTION_ANSWERED, contribution, once=once)


@transaction.atomic
def say_not_answered(thing: Contributed, *, words: str, by: Any) -> None:
    """Its author says that the answer does not answer them, and why. It waits for one again."""
    found = _locked([thing])
    if not found or found[0].author_id != by.pk:
        raise Refused("Only the person who said this can say that it has not been answered.")
    contribution = found[0]
    if not contribution.is_answered:
        raise Refused("This waits for an answer already. Nothing was saved twice.")
    if not words.strip():
        raise Refused("Say in a sentence what the answer leaves open. Nothing was saved.")
    contribution.not_answered_at = database_now()
    contribution.not_answered_words = words.strip()
    contribution.version += 1
    contribution.save(update_fields=["not_answered_at", "not_answered_words", "version"])
    audit.record(f"{contribution._meta.model_name}.not_answered", contribution, by=by)


@transaction.atomic
def set_cut_off(decision: Decision, *, until: datetime | None, by: Any) -> None:
    """Publish until when what is said gets an answer before anything is recorded.

    None: all of it does. What is said later gets an answer too, and holds nothing up. From the
    first round on it stays as it is.
    """
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, DecisionStatus.PREPARING)
    if decision.rounds.exists():
        raise TooLate(
            "Rating has begun, and people said what they had to say in time for what was "
            "published. Nothing was changed."
        )
    if until is not None and until <= database_now():
        raise Refused("That moment is over. Nothing was changed: choose one that is still to come.")
    Decision.objects.filter(pk=decision.pk).update(answers_cover_until=until)
    data = {"until": until.isoformat() if until else None}
    audit.record("decision.cut_off_set", decision, by=by, data=data)


def tell_authors(
    decision: Decision, kind: str, thing: models.Model, once: str = "", *, by: Any = None
) -> None:
    """Tell whoever said something on the decision that was acted on that it has moved on.

    `kind` is a kind of notice about `thing`; each person hears once for each `once`, and `by`, who
    moved it, knows already. Called in the transaction of whatever moved.
    """
    people = [person for person in authors_acted_on(decision) if by is None or person.pk != by.pk]
    notices.tell_everyone(people, kind, thing, once=once)


def tell_of_action(action: Action, *, by: Any) -> None:
    """An action that belongs to a decision has started, is done, or has stopped."""
    if action.decision is not None and action.status != ActionStatus.PLANNED:
        once = f"{action.status}:{action.version}"
        tell_authors(action.decision, ACTION_MOVED, action, once, by=by)


def _locked(things: Sequence[Contributed]) -> list[Any]:
    """The things as they are now, locked, without what was taken back."""
    found: list[Any] = []
    for kind in KINDS:
        keys = [each.pk for each in things if isinstance(each, kind)]
        if keys:
            found += (
                kind._base_manager.select_for_update(of=("self",))
                .filter(pk__in=keys, withdrawn_at__isnull=True)
                .select_related("author")
                .order_by("pk")
            )
    return found
