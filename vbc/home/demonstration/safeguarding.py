"""Who keeps people safe in the demonstration, and what they were told. All of it is invented."""

from django.utils import timezone

from cycles.enums import DecisionStatus
from cycles.models import Decision
from cycles.services import comments, redactions
from stakeholders.enums import MayKnow, OrganisationRole, PassedTo
from stakeholders.models import User
from stakeholders.services import concerns, organisations, people, safeguarding
from vbc.home.demonstration.people import PASSWORD, Cast

# Reads what belongs to no panel, and what is about Kim, who reads what is about the panel.
LEAD = ("ash@example.org", "Ash Example")

CLOSED = (
    "After the meeting in the community centre a man waited for Wren at the bus stop and asked what "
    "she had said about his brother. She laughed about it, but I think she was frightened."
)
WHAT_WAS_DONE = (
    "We talked with the person it was about. From now on meetings end while it is light, and taxis "
    "are booked and paid for. Nobody has to ask for one."
)
WAITING = (
    "Somebody wrote in a comment how a neighbour is locked in at night by the family. It may be made "
    "up, but I cannot stop thinking about it."
)
ELSEWHERE = "A letter from your office had another person's diagnosis in it. I have sent it back."

COMMENT = (
    "My neighbour Joan Inventedname waited fourteen months. By then she no longer opened the door. "
    "Somebody coming to the centre would have seen her every week."
)


def tell(cast: Cast) -> None:
    """Three concerns, each at another point, and a name that was taken out of a comment."""
    ash = people.create(LEAD[0], display_name=LEAD[1], password=PASSWORD)
    organisations.add_member(cast.organisation, ash, role=OrganisationRole.ADMIN, by=cast["kim"])
    safeguarding.name_organisation_lead(cast.organisation, ash, by=cast["alex"])
    _raise_concerns(cast, ash)
    _take_a_name_out(cast)


def _raise_concerns(cast: Cast, ash: User) -> None:
    kim = cast["kim"]
    done = concerns.raise_concern(
        cast.organisation,
        panel=cast.panel,
        what_happened=CLOSED,
        is_in_danger=False,
        may_know=MayKnow.HELPERS,
        how_to_reach="Text me, in the mornings.",
        by=cast["swift"],
    )
    concerns.open_concern(done, by=kim)
    concerns.add_note(done, note="Rang on the same day. She wants company to the bus.", by=kim)
    concerns.close(done, told=WHAT_WAS_DONE, by=kim)
    concerns.raise_concern(
        cast.organisation,
        panel=cast.panel,
        what_happened=WAITING,
        is_in_danger=False,
        page=cast.panel.get_absolute_url(),
        by=cast["linnet"],
    )
    passed_on = concerns.raise_concern(
        cast.organisation, what_happened=ELSEWHERE, is_in_danger=False, by=cast["jay"]
    )
    concerns.open_concern(passed_on, by=ash)
    concerns.pass_on(
        passed_on,
        to=PassedTo.PROVIDER,
        day=timezone.localdate(),
        told="The service tells the person whose letter it was. Thank you for sending it back.",
        by=ash,
    )


def _take_a_name_out(cast: Cast) -> None:
    decision = Decision.objects.get(
        cycle__organisation=cast.organisation, status=DecisionStatus.RATING
    )
    comment = comments.add(decision, text=COMMENT, by=cast["heron"])
    redactions.redact(comment, words=["Joan Inventedname"], by=cast["kim"])
