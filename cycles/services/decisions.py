"""Putting a question to the panel."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from cycles.enums import Ballot, BallotMethod, DecisionKind, DecisionStatus, Stage
from cycles.models import Cycle, Decision, OptionsReopening
from cycles.notices.options import OPTIONS_REOPENED
from cycles.permissions.decisions import RATED_BEFORE
from cycles.queries.options import as_they_stand
from stakeholders.enums import Pillar
from stakeholders.queries.panels import panel_people
from vbc.core.database import database_now, retrying
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

EDITABLE = frozenset({"title", "question", "why", "kind", "method", "ballot"})
EASY_WORDS_OF_THE_END = ("easy_decided", *(f"easy_{pillar}" for pillar in Pillar.values))
EASY_WORDS = ("easy_question", "easy_why", *EASY_WORDS_OF_THE_END)


class NotNow(Refused):
    """The decision, or its cycle, is not where this can be done."""


@transaction.atomic
def propose(
    cycle: Cycle,
    *,
    title: str,
    question: str,
    why: str,
    kind: str = DecisionKind.ORDINARY,
    method: str = BallotMethod.RATING,
    ballot: str = Ballot.SECRET,
    by: Any,
) -> Decision:
    """A decision that is being prepared: options, evidence and comments can be added."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.stage not in (Stage.ANALYSE, Stage.PLAN):
        raise NotNow(
            "Decisions are prepared in the stages Analyse and Plan. Nothing was added. "
            "To decide something more, take the cycle back to Plan first."
        )
    decision = Decision.objects.create(
        cycle=cycle,
        title=title,
        question=question,
        why=why,
        kind=DecisionKind(kind),
        method=BallotMethod(method),
        ballot=Ballot(ballot),
        created_by=by,
    )
    audit.record("decision.proposed", decision, by=by, data=_how(decision))
    return decision


@transaction.atomic
def edit(decision: Decision, *, expected: int, fields: dict[str, Any], by: Any) -> None:
    """Change the question, how members answer it or how ballots are kept, until the first round
    opens.

    Raises EditedMeanwhile where someone saved it since version `expected`.
    """
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not a decision's to edit: {', '.join(sorted(unknown))}.")
    locked = lock(decision)
    refuse_unless(locked, DecisionStatus.PREPARING)
    is_another_way = any(
        fields.get(name, getattr(locked, name)) != getattr(locked, name)
        for name in ("ballot", "method")
    )
    if is_another_way and locked.rounds.exists():
        raise NotNow(f"{RATED_BEFORE} Nothing was saved.")
    if locked.ballot == Ballot.ALL_SECRET != fields.get("ballot", locked.ballot):
        raise NotNow(
            "A clinician asked that what is given for clinical expertise be secret, and it stays "
            "so. Nothing was saved."
        )
    save_version(decision, expected=expected, fields=fields)
    audit.record(
        "decision.edited", decision, by=by, data={"fields": sorted(fields)} | _how(decision)
    )


@transaction.atomic
def write_easy_words(
    decision: Decision, *, expected: int, fields: Mapping[str, str], by: Any
) -> None:
    """Say the question in easy words and, once it is settled, what was decided and what each pillar
    says. It changes nothing of what is rated or recorded, so it can be done at any time.

    Raises EditedMeanwhile where someone saved it since version `expected`.
    """
    if unknown := set(fields) - set(EASY_WORDS):
        raise ValueError(f"Not easy words: {', '.join(sorted(unknown))}.")
    written = {name: words.strip() for name, words in fields.items()}
    save_version(decision, expected=expected, fields=written)
    data = {"written": sum(bool(words) for words in written.values()), "of": len(written)}
    audit.record("decision.easy_words", decision, by=by, data=data)


