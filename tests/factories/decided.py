"""A decision of which there is everything to print, and who could be hurt by it."""

from typing import Any

from cycles.enums import BoardAnswerKind
from cycles.models import Comment, Decision
from cycles.services import comments, records
from cycles.services import equality as equality_services
from stakeholders.enums import EngagementEffect, Perspective, Pillar
from tests.factories import cycles, equality
from tests.factories import decisions as deciding
from tests.kept import kept
from vbc.core.enums import ContributionStatus

SAID = "Nobody repeats these words."
ANSWER = "It opens at night now."
STATEMENT = "Think of the villages."


@kept
def with_everything() -> Decision:
    """Recorded and corrected, assessed in full, commented on, with a statement, an action and an
    answer of the board."""
    made = deciding.weighing()
    equality.full(made)
    equality_services.publish(made, by=made.cycle.lead)
    acted_on(made)
    deciding.recorded(made)
    records.add_minority_statement(
        made, text=STATEMENT, shown_with_name=False, by=author_of_statement(made)
    )
    records.say_heard(
        made,
        pillar=Pillar.CLINICAL,
        feels_heard=False,
        comment="We had little time.",
        by=deciding.members(made, Perspective.CLINICIAN)[0],
    )
    equality.corrected(made)
    equality.board_answer(made, BoardAnswerKind.VARIED, what_changed="It opens in May.")
    cycles.action(made.cycle, decision=made)
    return made


@kept
def acted_on(made: Decision) -> Comment:
    """What a member who uses services said, which changed something."""
    comment = comments.add(made, text=SAID, by=author_of_comment(made))
    comments.answer(
        comment,
        status=ContributionStatus.ACTED_ON,
        text=ANSWER,
        effect=EngagementEffect.IDEAS,
        by=made.cycle.lead,
    )
    return comment


def author_of_comment(made: Decision) -> Any:
    return deciding.members(made, Perspective.SERVICE_USER)[0]


def author_of_statement(made: Decision) -> Any:
    return deciding.members(made, Perspective.SERVICE_USER)[1]
