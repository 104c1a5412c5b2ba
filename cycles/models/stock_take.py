from django.conf import settings
from django.db import models

from cycles.models.cycles import Cycle
from cycles.models.decisions import Decision
from evidence.models import Service
from vbc.core.models.base import Belongs


class DecisionFromService(Belongs):
    """That a decision was put to the panel because somebody asked it to look at a service."""

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="services_put")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="from_service")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="put_to_panels")
    put_at = models.DateTimeField(auto_now_add=True)
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "service"],
                name="one_decision_a_service_and_cycle",
                violation_error_message="This service has been put to the panel already.",
            )
        ]
