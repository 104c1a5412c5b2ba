"""Mending the words of a record: each time a new version, with the ones before beside it."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import RecordType
from cycles.models import DecisionRecord, RecordCorrection
from cycles.notices.signatures import RECORD_CORRECTED
from cycles.queries.corrections import (
    CORRECTABLE,
    RecordVersion,
    record_with_versions,
    versions_of,
)
from cycles.services import decisions
from cycles.services.cycles import locked_for
from stakeholders.queries.panels import panel_people
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import EditedMeanwhile

# Between these two a mistake can be mended; to put a decision off is to decide something else.
_KINDS = frozenset({RecordType.CONSENSUS, RecordType.BALANCED})


@transaction.atomic
def correct(
    record: DecisionRecord, *, words: dict[str, str], why: str, expected: int, by: Any
) -> RecordCorrection:
    """Write the next version. `words` holds the texts as they should read, by field; `expected` is
    the version that was opened.

    What was chosen stays. Every member is told, and whoever may sign can sign the new version.
    Raises EditedMeanwhile.
    """
    if unknown := set(words) - set(CORRECTABLE):
        raise ValueError(f"Not to be corrected: {', '.join(sorted(unknown))}.")
    cycle = locked_for("edit_cycle", record.decision.cycle)
    decision = decisions.lock(record.decision)
    found = record_with_versions(decision.pk)
    if found is None:
        raise Refused("There is no record to correct. Nothing was saved.")
    newest = versions_of(found)[-1]
    if newest.version != expected:
        raise EditedMeanwhile(newest)
    changed = _changed(newest, words)
    _refuse(newest, changed, why)
    correction = RecordCorrection.objects.create(
        record=found,
        number=newest.version + 1,
        words=changed,
        why=why.strip(),
        made_at=timezone.now(),
        made_by=by,
    )
    if cycle.panel is not None:
        notices.tell_everyone(panel_people(cycle.panel), RECORD_CORRECTED, correction)
    data = {"number": correction.number, "fields": sorted(changed)}
    audit.record("record.corrected", correction, by=by, data=data)
    return correction


def _changed(newest: RecordVersion, words: dict[str, str]) -> dict[str, str]:
    now = {
        "record_type": newest.kind,
        "reasons": newest.reasons,
        "values_in_play": newest.values_in_play,
        "against_pillar_reason": newest.against_pillar_reason,
    }
    return {
        name: str(text).strip() for name, text in words.items() if str(text).strip() != now[name]
    }


def _refuse(newest: RecordVersion, changed: dict[str, str], why: str) -> None:
    if not changed:
        raise Refused("Nothing reads differently, so nothing was saved.")
    if not why.strip():
        raise Refused("Say why it is corrected. Nothing was saved.")
    if not changed.get("reasons", newest.reasons):
        raise Refused("A record says why. Nothing was saved.")
    if "record_type" in changed and not {newest.kind, changed["record_type"]} <= _KINDS:
        raise Refused(
            "What was decided cannot be corrected: a change of mind is a new decision. Nothing "
            "was saved."
        )
    if "against_pillar_reason" in changed and not (
        newest.against_pillar_reason and changed["against_pillar_reason"]
    ):
        raise Refused(
            "Whether a decision goes against a pillar cannot be corrected, only how the reason "
            "reads. Nothing was saved."
        )
