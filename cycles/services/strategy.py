"""Writing the seven parts of a cycle's strategy."""

from typing import Any

from django.db import transaction

from cycles.enums import StrategyElement
from cycles.models import Cycle, StrategyText
from cycles.services.cycles import locked_for
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


@transaction.atomic
def save_text(
    cycle: Cycle,
    element: str,
    *,
    text: str,
    will_not_commission: str = "",
    expected: int,
    by: Any,
) -> StrategyText:
    """Save one part. `expected` is the version the writer began from, 0 where there was none.

    What will not be commissioned is asked in the sixth part alone and dropped elsewhere. Raises
    `EditedMeanwhile` if somebody saved this part meanwhile, and `NotOpenNow` once the cycle has
    gone on from the plan.
    """
    cycle = locked_for("edit_strategy", cycle)
    fields = {
        "text": text.strip(),
        "will_not_commission": (
            will_not_commission.strip() if element == StrategyElement.CHANGES else ""
        ),
    }
    part = StrategyText.objects.filter(cycle=cycle, element=element).first()
    if part is None:
        if expected:
            raise EditedMeanwhile(StrategyText(cycle=cycle, element=element, version=0))
        part = StrategyText.objects.create(cycle=cycle, element=element, **fields)
    else:
        save_version(part, expected=expected, fields=fields)
    audit.record("strategy.saved", part, by=by, data={"element": element, "version": part.version})
    return part
