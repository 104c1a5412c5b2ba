"""The talk on the decision that is open: replies, a note, a change, keeping it safe. All invented."""

from cycles.enums import DecisionStatus, Stance
from cycles.models import Comment, Decision
from cycles.queries.comments import linked_references
from cycles.queries.options import options_on_the_page
from cycles.services import comments, contributions, moderation
from stakeholders.enums import EngagementEffect
from vbc.core.enums import ContributionStatus
from vbc.home.demonstration.people import Cast

ON_THE_LINE = "My mother does not pick up when she does not know the number. Nor do I."
TEXT_FIRST = "The line could send a text first, with the name of the person who will ring."
HARD_TO_READ = (
    "I was on a ward twice before anybody asked me what would help. A place that I could walk into, "
    "where somebody speaks as we do at home, would have been enough the first time."
)
HELD_BACK = "The man at the desk on Mondays is no use to anybody."
IN_OTHER_WORDS = "On Mondays I was sent away twice, and nobody asked me my name."
TAKEN_DOWN = "Whoever wants the phone line has not understood anything."


def tell(cast: Cast) -> None:
    """Everything that can happen in a talk happens once, on the decision that is open for rating."""
    decision = Decision.objects.get(
        cycle__organisation=cast.organisation, status=DecisionStatus.RATING
    )
    _threads(cast, decision)
    _held_and_shown_again(cast, decision)
    _taken_down_and_looked_at_again(cast, decision)
    _answered_together(cast, decision)


def _threads(cast: Cast, decision: Decision) -> None:
    """One about an option, with replies; one with a note; one that was changed."""
    options = list(options_on_the_page(decision))
    place, line = options[0], options[1]
    first = comments.add(
        decision, text=ON_THE_LINE, stance=Stance.AGAINST, option=line, by=cast["linnet"]
    )
    comments.add(decision, parent=first, text=TEXT_FIRST, stance=Stance.FOR, by=cast["jay"])
    reply = comments.add(
        decision,
        parent=first,
        text="Could the line book people into the centre?",
        mentioned_options=[place, line],
        by=cast["swift"],
    )
    comments.edit(
        reply,
        expected=reply.version,
        text="Could whoever rings the line be booked straight into the centre?",
        stance=Stance.NEUTRAL,
        mentioned_options=[place, line],
        by=cast["swift"],
    )
    comments.add(
        decision,
        text=HARD_TO_READ,
        stance=Stance.FOR,
        option=place,
        content_note="Being on a ward",
        mentioned_references=linked_references(options)[:1],
        by=cast["robin"],
    )


def _held_and_shown_again(cast: Cast, decision: Decision) -> None:
    comment = comments.add(decision, text=HELD_BACK, by=cast["swift"])
    moderation.hold(
        comment,
        reason="It is about one person who is not here and cannot answer. What was it like for "
        "you? That belongs here.",
        by=cast["wren"],
    )
    comments.edit(
        comment,
        expected=comment.version,
        text=IN_OTHER_WORDS,
        stance=Stance.NEUTRAL,
        by=cast["swift"],
    )


def _taken_down_and_looked_at_again(cast: Cast, decision: Decision) -> None:
    comment = comments.add(decision, text=TAKEN_DOWN, stance=Stance.AGAINST, by=cast["lukasz"])
    moderation.take_down(
        comment,
        reason="It speaks down to members who see it differently. The view itself is welcome.",
        by=cast["alex"],
    )
    moderation.appeal(
        comment, words="I meant the plan, and not the people who want it.", by=cast["lukasz"]
    )
    moderation.answer_appeal(
        comment,
        puts_back=False,
        reason="It reads as being about people. Please say it about the plan, in a new comment.",
        by=cast["wren"],
    )


def _answered_together(cast: Cast, decision: Decision) -> None:
    """Two who say the same get one answer; one of them says that it leaves something open."""
    said = list(
        Comment.objects.standing().filter(decision=decision, text__in=[ON_THE_LINE, TEXT_FIRST])
    )
    contributions.answer(
        said,
        status=ContributionStatus.PARTLY_ACTED_ON,
        text="A text before every call is now part of the phone line. Who rings is still open.",
        effect=EngagementEffect.IDEAS,
        by=cast["alex"],
    )
    linnet = next(each for each in said if each.author_id == cast["linnet"].pk)
    contributions.say_not_answered(
        linnet, words="And those who do not read? A text does not help them.", by=cast["linnet"]
    )
