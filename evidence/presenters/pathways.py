"""What pages say about pathways."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from evidence.enums import FallsOut
from evidence.models import HandOff, Pathway, PathwayStep
from evidence.presenters.services import counted
from evidence.queries.pathways import hand_off_of


def step_rows(
    pathway: Pathway, steps: Iterable[PathwayStep], *, may_edit: bool
) -> list[dict[str, Any]]:
    """Each step, and the hand-off that follows it; none follows the last."""
    steps = list(steps)
    rows = []
    for place, step in enumerate(steps, start=1):
        ids = [pathway.public_id, step.public_id]
        is_last = place == len(steps)
        rows.append(
            {
                "step": step,
                "number": place,
                "url": step.service.get_absolute_url() if step.service else "",
                "provider": step.service.provider.name if step.service else "",
                "gone": _gone(step),
                "hand_off": None if is_last else hand_off_words(hand_off_of(step)),
                "urls": {
                    "edit": reverse("evidence:edit-step", args=ids),
                    "move": "" if place == 1 else reverse("evidence:move-step", args=ids),
                    "remove": reverse("evidence:remove-step", args=ids),
                    "hand_off": "" if is_last else reverse("evidence:hand-off", args=ids),
                }
                if may_edit
                else None,
            }
        )
    return rows


def _gone(step: PathwayStep) -> str:
    service = step.service
    if service is None:
        return ""
    if service.withdrawn_at is not None:
        return "This service was taken off the list."
    return "" if service.status == "in_use" else f"{service.get_status_display()}."


def hand_off_words(hand_off: HandOff | None) -> dict[str, Any]:
    """What is known of a hand-off; what is not known is said."""
    if hand_off is None:
        return {
            "falls_out": "Nobody has said yet what happens here.",
            "is_lost": False,
            "rows": [],
            "people_say": "",
        }
    rows = [
        ("Passed on", hand_off.passed_on or "Not said"),
        ("Sees to it", hand_off.responsible or "Not said"),
        ("Usual wait", wait_words(hand_off.wait_days)),
    ]
    return {
        "falls_out": falls_out_words(hand_off),
        "is_lost": hand_off.falls_out == FallsOut.YES,
        "rows": [{"key": key, "value": value} for key, value in rows],
        "people_say": hand_off.people_say,
    }


def wait_words(days: int | None) -> str:
    if days is None:
        return "Not known"
    return counted(days, "day") if days else "None"


def falls_out_words(hand_off: HandOff) -> str:
    if hand_off.falls_out == FallsOut.NO:
        return "People do not fall out here."
    if hand_off.falls_out == FallsOut.NOT_KNOWN:
        return "Whether people fall out here, nobody has counted."
    if hand_off.lost is None:
        return "People fall out here. Nobody has counted how many."
    number = counted(hand_off.lost, "person", "people")
    verb = "falls" if hand_off.lost == 1 else "fall"
    return f"{number} a year {verb} out here ({hand_off.source})."


def falls_sentence(steps: Iterable[PathwayStep]) -> str:
    """Where people fall between on this pathway, in a sentence."""
    steps = list(steps)
    hand_offs = [hand_off_of(step) for step in steps[:-1]]
    if not hand_offs:
        return ""
    lost = [each for each in hand_offs if each and each.falls_out == FallsOut.YES]
    unknown = sum(each is None or each.falls_out == FallsOut.NOT_KNOWN for each in hand_offs)
    number = sum(each.lost or 0 for each in lost)
    places = f"{counted(len(hand_offs), 'place')} between two steps"
    if lost:
        said = f"People fall out at {len(lost)} of {places}."
        if number:
            said += f" {counted(number, 'person', 'people')} a year were counted."
    else:
        said = f"At none of {places} are people known to fall out."
    return f"{said} Of {unknown} nobody knows." if unknown else said
