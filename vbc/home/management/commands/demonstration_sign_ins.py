"""`manage.py demonstration_sign_ins`: who can sign in to the demonstration, and as what."""

from typing import Any

from django.core.management.base import BaseCommand

from vbc.home.demonstration import loading, people


class Command(BaseCommand):
    help = "Lists the invented people of the demonstration with their addresses and password."

    def handle(self, *args: Any, **options: Any) -> None:
        if not loading.is_loaded():
            self.stdout.write("The demonstration is not loaded.")
            return
        self.stdout.write(f"Everyone's password is {people.PASSWORD}")
        for person in (*people.STAFF, *people.MEMBERS):
            self.stdout.write(f"  {person.email:<22} {person.name:<22} {person.part}")
