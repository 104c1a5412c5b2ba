"""The involvement matrix on a page: what happened, what is missing, and what would fill it."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cycles.enums import STAGE_IN_PLAIN_WORDS, InvolvementLevel, Stage
from cycles.gates import number
from cycles.models import Cycle
from cycles.permissions.taking_part import may_read_roles_in
from cycles.presenters.stages import stage_url
from cycles.queries.involvement import ASKED, STAGES, Involvement, Part, involvement_in
from stakeholders.enums import Perspective
from vbc.core.refusals import Denied

LABELS: dict[tuple[str, ...], str] = {
    (Perspective.SERVICE_USER,): "Service users",
    (Perspective.CARER,): "Carers",
    (Perspective.SERVICE_USER, Perspective.CARER): "Service users and carers",
}
WHAT: dict[str, str] = {
    InvolvementLevel.THERE: "on the panel in this stage",
    InvolvementLevel.PROPOSING: (
        "put a question, an option or something that matters to them, or handed on what was learned"
    ),
    InvolvementLevel.TALKING: (
        "said how they see the problem, commented, came to a meeting, or answered a call for views"
    ),
    InvolvementLevel.WEIGHING: (
        "rated or chose not to score, told once a round has closed; agreed to what matters to all; "
        "wrote what their pillar agreed, or the record"
    ),
    InvolvementLevel.DOING: "own an action",
    InvolvementLevel.JUDGING: "wrote down what was learned",
}
# What nobody has done yet, what would fill it, and the page where that is done.
MISSING: dict[str, tuple[str, str, str]] = {
    InvolvementLevel.THERE: (
        "nobody is on the panel",
        "Ask people to join it.",
        "",
    ),
    InvolvementLevel.PROPOSING: (
        "nothing was proposed",
        "Ask what they would do and what matters to them. Everyone on the panel can propose an "
        "option, or put something on the list of what matters.",
        "cycles:decisions",
    ),
    InvolvementLevel.TALKING: (
        "nothing was said",
        "Ask what they think: of the problem itself, at a meeting, in a comment on a decision, or "
        "in a call for views.",
        "",
    ),
    InvolvementLevel.WEIGHING: (
        "nobody has rated in a round that is over",
        "See that each round gives enough time, and help where it is wanted.",
        "cycles:decisions",
    ),
    InvolvementLevel.DOING: (
        "nobody owns an action",
        "Ask whether one of them would like to own an action, with pay for their time.",
        "cycles:actions",
    ),
    InvolvementLevel.JUDGING: (
        "nothing that was learned is theirs",
        "Ask whether it worked for them, and write it down together.",
        "cycles:review",
    ),
}
WHY_HIDDEN = "Beside the names on other pages, this table could tell who uses services or cares."
YES, GAP, LATER, NONE = "yes", "gap", "later", "none"


@dataclass(frozen=True)
class Line:
    """What one cell says of one group. `state` is its shape and colour; `words` say the same."""

    label: str
    words: str
    state: str


@dataclass(frozen=True)
class Cell:
    """One stage at one level. `is_aside`: nothing of this kind belongs to this stage."""

    heading: str
    lines: tuple[Line, ...]

    @property
    def is_aside(self) -> bool:
        return all(line.state == NONE and not line.label for line in self.lines)


@dataclass(frozen=True)
class Row:
    """One stage."""

    stage: str
    note: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Gap:
    """Something missing, in words, and what would fill it; nothing can in a stage that is over."""

    what: str
    fill: str = ""
    url: str = ""
    link: str = ""


def page(cycle: Cycle, user: Any) -> dict[str, Any]:
    """Everything the page shows; the table for whoever may know what people speak from.

    It names nobody. But other pages do, and "carers: yes" after the first comment says who.
    """
    reads = may_read_roles_in(user, cycle)
    levels = [(level.label, WHAT[level]) for level in InvolvementLevel]
    if isinstance(reads, Denied):
        return {"cycle": cycle, "levels": levels, "why_hidden": f"{reads.reason} {WHY_HIDDEN}"}
    involvement = involvement_in(cycle)
    gaps = [gap for stage in STAGES for gap in _gaps(cycle, stage, involvement)]
    return {
        "cycle": cycle,
        "levels": levels,
        "rows": [_row(cycle, stage, involvement) for stage in STAGES],
        "gaps": [gap for gap in gaps if gap.url],
        "past_gaps": [gap for gap in gaps if not gap.url],
        "summary": _summary(gaps),
    }


def _row(cycle: Cycle, stage: Stage, involvement: Involvement) -> Row:
    return Row(
        stage=stage.label,
        note=STAGE_IN_PLAIN_WORDS[stage],
        url=stage_url(cycle, stage),
        cells=tuple(
            Cell(level.label, tuple(_lines(cycle, stage, level, involvement)))
            for level in InvolvementLevel
        ),
    )


def _lines(cycle: Cycle, stage: str, level: str, involvement: Involvement) -> list[Line]:
    groups = involvement.groups[stage]
    if not groups:
        return [Line("", "Not shown: too few people", NONE)]
    lines = []
    for group in groups:
        state = state_of(cycle, stage, level, involvement.parts[stage, level, group])
        words = _words(cycle, stage, involvement.parts[stage, level, group], state)
        lines.append(Line(LABELS[group], words, state))
    if level not in ASKED[stage] and any(line.state == YES for line in lines):
        # Nobody has to do this here, such as agreeing for a pillar: whoever did, did it for both.
        return [Line(LABELS[Perspective.SERVICE_USER, Perspective.CARER], "yes", YES)]
    if {line.state for line in lines} <= {NONE, LATER} and len(set(lines)) > 1:
        return [Line("", lines[0].words, lines[0].state)]
    return lines


def state_of(cycle: Cycle, stage: str, level: str, part: Part) -> str:
    """Whether a group took part: YES, or a GAP, or that it comes LATER or belongs elsewhere."""
    if part.took_part:
        return YES
    if level not in ASKED[stage]:
        return NONE
    return GAP if _is_reached(cycle, stage) else LATER


def _words(cycle: Cycle, stage: str, part: Part, state: str) -> str:
    if state == YES:
        words = f"yes, {number(part.people).lower()} people" if part.people else "yes"
        return f"{words}, with people who answered a call for views" if part.with_a_call else words
    if state == GAP:
        return "not yet" if cycle.stage == stage else "missing"
    return "comes later" if state == LATER else "not part of this stage"


def _is_reached(cycle: Cycle, stage: str) -> bool:
    order = list(Stage)
    return order.index(Stage(stage)) <= order.index(Stage(cycle.stage))


def _gaps(cycle: Cycle, stage: Stage, involvement: Involvement) -> list[Gap]:
    """The gaps of a stage, each with all groups that it is of. Of a group that was not even there,
    only that."""
    missing: dict[InvolvementLevel, list[str]] = {}
    for group in involvement.groups[stage]:
        levels = [
            level
            for level in InvolvementLevel
            if state_of(cycle, stage, level, involvement.parts[stage, level, group]) == GAP
        ]
        if InvolvementLevel.THERE in levels:
            levels = [InvolvementLevel.THERE]
        for level in levels:
            missing.setdefault(level, []).append(LABELS[group].lower())
    return [
        _gap(cycle, stage, level, missing[level]) for level in InvolvementLevel if level in missing
    ]


def _gap(cycle: Cycle, stage: Stage, level: InvolvementLevel, groups: list[str]) -> Gap:
    what, fill, name = MISSING[level]
    what = f"{stage.label}, {' and '.join(groups)}: {what}"
    if cycle.stage != stage:
        return Gap(f"{what}.")
    if name:
        link = name.split(":")[1].capitalize()
        return Gap(f"{what} yet.", fill, reverse(name, args=[cycle.slug]), link)
    thing = cycle.panel or cycle
    return Gap(
        f"{what} yet.", fill, thing.get_absolute_url(), "The panel" if cycle.panel else "The cycle"
    )


def _summary(gaps: list[Gap]) -> str:
    if not gaps:
        return "Up to now there is no gap: at each level, service users and carers took part."
    if len(gaps) == 1:
        return "One gap up to now. Below the table stands what would fill it."
    return f"{number(len(gaps))} gaps up to now. Below the table stands what would fill them."
