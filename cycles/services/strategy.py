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
    easy_text: str | None = None,
    easy_will_not_commission: str | None = None,
    expected: int,
    by: Any,
) -> StrategyText:
    """Save one part. `expected` is the version the writer began from, 0 where there was none.

    What will not be commissioned is asked in the sixth part alone and dropped elsewhere. Easy words
    that are None stay as they are. Raises `EditedMeanwhile` if somebody saved this part meanwhile,
    and `NotOpenNow` once the cycle has gone on from the plan.
    """
    cycle = locked_for("edit_strategy", cycle)
    asks_will_not = element == StrategyElement.CHANGES
    fields = {
        "text": text.strip(),
        "will_not_commission": will_not_commission.strip() if asks_will_not else "",
    }
    if easy_text is not None:
        fields["easy_text"] = easy_text.strip()
    if easy_will_not_commission is not None and asks_will_not:
        fields["easy_will_not_commission"] = easy_will_not_commission.strip()
    part = StrategyText.objects.filter(cycle=cycle, element=element).first()
    if part is None:
        if expected:
            raise EditedMeanwhile(StrategyText(cycle=cycle, element=element, version=0))
        part = StrategyText.objects.create(cycle=cycle, element=element, **fields)
    else:
        save_version(part, expected=expected, fields=fields)
    audit.record("strategy.saved", part, by=by, data={"element": element, "version": part.version})
    return part
