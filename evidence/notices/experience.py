"""The words this app sends people."""

from django.urls import reverse

from evidence.models import Experience
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

EXPERIENCE_NEWS = "evidence.experience_news"


@writes(EXPERIENCE_NEWS)
def experience_news(notice: Notification) -> Words | None:
    """To whoever told an account: it was opened as they allow, or there is an answer to it. Neither
    the subject nor the words say what it is about."""
    told = Experience.objects.standing().filter(
        public_id=notice.object_id, teller_id=notice.recipient_id
    )
    if not told.exists():
        return None
    return Words(
        subject="There is news about something you told us",
        paragraphs=(
            "Something that you told us was read. You can see there what became of it, and who may "
            "read it. You can change that, or take it back, at any time.",
        ),
        link=reverse("evidence:my-experience", args=[notice.object_id]),
        link_text="See how it stands",
    )
