"""Asking members to sign a record, and what they say of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import SignatureKind
from cycles.models import DecisionRecord, RecordSignature
from cycles.notices.signatures import RECORD_REVIEW_DUE, SIGNATURE_ASKED
from cycles.queries.corrections import current_number
from cycles.queries.signatures import (
    commissioners_and_lead,
    has_said,
    is_asked_to_sign,
    is_name_of_another,
    people_to_sign,
    records_due,
)
from cycles.services import decisions
from cycles.services.cycles import locked_for
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices


class CorrectedMeanwhile(Refused):
    """The version that was read is not the newest any more."""


def ask(record: DecisionRecord) -> None:
    """Tell every member who uses services that two of them are asked to sign. Part of recording."""
    notices.tell_everyone(
        people_to_sign(record.decision.cycle.panel),
        SIGNATURE_ASKED,
        record,
        once=str(current_number(record)),
    )


@transaction.atomic
def sign(
    record: DecisionRecord,
    *,
    version: int,
    kind: str,
    shown_name: str = "",
    comment: str = "",
    by: Any,
) -> RecordSignature:
    """Say that `version` of the record is accurate, or that one does not sign it.

    `shown_name` is printed under it; empty prints no name. It is nobody else's, of whom it would
    say that they use services. Both are said once for each version and block nothing. Raises
    CorrectedMeanwhile.
    """
    cycle = locked_for("edit_cycle", record.decision.cycle)
    decisions.lock(record.decision)
    if not is_asked_to_sign(by, cycle.panel):
        raise Refused("Only some members of the panel are asked to sign. Nothing was saved.")
    if version != current_number(record):
        raise CorrectedMeanwhile(
            "The record was corrected while you were reading. Nothing was saved. Read the new "
            "version, then say what you think of it."
        )
    if has_said(by, record, version):
        raise Refused("You have said already what you think of this version. It stands.")
    if is_name_of_another(shown_name.strip(), cycle, by):
        raise Refused(
            "This is how somebody else here is called, and it would be taken for them. Nothing was "
            "saved. Choose another name, or none."
        )
    signature = RecordSignature.objects.create(
        record=record,
        correction=version,
        kind=SignatureKind(kind),
        shown_name=shown_name.strip(),
        comment=comment.strip(),
        at=timezone.now(),
        by=by,
    )
    data = {"record": record.public_id, "version": version, "kind": signature.kind}
    audit.record("record.signed_or_not", signature, by=by, data=data)
    return signature


def remind(today: date) -> int:
    """Tell the panel and who runs the cycle of records whose day has come, once for each day.

    Returns how many there are.
    """
    due = list(records_due(today))
    for record in due:
        cycle = record.decision.cycle
        people = {each.pk: each for each in commissioners_and_lead(cycle)}
        if cycle.panel is not None:
            people |= {each.pk: each for each in panel_people(cycle.panel)}
        notices.tell_everyone(
            people.values(), RECORD_REVIEW_DUE, record, once=str(record.review_on)
        )
    return len(due)
