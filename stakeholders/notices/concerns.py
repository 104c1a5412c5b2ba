"""What people are told about concerns: that there is something to read, and nothing more.

Other people may see somebody's mail. So the mail to whoever raised a concern does not even say that
there is one, and its link leads to the front door.
"""

from django.urls import reverse

from stakeholders.models import Concern, Organisation, Panel
from stakeholders.queries.concerns import is_lead_for, who_can_name
from vbc.core.models import Notification
from vbc.core.services import notices
from vbc.core.services.notices import Words
from vbc.ui.dates import moment_in_words

CONCERN_RAISED = "stakeholders.concern_raised"
CONCERN_OVERDUE = "stakeholders.concern_overdue"
CONCERN_MOVED = "stakeholders.concern_moved"
LEAD_NAMED = "stakeholders.lead_named"
LEAD_CHANGED = "stakeholders.lead_changed"
NOBODY_TO_READ = "stakeholders.nobody_to_read"

SUBJECT = "There is something new to read"


def _to_read(notice: Notification) -> Concern | None:
    """The concern, while it waits to be looked at and its reader may read it."""
    waiting = Concern.objects.visible_to(notice.recipient).not_looked_at()
    return waiting.filter(public_id=notice.object_id).first()


@notices.writes(CONCERN_RAISED)
def concern_raised(notice: Notification) -> Words | None:
    concern = _to_read(notice)
    if concern is None:
        return None
    return Words(
        subject=SUBJECT,
        paragraphs=(
            "There is something new to read. Please open it today if you can, and at the latest "
            f"by {moment_in_words(concern.look_by)}.",
        ),
        link=concern.get_absolute_url(),
        link_text="Open it",
    )


@notices.writes(CONCERN_OVERDUE)
def concern_overdue(notice: Notification) -> Words | None:
    concern = _to_read(notice)
    if concern is None:
        return None
    return Words(
        subject=SUBJECT,
        paragraphs=(
            "Something has waited for you longer than we promise: it was to be opened by "
            f"{moment_in_words(concern.look_by)}. Please open it now.",
        ),
        link=concern.get_absolute_url(),
        link_text="Open it",
    )


@notices.writes(CONCERN_MOVED)
def concern_moved(notice: Notification) -> Words | None:
    mine = Concern.objects.raised_by(notice.recipient).filter(public_id=notice.object_id)
    if not mine.exists():
        return None
    return Words(
        subject=SUBJECT,
        paragraphs=("There is something new to read. Sign in, and you find it under My work.",),
        link="/",
        link_text="Sign in",
    )


@notices.writes(LEAD_NAMED)
def lead_named(notice: Notification) -> Words | None:
    panel = Panel.objects.filter(public_id=notice.object_id).first()
    organisation = Organisation.objects.filter(public_id=notice.object_id).first()
    reads_for_panel = is_lead_for(notice.recipient, panel)
    reads_for_all = (
        organisation is not None and organisation.safeguarding_lead_id == notice.recipient.pk
    )
    named_for = panel if reads_for_panel else organisation if reads_for_all else None
    if named_for is None:
        return None
    return Words(
        subject="You have been named to read concerns",
        paragraphs=(
            f"You are now the safeguarding lead of {named_for.name}. When somebody worries about a "
            "person's safety, you are told, and you look at it within one working day.",
            "If this cannot be you, tell the people who named you today.",
        ),
        link=reverse("stakeholders:concerns"),
        link_text="See what there is to read",
    )


@notices.writes(LEAD_CHANGED)
def lead_changed(notice: Notification) -> Words | None:
    """To whoever read concerns before, and to whoever answers for all of the organisation's."""
    panel = Panel.objects.filter(public_id=notice.object_id).select_related("organisation").first()
    organisation = Organisation.objects.filter(public_id=notice.object_id).first()
    works_at = panel.organisation if panel is not None else organisation
    about = panel or organisation
    if about is None or works_at is None or about.safeguarding_lead is None:
        return None
    if not Organisation.objects.of_staff(notice.recipient).filter(pk=works_at.pk).exists():
        return None
    return Words(
        subject="Who reads concerns has changed",
        paragraphs=(
            f"{about.safeguarding_lead.display_name} is now named to read concerns of "
            f"{about.name}, also those that were raised before.",
            "If you did not expect this, ask the people who run the panel today, or those who "
            f"answer for safeguarding at {works_at.name}.",
        ),
    )


@notices.writes(NOBODY_TO_READ)
def nobody_to_read(notice: Notification) -> Words | None:
    organisation = Organisation.objects.filter(
        concerns__public_id=notice.object_id, concerns__status="new"
    ).first()
    if organisation is None or notice.recipient not in who_can_name(organisation):
        return None
    return Words(
        subject="A safeguarding lead has to be named today",
        paragraphs=(
            f"Something waits to be read at {organisation.name}, and nobody is named who may read "
            "it. Please name a safeguarding lead today.",
        ),
        link=reverse("stakeholders:organisation-safeguarding", args=[organisation.public_id]),
        link_text="Name a safeguarding lead",
    )
