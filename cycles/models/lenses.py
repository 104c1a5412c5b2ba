from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.models.cycles import Cycle
from evidence.models import FrameworkSheet, FrameworkUse
from vbc.core.models import PublicId
from vbc.core.models.base import Belongs, paired


class CycleLens(Belongs, PublicId):
    """That a cycle is looked at through a framework, and why.

    `sheet` is there where the framework asks about one cycle. Else the cycle shows what the
    organisation has answered, once for all its cycles.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="lenses")
    use = models.ForeignKey(FrameworkUse, on_delete=models.PROTECT, related_name="+")
    sheet = models.OneToOneField(
        FrameworkSheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.TextField("why it helps here")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    put_aside_at = models.DateTimeField(null=True, blank=True)
    put_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["chosen_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "use"], name="one_lens_a_cycle"),
            models.CheckConstraint(name="lens_says_why", condition=~Q(why="")),
            paired("lens_put_aside_pair", "put_aside_at", "put_aside_by"),
        ]
