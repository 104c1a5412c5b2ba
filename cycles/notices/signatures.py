"""What people are told of a record after it was written. Subjects say neither what about nor in
which role, and no text says that its reader uses services."""

from django.urls import reverse

from cycles.models import Decision, DecisionRecord, MinorityStatement, RecordCorrection
from cycles.permissions.signatures import may_sign_record
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes
from vbc.ui.dates import day_in_words

SIGNATURE_ASKED = "cycles.signature_asked"
RECORD_CORRECTED = "cycles.record_corrected"
RECORD_REVIEW_DUE = "cycles.record_review_due"
STATEMENT_REDACTED = "cycles.statement_redacted"


@writes(SIGNATURE_ASKED)
def signature_asked(notice: Notification) -> Words | None:
    """Two members are asked whether the record is accurate."""
    record = _record(notice)
    if record is None or not may_sign_record(notice.recipient, record.decision):
        return None
    return Words(
        subject="Would you look over what was written down?",
        paragraphs=(
            f"What was decided on “{record.decision.title}” is written down. Two members are asked "
            "to say whether it was written down as it was.",
            "You can sign, or not sign and say why. You do not have to do either, and you choose "
            "whether your name stands there.",
        ),
        link=reverse("cycles:sign-record", args=_where(record.decision)),
        link_text="Read it, and say what you think",
    )


@writes(RECORD_CORRECTED)
def record_corrected(notice: Notification) -> Words | None:
    """A later version of the record was written, and why."""
    correction = (
        RecordCorrection.objects.filter(
            public_id=notice.object_id,
            record__decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("record__decision__cycle__panel")
        .first()
    )
    if correction is None:
        return None
    decision = correction.record.decision
    paragraphs = [
        f"What was written down about “{decision.title}” was corrected. Why: {correction.why}",
        "What was decided is the same. You can read both versions.",
    ]
    if may_sign_record(notice.recipient, decision):
        paragraphs.append("You can say whether the new version is accurate.")
    return Words(
        subject="Something that was written down was corrected",
        paragraphs=tuple(paragraphs),
        link=f"{reverse('cycles:decision-result', args=_where(decision))}#record",
        link_text="Read both versions",
    )


@writes(RECORD_REVIEW_DUE, is_reminder=True)
def record_review_due(notice: Notification) -> Words | None:
    """The day has come on which the panel looks at a decision again."""
    record = _record(notice)
    if record is None or record.review_on is None:
        return None
    return Words(
        subject="It is time to look at a decision again",
        paragraphs=(
            f"When “{record.decision.title}” was decided, {day_in_words(record.review_on)} was "
            "chosen as the day to look at it again.",
            "Did it bring what it was meant to bring? A change of mind is a new decision.",
        ),
        link=f"{reverse('cycles:decision-result', args=_where(record.decision))}#record",
        link_text="Read what was decided",
    )


@writes(STATEMENT_REDACTED)
def statement_redacted(notice: Notification) -> Words | None:
    """A name was taken out of what the reader wrote."""
    statement = (
        MinorityStatement.objects.filter(
            public_id=notice.object_id,
            author=notice.recipient,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle")
        .defer("text")
        .first()
    )
    if statement is None:
        return None
    return Words(
        subject="A name was taken out of something you wrote",
        paragraphs=(
            f"In your statement about “{statement.decision.title}” somebody else could be "
            "recognised. Their name now reads “[name removed]”, to protect them.",
            "You did nothing wrong. Everything else stands as you wrote it.",
        ),
        link=reverse("cycles:decision-result", args=_where(statement.decision)),
        link_text="Read it where it stands",
    )


def _record(notice: Notification) -> DecisionRecord | None:
    return (
        DecisionRecord.objects.filter(
            public_id=notice.object_id,
            decision__in=Decision.objects.visible_to(notice.recipient),
        )
        .select_related("decision__cycle__panel")
        .first()
    )


def _where(decision: Decision) -> list[str]:
    return [decision.cycle.slug, decision.public_id]
