"""Cycles on a page: rows of the list, and the page of one."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from cycles.enums import STAGE_IN_PLAIN_WORDS, Stage
from cycles.gates import checks
from cycles.models import Cycle
from cycles.permissions.cycles import may_run_cycle
from cycles.permissions.stages import open_now
from cycles.permissions.taking_part import may_read_roles_in
from cycles.presenters import lenses, stages
from cycles.presenters.boards import with_board_answers
from cycles.presenters.principles import five_points
from cycles.presenters.urgent import count_sentence
from cycles.queries.cycles import panels_to_choose
from cycles.queries.decisions import decisions_of
from cycles.queries.facts import facts_by_cycle, facts_of
from cycles.queries.having_a_part import keeps_its_panel
from cycles.services.cycles import PANEL_STAYS
from stakeholders.enums import PanelStatus
from stakeholders.models import Panel
from stakeholders.permissions.panels import panels_with_roles_for
from stakeholders.presenters.panels import carers_note, sentence
from stakeholders.queries.panels import compositions, takes_part

LIST_HEAD = ("Cycle", "Stage", "Area", "What is missing next")
RECENT = 3


def list_rows(cycles: Iterable[Cycle], user: Any) -> list[list[Any]]:
    """One row a cycle: title, stage in words, area, and what is missing next, as `user` may know
    it."""
    shown = list(cycles)
    facts = facts_by_cycle(shown)
    known = panels_with_roles_for(user, [cycle.panel for cycle in shown if cycle.panel])
    return [
        [
            {"text": cycle.title, "url": cycle.get_absolute_url()},
            {"text": Stage(cycle.stage).label, "note": STAGE_IN_PLAIN_WORDS[cycle.stage]},
            cycle.area.name,
            next_missing(
                cycle,
                facts[cycle.pk],
                knows_roles=cycle.panel_id is None or cycle.panel_id in known,
            ),
        ]
        for cycle in shown
    ]


def next_missing(cycle: Cycle, facts: Any, *, knows_roles: bool) -> str:
    """The first thing that is missing for the step onwards, in words."""
    if cycle.is_closed:
        return "Nothing: this cycle is finished."
    gate = checks(cycle, facts)
    told = [check for check in gate if knows_roles or not check.tells_roles]
    missing = [check.missing for check in told if not check.is_met]
    if missing:
        return missing[0]
    return "Nothing: it can go on." if told == gate else "Nothing that is shown to you."


def page(cycle: Cycle, user: Any) -> dict[str, Any]:
    """Everything the page of a cycle shows, for this reader."""
    runs = bool(may_run_cycle(user, cycle))
    is_member = takes_part(user, cycle.panel)
    knows_roles = bool(may_read_roles_in(user, cycle))
    facts = facts_of(cycle)
    gate = checks(cycle, facts)
    changes = cycle.stage_changes.select_related("by").order_by("-at", "-pk")[:RECENT]
    return {
        "cycle": cycle,
        "runs": runs,
        "timeline": stages.timeline(cycle),
        "topics": topics(cycle),
        "meaning": STAGE_IN_PLAIN_WORDS[cycle.stage],
        "onwards": stages.onwards(cycle),
        "back": stages.back(cycle),
        **linking_a_panel(cycle, runs=runs),
        "panel_sentences": panel_sentences(cycle.panel, knows_roles=knows_roles),
        "is_met": all(check.is_met for check in gate),
        "is_member": is_member,
        "tasks": stages.tasks(gate, runs=runs, is_member=is_member, knows_roles=knows_roles),
        "work": stages.work(cycle, cycle.stage, facts, runs=runs),
        "decisions": with_board_answers(cycle, decisions_of(cycle)),
        "urgent_sentence": count_sentence(cycle),
        "five_points": five_points(cycle),
        "lenses": lenses.on_cycle_page(cycle),
        "carried": carried(cycle),
        "history": [stages.change_in_words(change) for change in changes],
        "documents_url": reverse("reports:documents") + f"?cycle={cycle.slug}",
        "following": getattr(cycle, "next", None),
    }


def linking_a_panel(cycle: Cycle, *, runs: bool) -> dict[str, Any]:
    """Whether the reader can link a panel, or another one, and why not where its people spoke."""
    if not runs or not open_now("link_panel", cycle):
        return {"may_link_panel": False, "panel_stays": ""}
    stays = keeps_its_panel(cycle)
    return {"may_link_panel": not stays, "panel_stays": PANEL_STAYS if stays else ""}


def panel_to_choose(cycle: Cycle) -> dict[str, Any]:
    """What the page on which a panel is chosen says where there is none to choose."""
    if keeps_its_panel(cycle):
        return {
            "is_empty": True,
            "empty": "This cycle keeps its panel",
            "empty_text": PANEL_STAYS,
            "make_url": cycle.panel.get_absolute_url() if cycle.panel else "",
            "make": "Go to the panel",
        }
    return {
        "is_empty": not panels_to_choose(cycle.organisation).exists(),
        "empty": "There is no panel to choose yet.",
        "make_url": reverse("stakeholders:panels"),
        "make": "Set up a panel",
    }


def topics(cycle: Cycle) -> list[dict[str, str]]:
    """What the cycle is about, each with where the library has more on it."""
    library = reverse("evidence:references")
    return [
        {"text": each.get_topic_display(), "url": f"{library}?topic={each.topic}"}
        for each in cycle.topics.all()
    ]


def panel_sentences(panel: Panel | None, *, knows_roles: bool) -> list[str]:
    """How the panel is; where it sits without a carer, that too, for whoever may know."""
    if panel is None:
        return []
    composition = compositions([panel])[panel.pk]
    said = [sentence(panel, composition, knows_roles=knows_roles)]
    if panel.status == PanelStatus.SITTING:
        said.append(carers_note(panel, composition, knows_roles=knows_roles))
    return [words for words in said if words]


def carried(cycle: Cycle) -> list[dict[str, Any]]:
    """What the cycle before handed on, by kind."""
    by_kind: dict[str, list[str]] = {}
    for item in cycle.carried_items.all():
        by_kind.setdefault(item.get_kind_display(), []).append(item.text)
    return [{"kind": kind, "texts": texts} for kind, texts in by_kind.items()]
