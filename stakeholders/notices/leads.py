"""The words on handing over what somebody leads."""

from django.urls import reverse

from stakeholders.models import Organisation
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

HANDED_ON = "stakeholders.handed_on"


@notices.writes(HANDED_ON)
def handed_on(notice: Notification) -> Words | None:
    organisation = (
        Organisation.objects.of_staff(notice.recipient).filter(public_id=notice.object_id).first()
    )
    if organisation is None:
        return None
    return Words(
        subject="Something has been handed on to you",
        paragraphs=(
            f"You now lead on more for {organisation.name} than before. The hand-over page has the "
            "contacts, what was said, what was promised and what comes next.",
        ),
        link=reverse(
            "stakeholders:hand-over", args=[organisation.public_id, notice.recipient.public_id]
        ),
        link_text="Open the hand-over page",
    )
