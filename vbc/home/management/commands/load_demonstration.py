"""`manage.py load_demonstration`: one cycle in each stage, with invented people."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from vbc.home.demonstration import documents, loading


class Command(BaseCommand):
    help = "Loads the demonstration once; does nothing where it is there already."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration: invented people with a published password would be "
                "let in. Set VBC_DEMONSTRATION=1 only where that is meant."
            )
        loaded = loading.load()
        if loaded:
            documents.ask_for()
        self.stdout.write("The demonstration is loaded." if loaded else "It was loaded before.")