@transaction.atomic
def keep_clinical_secret(decision: Decision, *, by: Any) -> None:
    """Keep what is given for clinical expertise secret too, for all who give it: one name taken
    from the others' would give that one away. Whoever asks is not named, and it stays so.

    Until the first round opens; asking twice changes nothing.
    """
    locked = lock(decision)
    refuse_unless(locked, DecisionStatus.PREPARING)
    if locked.ballot == Ballot.ALL_SECRET:
        return
    if locked.ballot == Ballot.OPEN:
        raise NotNow(
            "The panel chose open ballots for everyone. Nothing was changed. Ask the people who "
            "run the cycle to change that first."
        )
    if locked.rounds.exists():
        raise NotNow(f"{RATED_BEFORE} Nothing was saved.")
    Decision.objects.filter(pk=locked.pk).update(ballot=Ballot.ALL_SECRET, version=F("version") + 1)
    audit.record("decision.kept_secret", locked, by=by, data={"ballot": Ballot.ALL_SECRET})


@retrying
@transaction.atomic
def reopen_options(decision: Decision, *, reason: str, by: Any) -> OptionsReopening:
    """Open the options for change again, once a round has closed and before anything is recorded.

    What was given in the rounds before stays as history, beside the options as they stood then; it
    counts no longer, and nothing can be recorded before another round. Everyone on the panel is
    told. While a round is open, nothing moves.
    """
    cycle = Cycle.objects.select_for_update().get(pk=decision.cycle_id)
    if cycle.stage != Stage.PLAN:
        raise NotNow(
            "Rating belongs to the stage Plan, and options that change have to be rated again. "
            "Nothing was changed. Take the cycle back to Plan first."
        )
    locked = lock(decision)
    if locked.status == DecisionStatus.RATING:
        raise NotNow(
            "A round is open, so everyone rates the same thing to the end. Nothing was changed. "
            "Once it has closed, the options can be opened again."
        )
    refuse_unless(locked, DecisionStatus.WEIGHING)
    if not reason.strip():
        raise Refused("Say why the options are opened again. Nothing was changed.")
    reopening = OptionsReopening.objects.create(
        decision=locked,
        reason=reason.strip(),
        stood=as_they_stand(locked),
        at=database_now(),
        by=by,
    )
    move(locked, DecisionStatus.PREPARING)
    people = panel_people(cycle.panel) if cycle.panel else []
    others = [person for person in people if person.pk != by.pk]
    notices.tell_everyone(others, OPTIONS_REOPENED, reopening)
    data = {"rounds": locked.rounds.count(), "options": [each["id"] for each in reopening.stood]}
    audit.record("options.reopened", reopening, by=by, data=data)
    return reopening


def lock(decision: Decision) -> Decision:
    """The decision as it is now, locked to the end of the transaction.

    Whoever also locks its cycle or panel has done so before.
    """
    return Decision.objects.select_for_update().get(pk=decision.pk)


def refuse_unless(decision: Decision, *statuses: str) -> None:
    """Raise NotNow, in words that say what can be done, unless the decision is in `statuses`."""
    if decision.status not in statuses:
        raise NotNow(_WHAT_NOW[decision.status])


def move(decision: Decision, status: str) -> None:
    """Set the status of a locked decision. Only `rounds`, `records` and this module call this."""
    Decision.objects.filter(pk=decision.pk).update(status=status)
    decision.status = status


def _how(decision: Decision) -> dict[str, Any]:
    """How members answer, and how that is kept: what an entry of the audit says of a decision."""
    return {"method": decision.method, "ballot": decision.ballot}


_SETTLED = (
    "This decision is settled, so it can be read but not changed. Nothing was saved. "
    "A change of mind is a new decision."
)
_WHAT_NOW: dict[str, str] = {
    DecisionStatus.PREPARING: (
        "This decision is still being prepared: rating has not begun. Nothing was saved."
    ),
    DecisionStatus.RATING: (
        "Rating has begun, so the question and its options stay as they are, and the result is "
        "not known before the close. Nothing was saved. You can still write a comment."
    ),
    DecisionStatus.WEIGHING: (
        "Rating has closed and the result is being talked about. Nothing was saved. "
        "You can still write a comment."
    ),
    DecisionStatus.RECORDED: _SETTLED,
    DecisionStatus.DEFERRED: _SETTLED,
}
