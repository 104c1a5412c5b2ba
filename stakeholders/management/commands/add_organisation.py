"""`manage.py add_organisation`: the body that commissions, without which nothing can begin."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.utils.text import slugify

from stakeholders.enums import OrganisationKind
from stakeholders.models import Organisation
from stakeholders.services import organisations

# The choice of NHS 111 for mental health is the same all over England.
CRISIS_LINE = (
    "If you need help now: call 111 and choose option 2, at any hour. "
    "If a life is in danger, call 999."
)


class Command(BaseCommand):
    help = "Add an organisation that commissions: everything else belongs to one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="as people know it, such as “NHS South Yorkshire ICB”")
        parser.add_argument("--kind", choices=OrganisationKind.values, default=OrganisationKind.ICB)
        parser.add_argument("--slug", default="", help="its short name, in addresses and commands")
        parser.add_argument("--ods-code", default="", help="its code in the NHS, such as QF7")
        parser.add_argument("--crisis-line", default=CRISIS_LINE, help="what to do in a crisis")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["slug"] or slugify(options["name"])[:50].strip("-")
        try:
            validate_slug(slug)
        except ValidationError as error:
            raise CommandError(
                "Give it a short name of letters, figures and hyphens, with --slug."
            ) from error
        if Organisation.objects.filter(slug=slug).exists():
            raise CommandError(f"There is “{slug}” already. Give another short name with --slug.")
        organisations.create(
            name=options["name"],
            slug=slug,
            kind=options["kind"],
            ods_code=options["ods_code"],
            crisis_line=options["crisis_line"],
        )
        self.stdout.write(
            f"Added {options['name']}, in commands “{slug}”. Next, say who works there:\n"
            f'    bin/manage add_staff EMAIL --name "THEIR NAME" --organisation {slug}'
        )
