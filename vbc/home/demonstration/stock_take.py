"""The one service that the panel is asked to look at, put to it in the cycle that analyses."""

from cycles.enums import Stage
from cycles.models import Cycle
from cycles.queries.stock_take import looked_at
from cycles.services import stock_take
from vbc.home.demonstration.people import Cast


def tell(cast: Cast) -> None:
    """It becomes a decision that is being prepared."""
    cycle = Cycle.objects.get(panel=cast.panel, stage=Stage.ANALYSE)
    for service in looked_at(cycle):
        stock_take.put_to_panel(cycle, service, by=cast["alex"])
