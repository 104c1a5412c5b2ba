"""The versions of a record: as it was first written, and each correction after it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cycles.enums import RecordType
from cycles.models import DecisionRecord, RecordCorrection

# What can be corrected. What was chosen cannot: a change of mind is a new decision.
CORRECTABLE = ("record_type", "reasons", "values_in_play", "against_pillar_reason")


@dataclass(frozen=True)
class RecordVersion:
    """The words of a record at one version; 0 is as it was first written. `why` it was corrected,
    `changed` the fields that read differently before."""

    version: int
    kind: str
    reasons: str
    values_in_play: str
    against_pillar_reason: str
    why: str
    at: datetime
    by: str
    changed: tuple[str, ...] = ()

    @property
    def kind_label(self) -> str:
        return str(RecordType(self.kind).label)


def versions_of(record: DecisionRecord) -> list[RecordVersion]:
    """Every version, the first one first. One query, or none where they are prefetched."""
    corrections: Iterable[RecordCorrection] = record.corrections.all()
    words = {name: getattr(record, name) for name in CORRECTABLE}
    versions = [
        _version(0, words, why="", at=record.recorded_at, by=record.recorded_by.display_name)
    ]
    for each in corrections:
        words = {**words, **each.words}
        versions.append(
            _version(
                each.number,
                words,
                why=each.why,
                at=each.made_at,
                by=each.made_by.display_name,
                changed=tuple(name for name in CORRECTABLE if name in each.words),
            )
        )
    return versions


def record_with_versions(decision_id: int) -> DecisionRecord | None:
    """The record of a decision with everything its versions need; None where there is none."""
    return (
        DecisionRecord.objects.filter(decision=decision_id)
        .select_related("chosen", "against_pillar_by", "recorded_by")
        .prefetch_related("corrections__made_by", "signatures__by")
        .first()
    )


def current_number(record: DecisionRecord) -> int:
    """The number of the version that counts now."""
    newest = record.corrections.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def _version(
    number: int,
    words: dict[str, str],
    *,
    why: str,
    at: datetime,
    by: str,
    changed: tuple[str, ...] = (),
) -> RecordVersion:
    return RecordVersion(
        version=number,
        kind=words["record_type"],
        reasons=words["reasons"],
        values_in_play=words["values_in_play"],
        against_pillar_reason=words["against_pillar_reason"],
        why=why,
        at=at,
        by=by,
        changed=changed,
    )
