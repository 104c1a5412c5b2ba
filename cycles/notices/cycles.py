"""What is said when a cycle moves or a person is given something to do.

A title can tell of an illness, so it stands in the text and never in the subject.
"""

from django.urls import reverse

from cycles.enums import STAGE_IN_PLAIN_WORDS, Stage
from cycles.models import Action, Cycle, StageChange
from vbc.core.models import Notification
from vbc.core.services.notices import Words, writes
from vbc.ui.dates import day_in_words

STAGE_CHANGED = "cycles.stage_changed"
LEADS = "cycles.leads"
ACTION_GIVEN = "cycles.action_given"


@writes(STAGE_CHANGED)
def stage_changed(notice: Notification) -> Words | None:
    """The cycle has moved: where to, and what that means."""
    change = StageChange.objects.select_related("cycle").filter(pk=notice.object_id).first()
    if change is None or not _sees(notice, change.cycle):
        return None
    stage = Stage(change.target)
    return Words(
        subject="A cycle has moved to another stage",
        paragraphs=(
            f"“{change.cycle.title}” is now in the stage “{stage.label}”. "
            f"{STAGE_IN_PLAIN_WORDS[stage]}",
            "You can read what this means and what comes next.",
        ),
        link=change.cycle.get_absolute_url(),
        link_text="Open the cycle",
    )


@writes(LEADS)
def leads(notice: Notification) -> Words | None:
    """The person has been asked to lead a cycle."""
    cycle = Cycle.objects.filter(public_id=notice.object_id).first()
    if cycle is None or not _sees(notice, cycle) or cycle.lead_id != notice.recipient_id:
        return None
    return Words(
        subject="You lead a cycle",
        paragraphs=(f"You now lead “{cycle.title}”. Its page always shows the next thing to do.",),
        link=cycle.get_absolute_url(),
        link_text="Open the cycle",
    )


@writes(ACTION_GIVEN)
def action_given(notice: Notification) -> Words | None:
    """The person owns an action: what it is and by when."""
    action = Action.objects.select_related("cycle").filter(public_id=notice.object_id).first()
    if action is None or action.owner_id != notice.recipient_id:
        return None
    if not _sees(notice, action.cycle):
        return None
    until = f" by {day_in_words(action.due_on)}" if action.due_on else ""
    return Words(
        subject="There is an action for you",
        paragraphs=(
            f"You have been asked to do this{until}: {action.title}.",
            "If you cannot do it, say so on its page or tell the people who run the cycle.",
        ),
        link=reverse("cycles:action", args=[action.cycle.slug, action.public_id]),
        link_text="Open the action",
    )


def _sees(notice: Notification, cycle: Cycle) -> bool:
    return Cycle.objects.visible_to(notice.recipient).filter(pk=cycle.pk).exists()
