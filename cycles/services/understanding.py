"""How people see the problem itself, before anybody speaks of options.

Lock order: cycle; the audit's head last.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import UnderstandingKey
from cycles.models import Cycle, Understanding
from cycles.services import contributions
from cycles.services.cycles import locked_for
from stakeholders.enums import PILLAR_OF
from stakeholders.queries.panels import part_of
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version


class AnsweredMeanwhile(Refused):
    """It has had an answer, which stands beside the words that it answers."""


@transaction.atomic
def say(cycle: Cycle, *, text: str, key: str = "", by: Any) -> Understanding:
    """Say how one sees the problem. It stands with the pillar that `by` speaks for, if any."""
    cycle = locked_for("say_understanding", cycle)
    seat = part_of(by, cycle.panel)
    said = Understanding.objects.create(
        cycle=cycle,
        key=UnderstandingKey(key) if key else "",
        pillar=PILLAR_OF.get(seat.perspective, "") if seat else "",
        text=_words(text),
        author=by,
    )
    audit.record("understanding.said", said, by=by, data={"cycle": cycle.public_id})
    return said


@transaction.atomic
def edit(said: Understanding, *, expected: int, text: str, key: str = "", by: Any) -> None:
    """Its author changes it, until it has been answered. Raises EditedMeanwhile."""
    locked_for("say_understanding", said.cycle)
    now = _locked(said)
    if now.answered_at is not None:
        raise AnsweredMeanwhile(
            "This has had an answer meanwhile, so it stays as it is. Nothing was saved: write what "
            "you want to add as something new."
        )
    if now.withdrawn_at is not None:
        raise Refused("You have taken this back, so it is no longer shown. Nothing was saved.")
    fields = {"text": _words(text), "key": UnderstandingKey(key) if key else ""}
    save_version(said, expected=expected, fields=fields)
    audit.record("understanding.edited", said, by=by)


@transaction.atomic
def withdraw(said: Understanding, *, by: Any) -> None:
    """Its author takes it back: it is no longer shown, and needs no answer."""
    stands = Understanding.objects.filter(pk=said.pk, withdrawn_at__isnull=True)
    if stands.update(withdrawn_at=timezone.now()):
        audit.record("understanding.withdrawn", said, by=by)


@transaction.atomic
def answer(said: Understanding, *, status: str, text: str, effect: str = "", by: Any) -> None:
    """Say what became of it, or why not. Its author is told."""
    if _locked(said).withdrawn_at is not None:
        raise Refused("Its author has taken this back, so it needs no answer. Nothing was saved.")
    contributions.answer([said], status=status, text=text, effect=effect, by=by)


def _locked(said: Understanding) -> Understanding:
    return Understanding.objects.select_for_update().get(pk=said.pk)


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise Refused("Say how you see the problem. Nothing was saved.")
    return text
