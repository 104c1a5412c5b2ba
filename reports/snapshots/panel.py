"""What a document says of the panel: its size and its pillars, and never who speaks for which."""

from datetime import datetime
from typing import Any

from stakeholders.enums import Perspective, Pillar
from stakeholders.models import Panel
from stakeholders.queries.panels import compositions, voices_at

LEAST_COUNTED = 5


def panel(panel: Panel | None, *, at: datetime | None = None) -> dict[str, Any] | None:
    """The panel in print, as large as it was `at` a moment (None: today); None for a cycle without
    one. What is decided or closed is told of the panel that did it: its size of today would be
    untrue of that, and would say that somebody has joined or left since.

    People are counted together and never by pillar: two editions, one from before and one from
    after somebody joined, would say between them what that person speaks from. Whoever is away is
    counted like the others: two editions would say between them that somebody was.
    """
    if panel is None:
        return None
    people = voices_at(panel, at) if at else _today(panel)
    size = f"{people} people" if people >= LEAST_COUNTED else "fewer than five people"
    return {
        "name": panel.name,
        "purpose": panel.purpose,
        "authority": panel.get_authority_display(),
        "people": people if people >= LEAST_COUNTED else None,
        "in_words": (
            f"A panel of {size} speaks for three equal pillars: service users and carers, "
            "clinical expertise, and evidence."
        ),
        "pillars": [{"key": pillar.value, "label": pillar.label} for pillar in Pillar],
    }


def _today(panel: Panel) -> int:
    return sum(
        number
        for perspective, number in compositions([panel])[panel.pk].by_perspective.items()
        if Perspective(perspective).pillar is not None
    )
