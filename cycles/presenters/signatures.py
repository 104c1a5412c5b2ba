"""The record with its versions, its signatures and the statements beside it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import reverse

from cycles.enums import RecordType, SignatureKind
from cycles.models import Decision, DecisionRecord, RecordSignature
from cycles.permissions.redactions import may_redact
from cycles.permissions.signatures import may_correct_record, may_sign_record
from cycles.presenters.values import Weighed, weighed
from cycles.queries.corrections import RecordVersion, record_with_versions, versions_of
from cycles.queries.signatures import SIGNATURES_ASKED, signatures_by_version
from cycles.queries.statements import taken_back

WITHOUT_A_NAME = "A member who uses services"
FIELD_LABELS = {
    "record_type": "How we decided",
    "reasons": "Why",
    "values_in_play": "Which values pointed the other way",
    "against_pillar_reason": "Why this goes against a pillar",
}


@dataclass(frozen=True)
class SignatureLine:
    """What stands under the record of one person: a name, or none, and what they said."""

    who: str
    said: str
    comment: str


@dataclass(frozen=True)
class EarlierVersion:
    """How the record read before it was corrected, why it was, and who had signed it so."""

    summary: str
    corrected: RecordVersion
    rows: tuple[dict[str, str], ...]
    signatures: tuple[SignatureLine, ...]


@dataclass(frozen=True)
class RecordView:
    """The record as it reads now, and everything that came after it was first written."""

    record: DecisionRecord
    now: RecordVersion
    earlier: tuple[EarlierVersion, ...]
    signatures: tuple[SignatureLine, ...]
    seal: str
    weighed: Weighed

    @property
    def version_sentence(self) -> str:
        """Which version this is; empty where there has only been one."""
        if not self.earlier:
            return ""
        return f"This is version {self.now.version + 1}, corrected by {self.now.by}."


def record_section(decision: Decision, user: Any) -> dict[str, Any]:
    """What the page of a result shows below the numbers, for this reader."""
    return {
        "record_view": record_view(decision),
        "taken_back": taken_back(decision),
        "may_record": {
            "correct": bool(may_correct_record(user, decision)),
            "sign": bool(may_sign_record(user, decision)),
            "redact": bool(may_redact(user, decision)),
        },
    }


def record_view(decision: Decision) -> RecordView | None:
    """The record with its versions and signatures; None where nothing is recorded."""
    record = record_with_versions(decision.pk)
    if record is None:
        return None
    versions = versions_of(record)
    now = versions[-1]
    by_version = signatures_by_version(record)
    said = by_version.get(now.version, [])
    return RecordView(
        record=record,
        now=now,
        earlier=tuple(
            _earlier(before, after, by_version.get(before.version, []))
            for before, after in pairwise(versions)
        ),
        signatures=tuple(signature_line(each) for each in said),
        seal=seal_sentence([each.kind for each in said]),
        weighed=weighed(decision),
    )


def signature_line(signature: RecordSignature) -> SignatureLine:
    """Whoever had their account erased stands there without a name, whatever they chose before."""
    name = "" if signature.by.erased_at else signature.shown_name
    return SignatureLine(
        who=name or WITHOUT_A_NAME,
        said=SignatureKind(signature.kind).label,
        comment=signature.comment,
    )


def seal_sentence(kinds: list[str]) -> str:
    """How many have signed the version, in words."""
    signed = kinds.count(SignatureKind.SIGNED)
    if signed >= SIGNATURES_ASKED:
        return (
            "Two members who use services have signed this version, so it is sealed: any change "
            "is a new version."
        )
    if signed == 1:
        return "One member who uses services has signed this version. Two are asked to."
    return "Nobody has signed this version yet. Two members who use services are asked to."


def sign_page(decision: Decision) -> dict[str, Any]:
    """What is to be read before one signs."""
    return {"decision": decision, "record_view": record_view(decision)}


def correction_values(decision: Decision) -> RecordVersion | None:
    """The record as it reads now, for the form that corrects it."""
    record = record_with_versions(decision.pk)
    return versions_of(record)[-1] if record else None


def result_url(decision: Decision) -> str:
    return reverse("cycles:decision-result", args=[decision.cycle.slug, decision.public_id])


def _earlier(
    before: RecordVersion, after: RecordVersion, signatures: list[RecordSignature]
) -> EarlierVersion:
    return EarlierVersion(
        summary=f"Version {before.version + 1}, before it was corrected",
        corrected=after,
        rows=tuple(
            {"key": FIELD_LABELS[name], "value": text_of(before, name) or "Nothing stood here."}
            for name in after.changed
        ),
        signatures=tuple(signature_line(each) for each in signatures),
    )


def text_of(version: RecordVersion, name: str) -> str:
    """One text of a version, by the name of its field, as people read it."""
    if name == "record_type":
        return str(RecordType(version.kind).label)
    return str(getattr(version, name))
