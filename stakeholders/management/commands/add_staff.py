"""`manage.py add_staff`: who works for an organisation; nobody can say that from outside."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from stakeholders.enums import OrganisationRole
from stakeholders.models import Organisation, User
from stakeholders.services import organisations, people


class Command(BaseCommand):
    help = (
        "Say that somebody works for an organisation: a commissioner runs cycles and panels, an "
        "administrator makes documents and looks after accounts. Makes their account where there "
        "is none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="their e-mail address: it is taken to be their own")
        parser.add_argument("--organisation", default="", help="whom they work for (short name)")
        parser.add_argument("--name", default="", help="the name that others see")
        parser.add_argument(
            "--role", choices=OrganisationRole.values, default=OrganisationRole.COMMISSIONER
        )
        parser.add_argument("--end", action="store_true", help="they no longer work there, as this")

    def handle(self, *args: Any, **options: Any) -> None:
        organisation = self.organisation(options["organisation"])
        role = OrganisationRole(options["role"])
        email = options["email"].strip().lower()
        person = User.objects.filter(email__iexact=email).first()
        as_what = f"as {role.label.lower()}"
        if options["end"]:
            if person is None:
                raise CommandError(f"There is no account with the address {email}.")
            organisations.end_membership(organisation, person, role=role, by=None)
            self.stdout.write(f"{person} no longer works for {organisation.name} {as_what}.")
            return
        with transaction.atomic():
            person = person or self.new(email, options["name"].strip())
            organisations.add_member(organisation, person, role=role)
        self.stdout.write(f"{person} works for {organisation.name} {as_what}, and can sign in.")
        if not person.has_usable_password():
            self.stdout.write("They have no password yet: “Email me a code” lets them in.")

    def organisation(self, slug: str) -> Organisation:
        every = list(Organisation.objects.order_by("slug"))
        if not every:
            raise CommandError("There is no organisation yet. Add it first: add_organisation NAME")
        chosen = [each for each in every if each.slug == slug] if slug else every
        if len(chosen) != 1:
            known = ", ".join(each.slug for each in every)
            raise CommandError(f"Say for whom they work, with --organisation. There are: {known}.")
        return chosen[0]

    def new(self, email: str, name: str) -> User:
        """Their account, with a password where one can be typed here and now."""
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is no e-mail address.") from error
        if not name:
            raise CommandError(f"There is no account {email} yet: give their name, with --name.")
        password = self.password(User(email=email, display_name=name)) if _can_ask() else None
        return people.create(email, display_name=name, password=password)

    def password(self, person: User) -> str | None:
        """Typed twice; None where nothing is typed."""
        while first := getpass.getpass("A password for them (or nothing: a code by e-mail): "):
            try:
                validate_password(first, person)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            if getpass.getpass("The same again: ") == first:
                return first
            self.stderr.write("These were not the same.")
        return None


def _can_ask() -> bool:
    return sys.stdin.isatty()
