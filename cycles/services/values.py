"""The framework of shared values: the list, its editions, and each pillar's agreement.

Lock order: cycle; the audit's head last.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import PRESETS, ValueSource
from cycles.models import Cycle, SharedValue, ValuesAgreement, ValuesEdition
from cycles.notices.values import VALUES_PUT
from cycles.permissions.taking_part import pillar_in
from cycles.queries.values import Statement, rests_on_it, statements
from cycles.services.cycles import locked_for
from stakeholders.enums import Pillar
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version


class SameWords(Refused):
    """A statement with these words is on the list already."""


class NothingToPut(Refused):
    """The list is empty, has nobody to be put to, or is what was put last."""


class NotTheNewest(Refused):
    """The list that was read has been followed by a newer one."""


class NotYourPillar(Refused):
    """A pillar's agreement is given by its own members only."""


@transaction.atomic
def propose(cycle: Cycle, *, text: str, in_practice: str = "", by: Any) -> SharedValue:
    """Put a statement of what matters on the list."""
    cycle = locked_for("edit_values", cycle)
    added = _add(cycle, ValueSource.OURS, text=text, in_practice=in_practice, by=by)
    _note_whether_as_put(cycle)
    return added


@transaction.atomic
def take_preset(cycle: Cycle, source: str, *, keys: Collection[str], by: Any) -> list[SharedValue]:
    """Put statements of a preset on the list, each marked with where it comes from.

    What is there already, in the same words, stays as it is.
    """
    cycle = locked_for("edit_values", cycle)
    there = set(
        cycle.shared_values.filter(withdrawn_at__isnull=True).values_list("text", flat=True)
    )
    chosen = [value for value in PRESETS[source].values if value.key in keys]
    if not chosen:
        raise Refused("Choose at least one. Nothing was added.")
    added = [
        _add(cycle, ValueSource(source), text=value.text, in_practice=value.in_practice, by=by)
        for value in chosen
        if value.text not in there
    ]
    _note_whether_as_put(cycle)
    return added


@transaction.atomic
def edit(value: SharedValue, *, expected: int, text: str, in_practice: str, by: Any) -> SharedValue:
    """Change a statement; where it comes from stays said. Raises EditedMeanwhile.

    A decision that is settled rests on the words as they were, so they stay with it: then the old
    statement is taken off the list, and the new words are a statement of their own.
    """
    cycle = locked_for("edit_values", value.cycle)
    _refuse_withdrawn(value)
    text, in_practice = text.strip(), in_practice.strip()
    _refuse_same_words(cycle, text, but=value)
    if not rests_on_it(value):
        save_version(value, expected=expected, fields={"text": text, "in_practice": in_practice})
        _note_whether_as_put(cycle)
        audit.record("value.edited", value, by=by, data={"version": value.version})
        return value
    save_version(value, expected=expected, fields={"withdrawn_at": timezone.now()})
    following = SharedValue.objects.create(
        cycle=cycle,
        text=text,
        in_practice=in_practice,
        source=value.source,
        version=value.version,
        proposed_by=by,
    )
    _note_whether_as_put(cycle)
    audit.record("value.edited", following, by=by, data={"instead_of": value.public_id})
    return following


@transaction.atomic
def withdraw(value: SharedValue, *, by: Any) -> None:
    """Take a statement off the list. Decisions that are linked to it keep it."""
    cycle = locked_for("edit_values", value.cycle)
    on_the_list = SharedValue.objects.filter(pk=value.pk, withdrawn_at__isnull=True)
    if on_the_list.update(withdrawn_at=timezone.now()):
        _note_whether_as_put(cycle)
        audit.record("value.withdrawn", value, by=by)


@transaction.atomic
def bring_back(value: SharedValue, *, by: Any) -> None:
    """Put a statement back on the list, as it was."""
    cycle = locked_for("edit_values", value.cycle)
    _refuse_same_words(cycle, value.text, but=value)
    off_the_list = SharedValue.objects.filter(pk=value.pk, withdrawn_at__isnull=False)
    if off_the_list.update(withdrawn_at=None):
        _note_whether_as_put(cycle)
        audit.record("value.brought_back", value, by=by)


