"""The evidence pillar: references linked to options, and one signed judgement of each option."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.enums import (
    JUDGEMENTS,
    Applicability,
    Certainty,
    Criterion,
    EffectSize,
    EvidenceDirection,
)
from cycles.models import (
    Appraisal,
    AppraisalSignature,
    CriterionJudgement,
    Option,
    OptionEvidence,
)
from cycles.permissions.appraisals import STANDS
from cycles.queries.appraisals import APPRAISAL_AGREED, is_settled
from cycles.queries.decisions import OPEN_STATUSES
from cycles.queries.ratings import has_rated
from cycles.services import decisions
from evidence.models import Indicator, Reference
from stakeholders.enums import Perspective, SeatStatus
from stakeholders.models import Seat
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


class NotAReviewer(Refused):
    """Only evidence reviewers who take part today judge the evidence."""


class AnotherRoundNeeded(Refused):
    """A round has closed, so what was agreed stands until another opens."""


class NotAgreeable(Refused):
    """The appraisal cannot be agreed as it stands."""


@transaction.atomic
def link_evidence(
    option: Option,
    source: Reference | Indicator,
    *,
    direction: str,
    note: str,
    size: str = "",
    certainty: str = "",
    applicability: str = "",
    does_not_tell: str = "",
    by: Any,
) -> OptionEvidence:
    """Say that a reference or local figures speak to an option: which way, how far, how sure, and
    what they do not tell. An account of experience that is used so is evidence and nothing else:
    it is not counted with the ratings of service users and carers."""
    decision = _lock_open(option)
    withdrawn = isinstance(source, Reference) and source.withdrawn_at
    if source.organisation_id != decision.cycle.organisation_id or withdrawn:
        raise Refused("That is not in this organisation's library. Nothing was linked.")
    if isinstance(source, Reference) and not source.plain_summary:
        raise Refused(
            "Nobody has summed this up in plain words yet, so members could not judge it. Nothing "
            "was linked. Write its plain summary in the library first."
        )
    if option.evidence.filter(**_as_source(source)).exists():
        raise Refused(
            "This is already linked to this option. Nothing was changed: take the link "
            "off first if you want to say something else about it."
        )
    link = OptionEvidence.objects.create(
        option=option,
        **_as_source(source),
        direction=EvidenceDirection(direction),
        size=EffectSize(size) if size else "",
        certainty=Certainty(certainty) if certainty else "",
        applicability=Applicability(applicability) if applicability else "",
        note=note,
        does_not_tell=does_not_tell,
        added_by=by,
    )
    data = {"source": source.public_id, "direction": link.direction}
    audit.record("evidence.linked", option, by=by, data=data)
    return link


@transaction.atomic
def unlink_evidence(option: Option, source: Reference | Indicator, *, by: Any) -> None:
    """Take a reference or figures off an option; they themselves stay in the library."""
    _lock_open(option)
    option.evidence.filter(**_as_source(source)).delete()
    audit.record("evidence.unlinked", option, by=by, data={"source": source.public_id})


@transaction.atomic
def judge(
    option: Option,
    *,
    criterion: str,
    judgement: str,
    research: str = "",
    considerations: str = "",
    expected: int,
    by: Any,
) -> Appraisal:
    """Judge an option by one criterion of the Evidence to Decision framework.

    It is part of the appraisal: a change makes a new version, which nobody has signed or agreed
    yet. Raises as `write` does, and where nothing has been written yet.
    """
    option.decision = _lock_open(option)
    _reviewer_seat(option, by)
    if is_settled(option):
        raise AnotherRoundNeeded(f"Nothing was saved. {STANDS}")
    appraisal = Appraisal.objects.select_for_update().filter(option=option).first()
    if appraisal is None:
        raise Refused("Write first what the evidence says. Nothing was saved.")
    if judgement not in dict(JUDGEMENTS[Criterion(criterion)]):
        raise Refused("Choose one of the answers. Nothing was saved.")
    save_version(appraisal, expected=expected, fields={"agreed_at": None, "agreed_by": None})
    CriterionJudgement.objects.update_or_create(
        appraisal=appraisal,
        criterion=criterion,
        defaults={
            "judgement": judgement,
            "research": research,
            "considerations": considerations,
        },
    )
    data = {"criterion": criterion, "judgement": judgement, "version": appraisal.version}
    audit.record("appraisal.judged", appraisal, by=by, data=data)
    return appraisal


@transaction.atomic
def write(
    option: Option,
    *,
    rating: int | None,
    certainty: str = "",
    summary: str,
    searched: str = "",
    dissent: str = "",
    expected: int | None = None,
    by: Any,
) -> Appraisal:
    """Write or change the appraisal of an option.

    `rating` is None where no evidence was found; then `certainty` is empty and `searched` says who
    looked, where and when. Unknown is never low. A change takes the agreement off, and leaves the
    signatures under the version they were given to. `expected` is the version that was opened,
    None for a first one. Raises EditedMeanwhile, NotAReviewer; and AnotherRoundNeeded where it was
    agreed and a round has closed: then a change waits for another round.
    """
    option.decision = _lock_open(option)
    _reviewer_seat(option, by)
    if is_settled(option):
        raise AnotherRoundNeeded(f"Nothing was saved. {STANDS}")
    _refuse_half_an_answer(rating, certainty, searched)
    fields: dict[str, Any] = {
        "rating": rating,
        "certainty": Certainty(certainty) if certainty else "",
        "summary": summary,
        "searched": searched,
        "dissent": dissent,
    }
    appraisal = Appraisal.objects.select_for_update().filter(option=option).first()
    if appraisal is None:
        appraisal = Appraisal.objects.create(option=option, written_by=by, **fields)
    elif expected is None:
        raise EditedMeanwhile(appraisal)
    else:
        fields |= {"agreed_at": None, "agreed_by": None}
        save_version(appraisal, expected=expected, fields=fields)
    audit.record(
        "appraisal.written",
        appraisal,
        by=by,
        data={
            "option": option.public_id,
            "version": appraisal.version,
            "rating": rating,
            "certainty": appraisal.certainty,
        },
    )
    return appraisal


@transaction.atomic
def sign(appraisal: Appraisal, *, version: int, by: Any) -> AppraisalSignature:
    """Sign the appraisal as it stands in `version`, which the person has read.

    Signing twice is signing once. Raises EditedMeanwhile where it has changed since.
    """
    seat, appraisal = _lock_for_review(appraisal, version, by)
    signature, created = AppraisalSignature.objects.get_or_create(
        appraisal=appraisal,
        place_id=seat.place_id,
        appraisal_version=version,
        defaults={"signed_by": by, "signed_at": timezone.now()},
    )
    if created:
        audit.record("appraisal.signed", appraisal, by=by, data={"version": version})
    return signature


@transaction.atomic
def agree(appraisal: Appraisal, *, version: int, by: Any) -> Appraisal:
    """Agree the appraisal as the evidence pillar's own. Needs a signature of this version."""
    _, appraisal = _lock_for_review(appraisal, version, by)
    if not appraisal.signatures.filter(appraisal_version=version).exists():
        raise NotAgreeable(
            "Nobody has signed this version yet, so it cannot be agreed. Nothing was changed. "
            "Read it and sign it first; two signatures are better than one."
        )
    if appraisal.agreed_at is None:
        appraisal.agreed_at, appraisal.agreed_by = timezone.now(), by
        appraisal.save(update_fields=["agreed_at", "agreed_by"])
        audit.record(APPRAISAL_AGREED, appraisal, by=by, data={"version": version})
    return appraisal


