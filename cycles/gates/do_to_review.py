"""From Do to Review: actions with an owner and a date, outcomes with a start."""

from cycles.enums import Stage
from cycles.gates.lines import Check, counted, took_part, url
from cycles.models import Cycle
from cycles.queries.facts import Facts


def do_to_review(cycle: Cycle, facts: Facts) -> list[Check]:
    """Each decision has actions, each action an owner and a date, each outcome a start."""
    without, loose = facts.decisions_without_action, facts.actions_without_owner_or_date
    return [
        Check(
            "decisions_have_actions",
            "Each decision has an action with an owner and a date",
            without == 0,
            f"{counted(without, 'decision has', 'decisions have')} no action with an owner and a "
            "date yet.",
            url(cycle, "actions"),
        ),
        Check(
            "actions_complete",
            "Each action says who will do it and by when",
            loose == 0,
            f"{counted(loose, 'action does', 'actions do')} not say yet who will do it and by "
            "when.",
            url(cycle, "actions"),
        ),
        Check(
            "outcomes_have_baseline",
            "There is an outcome to measure, and we know where we started",
            facts.outcomes > 0 and facts.outcomes_without_baseline == 0,
            f"{counted(facts.outcomes_without_baseline, 'outcome does', 'outcomes do')} not say "
            "yet where we started."
            if facts.outcomes
            else "There is no outcome to measure yet.",
            url(cycle, "outcomes"),
        ),
    ]


def do_to_review_together(cycle: Cycle, facts: Facts) -> list[Check]:
    """As before; and service users or carers took part in this stage."""
    return [*do_to_review(cycle, facts), took_part(cycle, facts, Stage.DO)]
