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
    """The correction, if it stands and the reader may still see its service."""
    found: ServiceCorrection | None = (
        ServiceCorrection.objects.filter(
            public_id=notice.object_id,
            withdrawn_at__isnull=True,
            service__in=visible.services_visible_to(notice.recipient),
        )
        .select_related("service")
        .first()
    )
    return found


@notices.writes(CORRECTION_ASKED)
def correction_asked(notice: Notification) -> Words | None:
    correction = _correction(notice)
    if correction is None or correction.is_answered:
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
    correction = _correction(notice)
    if correction is None or not correction.is_answered:
        return None
    return Words(
        subject="There is an answer to a correction you sent",
        paragraphs=(
            f"You wrote how “{correction.service.title}” is instead. Now you can read what became "
            "of it.",
        ),
        link=correction.get_absolute_url(),
        link_text="Read the answer",
    )
