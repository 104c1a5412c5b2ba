"""From Review to the end: what came of it, what was learned, and everyone answered."""

from cycles.enums import Stage
from cycles.gates.lines import OWNERS, Check, counted, took_part, url
from cycles.models import Cycle
from cycles.queries.facts import Facts


def review_to_closed(cycle: Cycle, facts: Facts) -> list[Check]:
    """What came of it, what was learned, and everyone answered."""
    no_result, unfinished = facts.outcomes_without_result, facts.actions_unfinished
    unanswered = facts.contributions_unanswered
    return [
        Check(
            "outcomes_have_results",
            "Each outcome has been measured again",
            no_result == 0,
            f"{counted(no_result, 'outcome has', 'outcomes have')} not been measured again yet.",
            url(cycle, "outcomes"),
        ),
        Check(
            "actions_settled",
            "Each action is done, or stopped with the reason",
            unfinished == 0,
            f"{counted(unfinished, 'action is', 'actions are')} neither done nor stopped. "
            "What goes on is carried into the next cycle.",
            url(cycle, "actions"),
            waiting_for=OWNERS,
        ),
        Check(
            "finding_written",
            "What we learned is written down",
            facts.findings > 0,
            "Nothing is written down yet about what we learned.",
            url(cycle, "review"),
        ),
        Check(
            "contributions_answered",
            "Everyone who said something in this cycle has an answer",
            unanswered == 0,
            f"{counted(unanswered, 'comment or option has', 'comments or options have')} had no "
            "answer yet.",
            url(cycle, "decisions"),
            can_be_passed=False,
        ),
    ]


def review_to_closed_together(cycle: Cycle, facts: Facts) -> list[Check]:
    """As before; and whoever said how they see the problem was answered; and they took part."""
    unanswered = facts.understandings_unanswered
    return [
        *review_to_closed(cycle, facts),
        Check(
            "understanding_answered",
            "Everyone who said how they see the problem has an answer",
            unanswered == 0,
            f"{counted(unanswered, 'view of the problem has', 'views of the problem have')} had no "
            "answer yet.",
            url(cycle, "understanding"),
            can_be_passed=False,
        ),
        took_part(cycle, facts, Stage.REVIEW),
    ]
