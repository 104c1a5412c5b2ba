"""From Plan to Do: decisions taken together, everyone answered, the strategy written."""

from cycles.enums import Stage, StrategyElement
from cycles.gates.lines import PANEL, RUNNERS, Check, counted, parts_written, took_part, url
from cycles.models import Cycle
from cycles.queries.facts import Facts

NONE_RECORDED = "No decision is recorded yet."


def plan_to_do(cycle: Cycle, facts: Facts) -> list[Check]:
    """Decisions taken together, everyone answered, and the strategy written."""
    unsettled, unanswered = facts.decisions_unsettled, facts.contributions_unanswered_on_recorded
    decisions = url(cycle, "decisions")
    return [
        Check(
            "decision_recorded",
            "At least one decision is recorded",
            facts.decisions_recorded > 0,
            NONE_RECORDED,
            decisions,
            waiting_for=PANEL,
            can_be_passed=False,
        ),
        Check(
            "ratings_settled",
            "No decision is still being rated or talked about",
            unsettled == 0,
            f"{counted(unsettled, 'decision is', 'decisions are')} still being rated or talked "
            "about. Record the result, or put the decision off with the reason.",
            decisions,
            waiting_for=PANEL,
            can_be_passed=False,
        ),
        Check(
            "contributions_answered",
            "Everyone who said something about a decision that is recorded has an answer",
            unanswered == 0,
            f"{counted(unanswered, 'comment or option has', 'comments or options have')} had no "
            "answer yet.",
            decisions,
            can_be_passed=False,
            waiting_for=RUNNERS if facts.decisions_recorded else PANEL,
            nothing_yet="" if facts.decisions_recorded else NONE_RECORDED,
        ),
        Check(
            "strategy_written",
            "All seven parts of the strategy are written",
            facts.elements_written >= len(StrategyElement.values),
            parts_written(facts.elements_written),
            url(cycle, "strategy"),
        ),
        Check(
            "will_not_commission",
            "The strategy says what will not be commissioned",
            facts.says_what_will_not_be_commissioned,
            "The strategy does not say yet what will not be commissioned.",
            url(cycle, "strategy-element", StrategyElement.CHANGES),
            for_runners=True,
        ),
    ]


def plan_to_do_together(cycle: Cycle, facts: Facts) -> list[Check]:
    """As before; and it is known what each decision does to whom, by those it is for as well."""
    unpublished = facts.decisions_without_equality
    return [
        *plan_to_do(cycle, facts),
        Check(
            "equality_published",
            "What each decision does to groups of people is published",
            unpublished == 0,
            f"{counted(unpublished, 'decision has', 'decisions have')} no equality assessment that "
            "is published as it stands now.",
            url(cycle, "decisions"),
            can_be_passed=False,
            waiting_for=RUNNERS if facts.decisions_recorded else PANEL,
            nothing_yet="" if facts.decisions_recorded else NONE_RECORDED,
        ),
        took_part(cycle, facts, Stage.PLAN),
    ]
