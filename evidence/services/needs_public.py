"""Showing a published needs assessment to everybody, and ending that."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.models import NeedsAssessment
from evidence.queries.needs_public import not_for_everybody
from vbc.core.refusals import Refused
from vbc.core.services import audit


class NotForEverybody(Refused):
    """Something in it may not be read by everybody. `found` says each, as a sentence."""

    def __init__(self, found: Sequence[str]) -> None:
        self.found = list(found)
        super().__init__(
            f"Not everybody may read all of it: {' '.join(self.found)} It is shown to nobody new. "
            "Reopen it, or begin a new edition, and write “fewer than 8”, or take the words out."
        )


@transaction.atomic
def show(assessment: NeedsAssessment, *, by: Any) -> NeedsAssessment:
    """Let everybody read it, at an address of its own. Doing so again changes nothing."""
    assessment = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    if not assessment.is_published:
        raise Refused(
            "Only a published needs assessment can be shown to everybody. This is a draft, and "
            "nobody else sees it. Publish it first."
        )
    if assessment.is_public:
        return assessment
    if found := not_for_everybody(assessment):
        raise NotForEverybody(found)
    assessment.public_at, assessment.public_by = timezone.now(), by
    assessment.save(update_fields=["public_at", "public_by"])
    audit.record("needs.shown_to_everybody", assessment, by=by)
    return assessment


@transaction.atomic
def end(assessment: NeedsAssessment, *, by: Any) -> NeedsAssessment:
    """From now on only those who read the library read it."""
    assessment = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    if assessment.is_public:
        assessment.public_at = assessment.public_by = None
        assessment.save(update_fields=["public_at", "public_by"])
        audit.record("needs.no_longer_shown", assessment, by=by)
    return assessment
