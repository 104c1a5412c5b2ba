from typing import ClassVar

from django.conf import settings
from django.db import models

from cycles.models.decisions import Decision
from stakeholders.models import AgendaItem
from vbc.core.models.base import Belongs


class DecisionOnAgenda(Belongs):
    """That an item of a meeting's agenda is about a decision."""

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="on_agendas")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="about_decision")
    put_at = models.DateTimeField(auto_now_add=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
