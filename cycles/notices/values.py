"""What people are told about the values of their panel."""

from django.urls import reverse

from cycles.models import Cycle, ValuesEdition
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes

VALUES_PUT = "cycles.values_put"


@writes(VALUES_PUT)
def values_put(notice: Notification) -> Words | None:
    """The list of what matters is there to be read and agreed to; an older edition is old news."""
    edition = (
        ValuesEdition.objects.filter(
            public_id=notice.object_id, cycle__in=Cycle.objects.visible_to(notice.recipient)
        )
        .select_related("cycle")
        .first()
    )
    if edition is None or edition.cycle.values_editions.filter(number__gt=edition.number).exists():
        return None
    return Words(
        subject="What matters to your panel is ready to read",
        paragraphs=(
            f"In “{edition.cycle.title}” there is a list of what matters to all of you. It is the "
            "measure that later decisions are held against.",
            "It takes about 5 minutes. If it says what you would say, agree to it with the others "
            "you speak with. If not, put your own words on it.",
        ),
        link=reverse("cycles:values", args=[edition.cycle.slug]),
        link_text="Read the list",
    )
