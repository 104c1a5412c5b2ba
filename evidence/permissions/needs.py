"""Who may write and publish a needs assessment."""

from typing import Any

from evidence.models import NeedsAssessment
from evidence.permissions.common import only_staff
from stakeholders.models import Organisation
from vbc.core.refusals import Denied, Permission


def may_add_needs(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "start a needs assessment")


def may_edit_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    allowed = only_staff(user, assessment.organisation, "change it")
    if allowed and assessment.is_published:
        return Denied(
            "This needs assessment is published, so it does not change. Reopen it as a draft first."
        )
    return allowed


def may_publish_needs(user: Any, assessment: NeedsAssessment) -> Permission:
    return only_staff(user, assessment.organisation, "publish or reopen it")
