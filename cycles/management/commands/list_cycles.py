"""`manage.py list_cycles`: every cycle, one a line."""

from typing import Any

from django.core.management.base import BaseCommand

from cycles.models import Cycle


class Command(BaseCommand):
    help = "List every cycle: its address, its stage and its title, separated by tabs."

    def handle(self, *args: Any, **options: Any) -> None:
        for cycle in Cycle.objects.order_by("slug").iterator():
            # A title may hold a tab or a line break, which would break the columns.
            title = " ".join(cycle.title.split())
            self.stdout.write(f"{cycle.slug}\t{cycle.stage}\t{title}")