def option_changed(option: Option, *, by: Any) -> None:
    """The option reads differently now, so what was signed and agreed of it was of another one: it
    stays as a new version, which nobody has signed or agreed yet. Part of changing an option."""
    appraisal = Appraisal.objects.select_for_update().filter(option=option).first()
    if appraisal is None:
        return
    fields = {"agreed_at": None, "agreed_by": None}
    save_version(appraisal, expected=appraisal.version, fields=fields)
    data = {"option": option.public_id, "version": appraisal.version}
    audit.record("appraisal.option_changed", appraisal, by=by, data=data)


def _as_source(source: Reference | Indicator) -> dict[str, Any]:
    return {"reference" if isinstance(source, Reference) else "indicator": source}


def _lock_open(option: Option) -> Any:
    decision = decisions.lock(option.decision)
    decisions.refuse_unless(decision, *OPEN_STATUSES)
    if option.withdrawn_at is not None:
        raise Refused("This option has been withdrawn. Nothing was saved.")
    return decision


def _lock_for_review(appraisal: Appraisal, version: int, by: Any) -> tuple[Seat, Appraisal]:
    _lock_open(appraisal.option)
    seat = _reviewer_seat(appraisal.option, by)
    locked = Appraisal.objects.select_for_update().get(pk=appraisal.pk)
    if locked.version != version:
        raise EditedMeanwhile(locked)
    return seat, locked


def _reviewer_seat(option: Option, by: Any) -> Seat:
    """The seat from which `by` reviews evidence today, locked; one that rated does not."""
    seat = (
        Seat.objects.select_for_update()
        .filter(
            panel=option.decision.cycle.panel_id,
            user=by,
            perspective=Perspective.EVIDENCE_REVIEWER,
            status=SeatStatus.ACTIVE,
        )
        .first()
    )
    if seat is None:
        raise NotAReviewer(
            "Only the panel's evidence reviewers can write, sign and agree what the evidence says. "
            "Nothing was saved."
        )
    if has_rated(seat, option.decision):
        raise NotAReviewer(
            "Ratings were given from your place in this decision, and they stand. A voice counts "
            "once, so the other evidence reviewers judge the evidence here. Nothing was saved. "
            "You can comment on every option."
        )
    return seat


def _refuse_half_an_answer(rating: int | None, certainty: str, searched: str) -> None:
    found = rating is not None
    if found and rating not in range(1, 10):
        raise Refused("A rating is a whole number from 1 to 9. Nothing was saved.")
    if found != bool(certainty) or (not found and not searched.strip()):
        raise Refused(
            "Give a rating with how sure the evidence is; or, where no evidence was found, leave "
            "both empty and say who looked, where and when. Nothing was saved."
        )
