"""How people see the problem, in three columns of equal width."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cycles.enums import UnderstandingKey
from cycles.models import Cycle, Understanding
from cycles.permissions.redactions import may_redact_in
from cycles.permissions.stages import open_now
from cycles.permissions.taking_part import may_read_roles_in
from cycles.permissions.understanding import may_answer_understanding, may_say_understanding
from cycles.presenters.contributions import Answer, answer_to
from cycles.queries.contributions import answered_together
from cycles.queries.understanding import first_option_at
from stakeholders.enums import Pillar
from stakeholders.queries.panels import takes_part

KEYS_SOURCE = "National Institute for Mental Health in England and CSIP, 2008"


@dataclass(frozen=True)
class SaidCard:
    """What somebody said of the problem, for one reader; `who`, where the reader may know."""

    said: Understanding
    who: str
    answer: Answer | None
    may_edit: bool
    may_withdraw: bool
    came_after_options: bool

    @property
    def can_be_acted_on(self) -> bool:
        return self.may_edit or self.may_withdraw


def page(cycle: Cycle, user: Any, said: Iterable[Understanding], *, pages: int) -> dict[str, Any]:
    """What `said`, one page of `pages`, shows to this reader."""
    shown = list(said)
    # The column says what its people speak from, so a name in it is for those who know that.
    knows = bool(may_read_roles_in(user, cycle))
    first_option = first_option_at(cycle)
    together = answered_together([each.answer_group for each in shown])
    opened = bool(open_now("say_understanding", cycle))
    cards: dict[str, list[SaidCard]] = {pillar: [] for pillar in (*Pillar.values, "")}
    for each in shown:
        each.cycle = cycle
        is_mine = each.author_id == user.pk and not cycle.is_closed
        card = SaidCard(
            each,
            each.author.display_name
            if knows or not each.pillar or each.author_id == user.pk
            else "",
            answer_to(each, user, together=together, can_object=not cycle.is_closed),
            may_edit=is_mine and opened and each.answered_at is None,
            may_withdraw=is_mine,
            came_after_options=first_option is not None and each.created_at > first_option,
        )
        cards[each.pillar].append(card)
    return {
        "cycle": cycle,
        "keys": UnderstandingKey.labels,
        "keys_source": KEYS_SOURCE,
        "by_pillar": {pillar: cards[pillar] for pillar in Pillar.values},
        "beside": cards[""],
        "nothing": "Nothing on this page." if pages > 1 else "Nothing has been said yet.",
        "hides_names": not knows,
        "is_member": takes_part(user, cycle.panel),
        "may_say": bool(may_say_understanding(user, cycle)),
        "may_answer": bool(may_answer_understanding(user, cycle)),
        "may_redact": bool(may_redact_in(user, cycle)),
        "crisis_line": cycle.organisation.crisis_line,
    }
