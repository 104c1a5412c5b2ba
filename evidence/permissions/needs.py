"""Who may write, comment on and publish a needs assessment."""

from typing import Any

from evidence.enums import AssessmentStatus
from evidence.models import NeedsAssessment
from evidence.permissions.common import only_staff
from evidence.queries.visible import can_read
from stakeholders.models import Organisation
from vbc.core.refusals import ALLOWED, Denied, Permission


def may_add_needs(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "start a needs assessment")


def may_edit_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    allowed = only_staff(user, assessment.organisation, "change it")
    if allowed and assessment.is_published:
        return Denied(
            "This needs assessment is published, so it does not change. Reopen it "
            "as a draft first, or begin a new edition."
        )
    return allowed


def may_publish_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    return only_staff(user, assessment.organisation, "publish or reopen it")


def may_show_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    """Show what is published to everybody, or end that."""
    allowed = only_staff(user, assessment.organisation, "show it to everybody")
    if allowed and not assessment.is_published:
        return Denied("This is a draft. Publish it first; then it can be shown to everybody.")
    return allowed


def may_begin_edition(user: Any, assessment: NeedsAssessment) -> Permission:
    """A new edition of what is published, where none has begun."""
    allowed = only_staff(user, assessment.organisation, "begin a new edition of it")
    if allowed and (not assessment.is_published or hasattr(assessment, "newer")):
        return Denied("Only what is published has a new edition, and only one at a time.")
    return allowed


def may_comment_on_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    """Whoever reads the library, while a draft is open for comments."""
    if assessment.status == AssessmentStatus.IN_REVIEW and can_read(user, assessment.organisation):
        return ALLOWED
    return Denied(
        "It is not open for comments now. What you want to say can be told to the people who "
        "write it."
    )


def may_answer_comments(user: Any, assessment: NeedsAssessment) -> Permission:
    """The people who write it, until it is published."""
    return may_edit_needs(user, assessment)
