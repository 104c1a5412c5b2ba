"""What each pillar says in words, and the record of what was decided and why.

The software never decides. `readiness` says what is missing before a decision can be recorded.
Lock order of a record: cycle, panel, decision; the audit's head last.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import DecisionStatus, RecordType
from cycles.gates import Blocker
from cycles.models import (
    Decision,
    DecisionRecord,
    MinorityStatement,
    Option,
    PillarSentence,
    PillarView,
)
from cycles.notices.decisions import DECISION_RECORDED
from cycles.permissions.records import CAME_LATER, pillar_of, was_there
from cycles.queries.decisions import unanswered
from cycles.queries.results import audience_of
from cycles.queries.rounds import last_closed_round, open_round_of, service_users_who_took_part
from cycles.services import decisions, signatures
from cycles.services.contributions import give_answer
from cycles.services.cycles import locked_for
from cycles.services.readiness import missing_for_record, still_open
from cycles.services.rounds import lock_panel, refuse_unless_sitting
from stakeholders.enums import Pillar
from stakeholders.queries.panels import panel_people
from vbc.core.database import database_now
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import EditedMeanwhile, save_version

_CHOSEN = "The panel chose this. Why is in the record of the decision."
_NOT_CHOSEN = "The panel did not choose this. Why is in the record of the decision."


class NotThatPillar(Refused):
    """A pillar is spoken for by its own members only."""


class NotYetRecordable(Refused):
    """The decision cannot be recorded yet. `missing` says everything that is, with links."""

    def __init__(self, missing: Sequence[Blocker]) -> None:
        self.missing = tuple(missing)
        listed = " ".join(blocker.text for blocker in self.missing)
        super().__init__(f"This cannot be recorded yet. Nothing was saved. {listed}")


@transaction.atomic
def agree_sentence(
    option: Option, *, pillar: str, text: str, expected: int | None = None, by: Any
) -> PillarSentence:
    """Write down the sentence that a pillar agreed about an option, or change it.

    It is always publishable, so it names nobody. `expected` is the version that was opened, None
    for a first one. Raises EditedMeanwhile, NotThatPillar.
    """
    decision = decisions.lock(option.decision)
    decisions.refuse_unless(decision, DecisionStatus.WEIGHING)
    _refuse_other_pillar(decision, pillar, by)
    if not text.strip():
        raise Refused("Write one sentence. Nothing was saved.")
    now = database_now()
    sentence = (
        PillarSentence.objects.select_for_update().filter(option=option, pillar=pillar).first()
    )
    if sentence is None:
        sentence = PillarSentence.objects.create(
            option=option, pillar=Pillar(pillar), text=text, written_at=now, written_by=by
        )
    elif expected is None:
        raise EditedMeanwhile(sentence)
    else:
        fields = {"text": text, "written_by": by, "written_at": now}
        save_version(sentence, expected=expected, fields=fields)
    data = {"option": option.public_id, "version": sentence.version}
    audit.record("sentence.agreed", sentence, by=by, data=data)
    return sentence


@transaction.atomic
def say_heard(
    decision: Decision, *, pillar: str, feels_heard: bool, comment: str = "", by: Any
) -> PillarView:
    """Say for oneself, as one of a pillar, whether one feels heard, or say it anew.

    It takes no other's answer away. This is not the same as agreeing. Raises NotThatPillar.
    """
    decision = decisions.lock(decision)
    decisions.refuse_unless(decision, DecisionStatus.WEIGHING, DecisionStatus.RECORDED)
    _refuse_other_pillar(decision, pillar, by)
    if not was_there(by, decision):
        raise NotThatPillar(f"{CAME_LATER} Nothing was saved.")
    view, _ = PillarView.objects.update_or_create(
        decision=decision,
        pillar=Pillar(pillar),
        said_by=by,
        defaults={
            "feels_heard": feels_heard,
            "comment": comment,
            "said_at": timezone.now(),
        },
    )
    audit.record("pillar.heard_or_not", view, by=by, data={"decision": decision.public_id})
    return view


@transaction.atomic
def add_minority_statement(
    decision: Decision, *, text: str, shown_with_name: bool, by: Any
) -> MinorityStatement:
    """Let a member's words stand beside the record, word for word. They cannot be changed.

    The same words sent twice stand once: taking one of two back would be told in every document.
    """
    decision = decisions.lock(decision)
    decisions.refuse_unless(
        decision, DecisionStatus.WEIGHING, DecisionStatus.RECORDED, DecisionStatus.DEFERRED
    )
    if not text.strip():
        raise Refused("Write what you want to say. Nothing was saved.")
    said = {"author": by, "text": text, "shown_with_name": shown_with_name}
    stands = decision.minority_statements.filter(**said, withdrawal__isnull=True).first()
    if stands is not None:
        return stands
    statement = MinorityStatement.objects.create(decision=decision, **said)
    audit.record(
        "minority_statement.made", statement, by=by, data={"shown_with_name": shown_with_name}
    )
    return statement


@transaction.atomic
def record(
    decision: Decision,
    *,
    record_type: str,
    chosen: Option | None,
    reasons: str,
    values_in_play: str = "",
    against_pillar_reason: str = "",
    goes_against_unseen: bool | None = None,
    review_on: date | None = None,
    by: Any,
) -> DecisionRecord:
    """Write down what the panel decided, or that it decides nothing now. It is written once.

    `goes_against_unseen` answers, where a pillar's number is withheld from `by`, whether the choice
    goes against what that pillar wants; yes needs a reason as well. Every option still without an
    answer gets one, every author and member is told, and members who use services are asked to sign
    it. On `review_on` the panel and who runs the cycle are reminded to look at it again. Raises
    NotYetRecordable with everything that is missing, PanelWaiting, NotOpenNow.
    """
    decision.cycle = locked_for("edit_cycle", decision.cycle)
    panel = lock_panel(decision)
    refuse_unless_sitting(panel)
    decision = decisions.lock(decision)
    if hasattr(decision, "record"):
        raise decisions.NotNow("This decision is recorded. A change of mind is a new decision.")
    deferred = record_type == RecordType.DEFERRED
    _refuse_bad_choice(decision, chosen, deferred)
    if not reasons.strip():
        raise Refused("Say why. Nothing was saved.")
    if review_on is not None and review_on <= timezone.localdate():
        raise Refused("Choose a day to come on which it is looked at again. Nothing was saved.")
    if deferred:
        if open_round_of(decision) is not None:
            raise NotYetRecordable([still_open(decision)])
    else:
        missing = missing_for_record(
            decision,
            chosen=chosen,
            audience=audience_of(by, decision),
            has_reason_against_pillar=bool(against_pillar_reason.strip()),
            goes_against_unseen=goes_against_unseen,
        )
        if missing:
            raise NotYetRecordable(missing)
    written = _write(
        decision,
        by=by,
        record_type=RecordType(record_type),
        chosen=chosen,
        reasons=reasons,
        values_in_play=values_in_play,
        against_pillar_reason=against_pillar_reason.strip(),
        review_on=review_on,
    )
    decisions.move(decision, DecisionStatus.DEFERRED if deferred else DecisionStatus.RECORDED)
    if chosen is not None:
        _answer_options(decision, chosen, by=by)
    notices.tell_everyone(panel_people(panel), DECISION_RECORDED, decision)
    signatures.ask(written)
    data = {
        "record_type": record_type,
        "chosen": chosen.public_id if chosen else None,
        "goes_against_a_pillar": bool(against_pillar_reason.strip()),
        "goes_against_unseen": goes_against_unseen,
    }
    audit.record("decision.recorded", decision, by=by, data=data)
    return written


def _write(decision: Decision, *, by: Any, **words: Any) -> DecisionRecord:
    round_ = last_closed_round(decision)
    return DecisionRecord.objects.create(
        decision=decision,
        against_pillar_by=by if words["against_pillar_reason"] else None,
        service_users_took_part=service_users_who_took_part(round_) if round_ else 0,
        recorded_at=timezone.now(),
        recorded_by=by,
        **words,
    )


def _answer_options(decision: Decision, chosen: Option, *, by: Any) -> None:
    """An option's answer is whether it was chosen; one answered before keeps its answer."""
    waiting = unanswered(decision)["options"].select_for_update(of=("self",))
    for option in waiting:
        is_chosen = option.pk == chosen.pk
        give_answer(
            option,
            status=ContributionStatus.ACTED_ON if is_chosen else ContributionStatus.NOT_ACTED_ON,
            text=_CHOSEN if is_chosen else _NOT_CHOSEN,
            by=by,
        )


def _refuse_bad_choice(decision: Decision, chosen: Option | None, deferred: bool) -> None:
    if deferred != (chosen is None):
        raise Refused("Choose an option, or say that the decision is deferred. Nothing was saved.")
    if chosen is not None and (
        chosen.decision_id != decision.pk or chosen.withdrawn_at is not None
    ):
        raise Refused("That option is not part of this decision. Nothing was saved.")


def _refuse_other_pillar(decision: Decision, pillar: str, by: Any) -> None:
    if pillar_of(by, decision) != pillar:
        raise NotThatPillar(
            "Each pillar's words are written by those who speak for it. Nothing was saved."
        )
