"""`manage.py verify`: does the audit hold, is every rating as it was recorded and every needs
assessment as it was published, and does every sitting panel keep the rule?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cycles.queries import tampering
from evidence.queries.needs import not_as_published
from stakeholders.models import Panel
from stakeholders.queries.panels import has_service_users_to_sit
from vbc.core import sql
from vbc.core.services import audit


class Command(BaseCommand):
    help = "Checks the audit's chain, every rating, the database's guards, and every panel's rule."

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = [f"Audit entry {fault.sequence}: {fault.what}." for fault in audit.faults()]
        wrong += tampering.faults()
        wrong += [
            f"Needs assessment {each.public_id} is not as it was published."
            for each in not_as_published()
        ]
        wrong += [
            f"Panel {panel.public_id} sits with too few service users."
            for panel in Panel.objects.sitting()
            if not has_service_users_to_sit(panel)
        ]
        if "vbc_seat_changed" not in sql.installed():
            wrong.append("The guards in the database are not on. Run migrate with the owner role.")
        for line in wrong:
            self.stderr.write(line)
        if wrong:
            raise CommandError(f"{len(wrong)} found. Tell the people who run this service.")
        self.stdout.write(
            "The audit is whole, every rating is as it was recorded, the guards are on, and every "
            "panel keeps the rule."
        )
