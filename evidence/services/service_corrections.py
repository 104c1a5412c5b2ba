"""Somebody says that a service is not as it stands here: kept, answered, and its author told."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.models import Service, ServiceCorrection
from evidence.notices import services as notice_words
from stakeholders.queries.leads import staff
from vbc.core.enums import ContributionStatus
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import EditedMeanwhile


@transaction.atomic
def ask(service: Service, *, text: str, by: Any) -> ServiceCorrection:
    """Say how it is instead. Whoever works for the organisation is told that something waits."""
    if not text.strip():
        raise Refused("Say how it is instead. Nothing was saved.")
    correction = ServiceCorrection.objects.create(service=service, text=text.strip(), author=by)
    readers = staff(service.organisation).exclude(pk=by.pk)
    notices.tell_everyone(readers, notice_words.CORRECTION_ASKED, correction)
    audit.record("service_correction.asked", correction, by=by)
    return correction


@transaction.atomic
def answer(
    correction: ServiceCorrection, *, status: str, text: str, expected: int, by: Any
) -> None:
    """Say what became of it, or why not. Its author is told, each time it changes, unless their
    account is closed.

    Raises `EditedMeanwhile` where somebody answered since version `expected`.
    """
    if status not in ContributionStatus.answered() or not text.strip():
        raise Refused("Choose what became of it, and say it in words. Nothing was saved.")
    current = _locked(correction)
    if current.withdrawn_at is not None:
        raise Refused("It was taken back meanwhile, so there is nothing to answer.")
    if current.version != expected:
        raise EditedMeanwhile(current)
    now = timezone.now()
    current.status, current.answer = ContributionStatus(status), text.strip()
    current.answered_at, current.answered_by = now, by
    current.version += 1
    fields = ["status", "answer", "answered_at", "answered_by", "version"]
    if current.author_id != by.pk and notices.can_be_told(current.author):
        current.author_told_at = now
        fields.append("author_told_at")
        notices.tell(
            current.author, notice_words.CORRECTION_ANSWERED, current, once=str(current.version)
        )
    current.save(update_fields=fields)
    audit.record("service_correction.answered", current, by=by, data={"status": current.status})


@transaction.atomic
def take_back(correction: ServiceCorrection, *, by: Any) -> None:
    """Its author does not want it to stand."""
    current = _locked(correction)
    if current.withdrawn_at is None:
        current.withdrawn_at = timezone.now()
        current.save(update_fields=["withdrawn_at"])
        audit.record("service_correction.taken_back", current, by=by)


def _locked(correction: ServiceCorrection) -> ServiceCorrection:
    found: ServiceCorrection = (
        ServiceCorrection.objects.select_for_update(of=("self",), no_key=True)
        .select_related("author", "service")
        .get(pk=correction.pk)
    )
    return found
