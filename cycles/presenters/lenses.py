"""The frameworks of a cycle on a page: which apply now, how far each is, and what comes next."""

from typing import Any

from django.urls import reverse

from cycles.enums import Stage
from cycles.models import Cycle
from cycles.permissions.lenses import may_choose_lens
from cycles.queries.lenses import Lens, lenses_of
from evidence.frameworks import About, Framework
from evidence.presenters.frameworks import item_url, next_to_answer, progress
from stakeholders.queries.panels import takes_part
from vbc.ui.sentences import joined


def on_cycle_page(cycle: Cycle) -> list[dict[str, Any]]:
    """Those for the stage of today: how far each is, and the next one to answer."""
    return [_shown(lens) for lens in lenses_of(cycle) if _is_for(lens, cycle.stage)]


def page(cycle: Cycle, user: Any) -> dict[str, Any]:
    """All of them, those for the stage of today first."""
    lenses = lenses_of(cycle)
    now = [_shown(lens) for lens in lenses if _is_for(lens, cycle.stage)]
    later = [_shown(lens) for lens in lenses if not _is_for(lens, cycle.stage)]
    return {
        "cycle": cycle,
        "parts": [
            {"heading": f"For the stage “{cycle.get_stage_display()}”", "lenses": now},
            {"heading": "For other stages", "lenses": later},
        ],
        "has_any": bool(lenses),
        "may_choose": bool(may_choose_lens(user, cycle)),
        "is_member": takes_part(user, cycle.panel),
    }


def _is_for(lens: Lens, stage: str) -> bool:
    """Whether it is made for this stage; what is made for none is for every one."""
    stages = lens.definition.stages
    return not stages or stage in stages


def _shown(lens: Lens) -> dict[str, Any]:
    following = next_to_answer(lens.lines)
    return {
        "name": lens.definition.name,
        "url": lens.sheet.get_absolute_url(),
        "state": progress(lens.lines),
        "next": following.asked.question if following else "",
        "next_url": item_url(lens.sheet, following.asked.key) if following else "",
        "whose": "Answered for this cycle"
        if lens.definition.about is About.CYCLE
        else "Answered once for the whole organisation",
        "stages": joined(Stage(each).label for each in lens.definition.stages),
        "why": lens.chosen.why,
        "put_aside_url": reverse(
            "cycles:put-lens-aside", args=[lens.chosen.cycle.slug, lens.chosen.public_id]
        ),
    }


def before_choosing(cycle: Cycle, *, offered: list[Framework], may_switch: bool) -> list[str]:
    """What stands above the list of those to choose from."""
    here = cycle.organisation.name
    words = ["Those made for the stage of today come first. A few that are used beat many."]
    if not offered and may_switch:
        words = ["Every list of questions is chosen already."]
    elif not offered:
        words = [f"None that is used at {here} is left to choose."]
    if not may_switch:
        words.append(f"Others are switched on by people who work for {here}. Ask one of them.")
    return words
