"""Rating with help, a reason that its author shows, and a question to be answered by an order. All
invented."""

from cycles.enums import BallotMethod, Stage
from cycles.models import Cycle, Decision
from cycles.queries.rounds import open_round_of
from cycles.services import decisions, helping, options, ratings
from cycles.services.ratings import Helped
from stakeholders.queries.panels import seat_of
from vbc.home.demonstration.people import Cast

PLACES = (
    (
        "In the library on a weekday evening",
        "A quiet room upstairs. Anybody can walk in, and nobody asks what for.",
        "Free; the library asks for two weeks' notice",
    ),
    (
        "In the community hall on a Saturday",
        "Tea and a table for each language, with children playing next door.",
        "About £60 each time",
    ),
    (
        "At the college, after the English class",
        "People are there already, and their teacher can come along.",
        "Free",
    ),
)


def tell(cast: Cast) -> None:
    """Beside the round that is open, and in the cycle that has only begun."""
    _rate_with_help(cast)
    _ask_for_an_order(cast)


def _rate_with_help(cast: Cast) -> None:
    """Linnet chose Swift, who enters what she says. Wren shows why she rates as she does."""
    decision = Decision.objects.get(cycle__panel=cast.panel, cycle__stage=Stage.PLAN)
    round_ = open_round_of(decision)
    seat = seat_of(cast["linnet"], cast.panel)
    if round_ is None or seat is None:
        return
    first, *_, last = decision.options.filter(withdrawn_at__isnull=True).order_by("pk")
    chosen = helping.choose(seat, cast["swift"], by=cast["linnet"])
    ratings.cast(
        round_,
        option=first,
        value=8,
        reason="I would go if somebody I know is at the door.",
        by=cast["swift"],
        helped=Helped(chosen, member_said_so=True),
    )
    shown = ratings.cast(
        round_,
        option=last,
        value=6,
        reason="My aunt came only when her daughter could sit beside her.",
        by=cast["wren"],
    )
    ratings.release_reason(shown, by=cast["wren"])


def _ask_for_an_order(cast: Cast) -> None:
    """Being prepared: members will put three places in order, the best first."""
    cycle = Cycle.objects.get(panel=cast.panel, stage=Stage.ANALYSE)
    decision = decisions.propose(
        cycle,
        title="Where shall we ask people?",
        question="In which of these places do we ask people what stands in their way?",
        why="People who speak little English do not answer letters. We have to go where they are.",
        method=BallotMethod.RANKING,
        by=cast["alex"],
    )
    for title, summary, cost in PLACES:
        options.propose(decision, title=title, plain_summary=summary, cost=cost, by=cast["heron"])
