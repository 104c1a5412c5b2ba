"""What each step onwards needs. A gate answers with everything it looks at, met or not.

Gates are read from `cycles.queries.facts`, so a list of cycles costs no more queries than one. A
cycle keeps the version of the gates it started with: a new line is a new version, never a change
to one that is under way.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from cycles.enums import Stage, StrategyElement
from cycles.machine import forward
from cycles.models import Cycle
from cycles.queries.facts import Facts, facts_of
from stakeholders.enums import PanelStatus, Pillar

# Who is waited for: a role, never a person.
RUNNERS = "the people who run this cycle"
PANEL = "the panel"
OWNERS = "the people who own the actions"


@dataclass(frozen=True)
class Blocker:
    """Something that is missing, in plain words, with where to mend it.

    `waiting_for` names a role, never a person. `can_be_passed` says whether a named officer may go
    on without it, with a published reason; never so for the panel rule or a ballot.
    """

    text: str
    url: str = ""
    waiting_for: str = ""
    can_be_passed: bool = False


@dataclass(frozen=True)
class Check:
    """One line of a gate. `label` says what is needed; `missing` why it is not met.

    `for_runners` marks a link that opens only for the people who run the cycle.
    """

    key: str
    label: str
    is_met: bool
    missing: str
    url: str
    waiting_for: str = RUNNERS
    can_be_passed: bool = True
    for_runners: bool = False

    @property
    def blocker(self) -> Blocker:
        """The same line, as something in the way."""
        return Blocker(self.missing, self.url, self.waiting_for, self.can_be_passed)


Gate = Callable[[Cycle, Facts], list[Check]]


def counted(count: int, one: str, many: str) -> str:
    """How many, small numbers in words: "One part", "Seven parts", "12 parts"."""
    return f"{number(count)} {one if count == 1 else many}"


def number(count: int) -> str:
    """A small number in words, to begin a sentence with; nothing is "No"."""
    small = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
    return small[count] if 0 <= count < len(small) else str(count)


def checks(cycle: Cycle, facts: Facts | None = None, *, stage: str = "") -> list[Check]:
    """Everything the step onwards needs, met or not; nothing for a closed cycle.

    `stage` asks about another stage than today's. Without `facts` they are read now.
    """
    step = forward(stage or cycle.stage)
    if step is None or step.gate is None:
        return []
    return GATES[cycle.gate_version][step.gate](cycle, facts or facts_of(cycle))


def unmet(cycle: Cycle, facts: Facts | None = None) -> list[Check]:
    """What is still missing for the step onwards, in the order in which it is best done."""
    return [check for check in checks(cycle, facts) if not check.is_met]


def blockers(cycle: Cycle, facts: Facts | None = None) -> list[Blocker]:
    """What is still missing, in plain words with links."""
    return [check.blocker for check in unmet(cycle, facts)]


def parts_written(count: int) -> str:
    """How many of the seven parts of a strategy are written, in words."""
    if count == 0:
        return "None of seven parts is written yet."
    if count >= len(StrategyElement.values):
        return "All seven parts are written."
    return f"{number(count)} of seven parts {'is' if count == 1 else 'are'} written."


def analyse_to_plan(cycle: Cycle, facts: Facts) -> list[Check]:
    """A panel that sits, and needs that are written down, groups included, and published."""
    needs = cycle.needs_assessment
    needs_url = needs.get_absolute_url() if needs else _url(cycle, "link-needs")
    not_stated = facts.groups_not_stated
    return [
        Check(
            "panel_sitting",
            "A panel is sitting, with at least two service users",
            facts.panel_status == PanelStatus.SITTING and facts.has_enough_service_users,
            _panel_missing(facts),
            cycle.panel.get_absolute_url() if cycle.panel else _url(cycle, "link-panel"),
            waiting_for=PANEL if cycle.panel_id else RUNNERS,
            can_be_passed=False,
            for_runners=cycle.panel_id is None,
        ),
        Check(
            "needs_linked",
            "A needs assessment is linked",
            facts.has_needs_assessment,
            "No needs assessment is linked to this cycle yet.",
            _url(cycle, "link-needs"),
            for_runners=True,
        ),
        Check(
            "needs_statement",
            "The needs are written in one paragraph",
            facts.has_needs_statement,
            "The needs are not written in one paragraph yet.",
            needs_url,
            for_runners=needs is None,
        ),
        Check(
            "needs_groups",
            "Each particular group is spoken of",
            facts.has_needs_assessment and not_stated <= 0,
            f"{counted(not_stated, 'group is', 'groups are')} not spoken of yet. "
            "Say what is known, or why it was not assessed.",
            needs_url,
            for_runners=needs is None,
        ),
        Check(
            "needs_published",
            "The needs assessment is published",
            facts.is_needs_published,
            "The needs assessment is not published yet.",
            needs_url,
            for_runners=needs is None,
        ),
    ]


def analyse_to_plan_together(cycle: Cycle, facts: Facts) -> list[Check]:
    """As before; and shared values, the problem as each pillar sees it, who is affected."""
    agreed, seen = facts.pillars_agreed_to_values, facts.pillars_said_how_they_see_it
    return [
        *analyse_to_plan(cycle, facts),
        Check(
            "values_agreed",
            "Each pillar has agreed to what matters to all of us",
            agreed >= len(Pillar),
            f"{_of_three_pillars(agreed)} agreed to the shared values as they stand now.",
            _url(cycle, "values"),
            waiting_for=PANEL,
        ),
        Check(
            "problem_understood",
            "Each pillar has said how it sees the problem",
            seen >= len(Pillar),
            f"{_of_three_pillars(seen)} said how it sees the problem.",
            _url(cycle, "understanding"),
            waiting_for=PANEL,
        ),
        Check(
            "map_ready",
            "The map says who is affected, with service users at the centre",
            facts.is_map_ready,
            "The map does not say yet what this does to service users, and who else is affected.",
            reverse("stakeholders:stakeholder-map", args=[cycle.panel.public_id])
            if cycle.panel
            else _url(cycle, "link-panel"),
            for_runners=True,
        ),
        _took_part(cycle, facts, Stage.ANALYSE),
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
            _url(cycle, "decisions"),
            can_be_passed=False,
        ),
        _took_part(cycle, facts, Stage.PLAN),
    ]


def do_to_review_together(cycle: Cycle, facts: Facts) -> list[Check]:
    """As before; and service users or carers took part in this stage."""
    return [*do_to_review(cycle, facts), _took_part(cycle, facts, Stage.DO)]


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
            _url(cycle, "understanding"),
            can_be_passed=False,
        ),
        _took_part(cycle, facts, Stage.REVIEW),
    ]


def plan_to_do(cycle: Cycle, facts: Facts) -> list[Check]:
    """Decisions taken together, everyone answered, and the strategy written."""
    unsettled, unanswered = facts.decisions_unsettled, facts.contributions_unanswered_on_recorded
    decisions = _url(cycle, "decisions")
    return [
        Check(
            "decision_recorded",
            "At least one decision is recorded",
            facts.decisions_recorded > 0,
            "No decision is recorded yet.",
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
            "Everyone who said something about these decisions has an answer",
            unanswered == 0,
            f"{counted(unanswered, 'comment or option has', 'comments or options have')} had no "
            "answer yet.",
            decisions,
            can_be_passed=False,
        ),
        Check(
            "strategy_written",
            "All seven parts of the strategy are written",
            facts.elements_written >= len(StrategyElement.values),
            parts_written(facts.elements_written),
            _url(cycle, "strategy"),
        ),
        Check(
            "will_not_commission",
            "The strategy says what will not be commissioned",
            facts.says_what_will_not_be_commissioned,
            "The strategy does not say yet what will not be commissioned.",
            _url(cycle, "strategy-element", StrategyElement.CHANGES),
            for_runners=True,
        ),
    ]


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
            _url(cycle, "actions"),
        ),
        Check(
            "actions_complete",
            "Each action says who will do it and by when",
            loose == 0,
            f"{counted(loose, 'action does', 'actions do')} not say yet who will do it and by "
            "when.",
            _url(cycle, "actions"),
        ),
        Check(
            "outcomes_have_baseline",
            "There is an outcome to measure, and we know where we started",
            facts.outcomes > 0 and facts.outcomes_without_baseline == 0,
            f"{counted(facts.outcomes_without_baseline, 'outcome does', 'outcomes do')} not say "
            "yet where we started."
            if facts.outcomes
            else "There is no outcome to measure yet.",
            _url(cycle, "outcomes"),
        ),
    ]


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
            _url(cycle, "outcomes"),
        ),
        Check(
            "actions_settled",
            "Each action is done, or stopped with the reason",
            unfinished == 0,
            f"{counted(unfinished, 'action is', 'actions are')} neither done nor stopped. "
            "What goes on is carried into the next cycle.",
            _url(cycle, "actions"),
            waiting_for=OWNERS,
        ),
        Check(
            "finding_written",
            "What we learned is written down",
            facts.findings > 0,
            "Nothing is written down yet about what we learned.",
            _url(cycle, "review"),
        ),
        Check(
            "contributions_answered",
            "Everyone who said something in this cycle has an answer",
            unanswered == 0,
            f"{counted(unanswered, 'comment or option has', 'comments or options have')} had no "
            "answer yet.",
            _url(cycle, "decisions"),
            can_be_passed=False,
        ),
    ]


GATES: dict[int, dict[str, Gate]] = {
    1: {
        "analyse_to_plan": analyse_to_plan,
        "plan_to_do": plan_to_do,
        "do_to_review": do_to_review,
        "review_to_closed": review_to_closed,
    },
    # What the panel agrees on before it plans; and no stage ends without those it is for.
    2: {
        "analyse_to_plan": analyse_to_plan_together,
        "plan_to_do": plan_to_do_together,
        "do_to_review": do_to_review_together,
        "review_to_closed": review_to_closed_together,
    },
}


def _of_three_pillars(count: int) -> str:
    if count == 0:
        return "No pillar has"
    return f"{number(count)} of three pillars {'has' if count == 1 else 'have'}"


def _took_part(cycle: Cycle, facts: Facts, stage: str) -> Check:
    """No stage ends without service users or carers in it. A stage that is over had its own."""
    order = list(Stage)
    today = order.index(Stage(cycle.stage))
    here = order.index(Stage(stage))
    return Check(
        "took_part",
        "Service users or carers took part in this stage",
        facts.service_users_or_carers_took_part if here == today else here < today,
        "Nobody who uses services, and no carer, has taken part in this stage yet. A comment, an "
        "option, a meeting or a talk with a group all count.",
        _url(cycle, "involvement"),
        waiting_for=PANEL,
        can_be_passed=False,
    )


def _panel_missing(facts: Facts) -> str:
    """Why the panel is not sitting: never who, never why somebody is away."""
    return {
        "": "No panel is linked to this cycle yet.",
        PanelStatus.FORMING: "The panel is still being formed.",
        PanelStatus.CLOSED: "The panel has been closed.",
    }.get(facts.panel_status, "The panel is waiting for a member.")


def _url(cycle: Cycle, name: str, *more: str) -> str:
    return reverse(f"cycles:{name}", args=[cycle.slug, *more])
