from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import ConditionKind
from stakeholders.models.panels import Panel
from vbc.core.models import AppendOnly, Versioned
from vbc.core.models.base import Belongs


class PanelCondition(Belongs, Versioned):
    """One of the six conditions under which people take part in a panel, as it stands now."""

    organisation_path = "panel__organisation"

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="conditions")
    kind = models.CharField(max_length=10, choices=ConditionKind)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "kind"], name="one_condition_of_a_kind"),
            models.CheckConstraint(
                name="condition_has_words",
                condition=~Q(text=""),
                violation_error_message="Write something here.",
            ),
        ]


class ConditionWording(Belongs, AppendOnly):
    """What a condition said, from when: people joined on those words."""

    organisation_path = "condition__panel__organisation"

    condition = models.ForeignKey(PanelCondition, on_delete=models.PROTECT, related_name="wordings")
    text = models.TextField()
    since = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "-pk"]