@transaction.atomic
def put_to_panel(cycle: Cycle, *, by: Any) -> ValuesEdition:
    """Put the list to the panel, word for word: a new edition, to which each pillar agrees or not.

    Everyone on the panel is told. Raises NothingToPut.
    """
    cycle = locked_for("edit_values", cycle)
    if cycle.panel is None:
        raise NothingToPut("This cycle has no panel yet. Link one first; nothing was put to it.")
    now = statements(cycle)
    newest = cycle.values_editions.order_by("-number").first()
    _refuse_nothing_to_put(now, newest)
    edition = ValuesEdition.objects.create(
        cycle=cycle,
        number=newest.number + 1 if newest else 1,
        statements=now,
        made_at=timezone.now(),
        made_by=by,
    )
    _note_whether_as_put(cycle)
    others = [person for person in panel_people(cycle.panel) if person.pk != by.pk]
    notices.tell_everyone(others, VALUES_PUT, edition)
    audit.record("values.put_to_panel", edition, by=by, data={"number": edition.number})
    return edition


@transaction.atomic
def agree(edition: ValuesEdition, *, pillar: str, by: Any) -> ValuesAgreement:
    """Agree to the newest edition on behalf of the pillar that `by` speaks for. Agreeing twice is
    agreeing once. Raises NotYourPillar, NotTheNewest."""
    cycle = locked_for("agree_values", edition.cycle)
    if pillar_in(by, cycle) != pillar:
        raise NotYourPillar(
            "Each pillar's agreement is given by those who speak for it. Nothing was saved."
        )
    if cycle.values_editions.filter(number__gt=edition.number).exists():
        raise NotTheNewest(
            "The list was changed while you were reading, and a newer one is there. Nothing was "
            "saved. Read the newer list, then agree to that one if you do."
        )
    agreement, created = ValuesAgreement.objects.get_or_create(
        edition=edition,
        pillar=Pillar(pillar),
        defaults={"agreed_at": timezone.now(), "agreed_by": by},
    )
    if created:
        audit.record("values.agreed", edition, by=by, data={"number": edition.number})
    return agreement


def _add(cycle: Cycle, source: ValueSource, *, text: str, in_practice: str, by: Any) -> SharedValue:
    text = text.strip()
    if not text:
        raise Refused("Say what matters to you. Nothing was saved.")
    _refuse_same_words(cycle, text)
    value = SharedValue.objects.create(
        cycle=cycle, text=text, in_practice=in_practice.strip(), source=source, proposed_by=by
    )
    audit.record("value.proposed", value, by=by, data={"source": value.source})
    return value


def _note_whether_as_put(cycle: Cycle) -> None:
    """What the pillars agreed to is the list as it was put to them, not what was made of it since.

    Put back word for word, it is that list again.
    """
    newest = cycle.values_editions.order_by("-number").first()
    as_put = newest is None or newest.statements == statements(cycle)
    Cycle.objects.filter(pk=cycle.pk).update(are_values_as_put=as_put)


def _refuse_same_words(cycle: Cycle, text: str, but: SharedValue | None = None) -> None:
    same = cycle.shared_values.filter(text=text, withdrawn_at__isnull=True)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise SameWords(
            "This is on the list already, in the same words. Nothing was saved. You can change "
            "what stands there, or say it in another way."
        )


def _refuse_withdrawn(value: SharedValue) -> None:
    if value.withdrawn_at is not None:
        raise Refused(
            "This was taken off the list a moment ago. Nothing was saved. Put it back first if it "
            "is to stay."
        )


def _refuse_nothing_to_put(now: list[Statement], newest: ValuesEdition | None) -> None:
    if not now:
        raise NothingToPut("The list is empty. Add what matters to you first.")
    if newest is not None and newest.statements == now:
        raise NothingToPut(
            f"Nothing has changed since edition {newest.number}, so that one still stands, and so "
            "does each agreement to it."
        )
