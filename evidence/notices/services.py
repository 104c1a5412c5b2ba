"""What people are told of corrections. No subject says what was written, or by whom."""

from django.urls import reverse

from evidence.models import ServiceCorrection
from evidence.queries import visible
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words

CORRECTION_ASKED = "evidence.service_correction_asked"
CORRECTION_ANSWERED = "evidence.service_correction_answered"


def _correction(notice: Notification) -> ServiceCorrection | None:
    """The correction, if it stands."""
    found: ServiceCorrection | None = (
        ServiceCorrection.objects.filter(public_id=notice.object_id, withdrawn_at__isnull=True)
        .select_related("service")
        .first()
    )
    return found


def _sees(notice: Notification, correction: ServiceCorrection) -> bool:
    seen = visible.services_visible_to(notice.recipient)
    return seen.filter(pk=correction.service_id).exists()


@notices.writes(CORRECTION_ASKED)
def correction_asked(notice: Notification) -> Words | None:
    correction = _correction(notice)
    if correction is None or correction.is_answered or not _sees(notice, correction):
        return None
    return Words(
        subject="Somebody says that a service is not as it stands here",
        paragraphs=(
            f"Somebody wrote how “{correction.service.title}” is instead. They wait for an answer "
            "from somebody who keeps the list.",
        ),
        link=reverse("evidence:corrections-waiting"),
        link_text="Read and answer it",
    )


@notices.writes(CORRECTION_ANSWERED)
def correction_answered(notice: Notification) -> Words | None:
    """To its author, who hears it also where they no longer see the service."""
    correction = _correction(notice)
    if correction is None or not correction.is_answered:
        return None
    if correction.author_id != notice.recipient_id:
        return None
    words = Words(
        subject="There is an answer to a correction you sent",
        paragraphs=(
            f"You wrote how “{correction.service.title}” is instead. Now you can read what became "
            "of it.",
        ),
        link=correction.get_absolute_url(),
        link_text="Read the answer",
    )
    return words if _sees(notice, correction) else notices.in_my_words(words)
