"""From Analyse to Plan: a panel that sits, needs that are published, and what there is today."""

from django.urls import reverse

from cycles.enums import Stage
from cycles.gates.lines import PANEL, RUNNERS, Check, counted, number, took_part, url
from cycles.models import Cycle
from cycles.queries.facts import Facts
from stakeholders.enums import PanelStatus, Pillar


def analyse_to_plan(cycle: Cycle, facts: Facts) -> list[Check]:
    """A panel that sits, and needs that are written down, groups included, and published."""
    needs = cycle.needs_assessment
    needs_url = needs.get_absolute_url() if needs else url(cycle, "link-needs")
    not_stated = facts.groups_not_stated
    return [
        Check(
            "panel_sitting",
            "A panel is sitting, with at least two service users",
            facts.panel_status == PanelStatus.SITTING and facts.has_enough_service_users,
            _panel_missing(facts),
            cycle.panel.get_absolute_url() if cycle.panel else url(cycle, "link-panel"),
            waiting_for=PANEL if cycle.panel_id else RUNNERS,
            can_be_passed=False,
            for_runners=cycle.panel_id is None,
        ),
        Check(
            "needs_linked",
            "A needs assessment is linked",
            facts.has_needs_assessment,
            "No needs assessment is linked to this cycle yet.",
            url(cycle, "link-needs"),
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
            url(cycle, "values"),
            waiting_for=PANEL,
        ),
        Check(
            "problem_understood",
            "Each pillar has said how it sees the problem",
            seen >= len(Pillar),
            f"{_of_three_pillars(seen)} said how it sees the problem.",
            url(cycle, "understanding"),
            waiting_for=PANEL,
        ),
        Check(
            "map_ready",
            "The map says who is affected, with service users at the centre",
            facts.is_map_ready,
            "The map does not say yet what this does to service users, and who else is affected.",
            reverse("stakeholders:stakeholder-map", args=[cycle.panel.public_id])
            if cycle.panel
            else url(cycle, "link-panel"),
            for_runners=True,
        ),
        took_part(cycle, facts, Stage.ANALYSE),
    ]


def analyse_to_plan_with_stock_take(cycle: Cycle, facts: Facts) -> list[Check]:
    """As before; and what there is today: at least one service of the area is described, or it is
    said why there is none to describe."""
    return [
        *analyse_to_plan_together(cycle, facts),
        Check(
            "stock_taken",
            "The services that there are now are described",
            facts.services_described > 0 or facts.says_why_no_service,
            "No service here is described yet. Describe those that there are, or say why there is "
            "none to describe.",
            url(cycle, "stock-take"),
        ),
    ]


def _of_three_pillars(count: int) -> str:
    if count == 0:
        return "No pillar has"
    return f"{number(count)} of three pillars {'has' if count == 1 else 'have'}"


def _panel_missing(facts: Facts) -> str:
    """Why the panel is not sitting: never who, never why somebody is away."""
    return {
        "": "No panel is linked to this cycle yet.",
        PanelStatus.FORMING: "The panel is still being formed.",
        PanelStatus.CLOSED: "The panel has been closed.",
    }.get(facts.panel_status, "The panel is waiting for a member.")
