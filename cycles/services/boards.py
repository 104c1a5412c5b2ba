"""What a board makes of a panel's decision."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import BoardAnswerKind, DecisionStatus
from cycles.models import BoardAnswer, Decision
from cycles.notices.boards import BOARD_ANSWERED
from cycles.queries.boards import contributors_of
from cycles.services import decisions
from cycles.services.cycles import locked_for
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


@transaction.atomic
def answer(
    decision: Decision,
    *,
    body: str,
    met_on: date,
    minute: str,
    answer: str,
    why: str,
    what_changed: str = "",
    by: Any,
) -> BoardAnswer:
    """Write down what the board answered. A board that thinks again answers again; the same again
    changes nothing.

    Every member of the panel is told, and everyone whose words stand on the decision.
    """
    cycle = locked_for("edit_cycle", decision.cycle)
    decision = decisions.lock(decision)
    decision.cycle = cycle
    if decision.status != DecisionStatus.RECORDED:
        raise Refused("A board answers what the panel has decided. Nothing was saved.")
    if met_on > timezone.localdate():
        raise Refused("The day on which the board met has not come yet. Nothing was saved.")
    kind = BoardAnswerKind(answer)
    if not why.strip():
        raise Refused("Say why the board answered so. Nothing was saved.")
    if kind == BoardAnswerKind.VARIED and not what_changed.strip():
        raise Refused("Say what the board changed. Nothing was saved.")
    words = {
        "body": body.strip(),
        "met_on": met_on,
        "minute": minute.strip(),
        "answer": kind,
        "what_changed": what_changed.strip() if kind == BoardAnswerKind.VARIED else "",
        "why": why.strip(),
    }
    newest = decision.board_answers.order_by("-entered_at", "-pk").first()
    if newest is not None and all(getattr(newest, name) == text for name, text in words.items()):
        return newest
    written = BoardAnswer.objects.create(
        decision=decision, **words, entered_at=timezone.now(), entered_by=by
    )
    people = {each.pk: each for each in contributors_of(decision)}
    if cycle.panel is not None:
        people |= {each.pk: each for each in panel_people(cycle.panel)}
    notices.tell_everyone(people.values(), BOARD_ANSWERED, written)
    audit.record("board.answered", written, by=by, data={"answer": written.answer})
    return written
