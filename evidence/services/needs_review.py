"""A draft opened for comments, each with its answer; and a new edition of what is published."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.enums import AssessmentStatus, NeedsChapter
from evidence.models import (
    ChapterChart,
    GroupCoverage,
    NeedsAssessment,
    NeedsComment,
    NeedsGap,
    NeedsNumber,
    NeedsText,
    PartnerPlan,
)
from evidence.notices.needs import COMMENT_ANSWERED, COMMENTS_WANTED
from evidence.queries.visible import can_read
from evidence.services.needs import draft
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices, versions

# What a new edition begins with.
COPIED = (NeedsText, NeedsNumber, GroupCoverage, NeedsGap, PartnerPlan, ChapterChart)
_OWN = {"id", "assessment", "public_id", "version", "frozen"}


@transaction.atomic
def ask_for_comments(
    assessment: NeedsAssessment, *, people: Iterable[Any], by: Any
) -> NeedsAssessment:
    """Open a draft for comments, and ask these people for theirs. It can still be changed.

    Whoever reads the library can comment. Asking again asks more people.
    """
    assessment = draft(assessment)
    asked = [person for person in people if person.pk != by.pk]
    if not asked:
        raise Refused("Choose whom to ask. Nothing was changed.")
    if any(not can_read(person, assessment.organisation) for person in asked):
        raise Refused("Somebody of these cannot read this library. Nobody was asked.")
    assessment.status = AssessmentStatus.IN_REVIEW
    assessment.save(update_fields=["status"])
    notices.tell_everyone(asked, COMMENTS_WANTED, assessment)
    audit.record("needs.comments_wanted", assessment, by=by, data={"people": len(asked)})
    return assessment


@transaction.atomic
def close_comments(assessment: NeedsAssessment, *, by: Any) -> None:
    """No more comments. Those that came stay, with their answers."""
    assessment = draft(assessment)
    if assessment.status != AssessmentStatus.IN_REVIEW:
        raise Refused("It is not open for comments. Nothing was changed.")
    _refuse_unanswered(assessment)
    assessment.status = AssessmentStatus.DRAFT
    assessment.save(update_fields=["status"])
    audit.record("needs.comments_closed", assessment, by=by)


@transaction.atomic
def comment(assessment: NeedsAssessment, *, text: str, chapter: str = "", by: Any) -> NeedsComment:
    """Say something of a draft that is open for comments."""
    assessment = draft(assessment)
    if assessment.status != AssessmentStatus.IN_REVIEW:
        raise Refused(
            "It is not open for comments now, so yours was not kept. Copy it, and tell the people "
            "who write it."
        )
    said = NeedsComment.objects.create(
        assessment=assessment,
        author=by,
        chapter=NeedsChapter(chapter).value if chapter else "",
        text=text.strip(),
    )
    audit.record("needs.commented", said, by=by)
    return said


@transaction.atomic
def answer(said: NeedsComment, *, text: str, version: int, by: Any) -> None:
    """What became of a comment, or why not. Its author is told, unless their account is closed.
    Raises `EditedMeanwhile`."""
    draft(said.assessment)
    if not text.strip():
        raise Refused("Say what became of it, or why not. Nothing was saved.")
    fields = {"answer": text.strip(), "answered_at": timezone.now(), "answered_by": by}
    versions.save_version(said, expected=version, fields=fields)
    if said.author_id != by.pk and notices.can_be_told(said.author):
        notices.tell(said.author, COMMENT_ANSWERED, said, once=f"v{said.version}")
    audit.record("needs.comment_answered", said, by=by, subject=said.author)


@transaction.atomic
def new_edition(assessment: NeedsAssessment, *, by: Any) -> NeedsAssessment:
    """A draft with all that the published one says, to be brought up to date.

    The published one stays readable and as it is; it is superseded when the new one is published.
    """
    before = NeedsAssessment.objects.select_for_update().get(pk=assessment.pk)
    if not before.is_published:
        raise Refused("Only what is published has a new edition. This is a draft: change it.")
    if begun := NeedsAssessment.objects.filter(supersedes=before).first():
        raise Refused(f"Edition {begun.edition} has begun already. Nothing was added.")
    made = NeedsAssessment.objects.create(
        organisation=before.organisation,
        area=before.area,
        title=before.title,
        statement=before.statement,
        quotes_definition=before.quotes_definition,
        publisher=before.publisher,
        web_address=before.web_address,
        issued_on=before.issued_on,
        local_population=before.local_population,
        national_population=before.national_population,
        population_source=before.population_source,
        edition=before.edition + 1,
        supersedes=before,
        created_by=by,
    )
    for model in COPIED:
        names = [f for f in model._meta.concrete_fields if f.name not in _OWN]
        for row in model._base_manager.filter(assessment=before).order_by("pk"):
            kept = {field.attname: getattr(row, field.attname) for field in names}
            model._base_manager.create(assessment=made, **kept)
    audit.record("needs.edition_begun", made, by=by, data={"edition": made.edition})
    return made


def _refuse_unanswered(assessment: NeedsAssessment) -> None:
    if assessment.comments.filter(answered_at__isnull=True).exists():
        raise Refused("Somebody who commented has no answer yet. Answer them first.")
