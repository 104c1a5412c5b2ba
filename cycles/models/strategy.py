from django.db import models

from cycles.enums import StrategyElement
from cycles.models.cycles import Cycle
from vbc.core.models import Versioned
from vbc.core.models.base import Belongs


class StrategyText(Belongs, Versioned):
    """The text of one of the seven elements of the cycle's strategy, also in easy words."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="strategy_texts")
    element = models.CharField(max_length=12, choices=StrategyElement)
    text = models.TextField(blank=True)
    will_not_commission = models.TextField(
        "what we will not commission",
        blank=True,
        help_text="Only asked in the sixth part, where it is required.",
    )
    easy_text = models.TextField("in easy words", blank=True)
    easy_will_not_commission = models.TextField(
        "what we will not commission, in easy words", blank=True
    )
    edited_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "element"], name="one_text_an_element")
        ]
