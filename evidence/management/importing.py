"""What the commands that import files share: whose library, who does it, and doing it here."""

import time
from collections.abc import Callable
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand, CommandError

from evidence.enums import ImportStatus
from stakeholders.enums import OrganisationRole
from stakeholders.models import Organisation, OrganisationMember, User
from vbc.core.enums import JobStatus
from vbc.core.models import Job


class ImportCommand(BaseCommand):
    """A command that reads a file by the same services as the page."""

    def wait(self, file_import: Any, task: str, job_of: Callable[[Any], Job | None]) -> None:
        """Do the work here, unless a worker has taken it already; then wait for the worker."""
        current_app.loader.import_default_modules()
        while file_import.status == ImportStatus.WAITING:
            job = job_of(file_import)
            if job is None or job.status in {JobStatus.FAILED, JobStatus.CANCELLED}:
                reason = job.reason if job else ""
                raise CommandError(f"Reading the file broke off. {reason}".strip())
            current_app.tasks[task](job.public_id)
            file_import.refresh_from_db()
            if file_import.status == ImportStatus.WAITING:
                time.sleep(0.5)

    def organisation(self, slug: str) -> Organisation:
        if slug:
            found = Organisation.objects.filter(slug=slug).first()
            if found is None:
                raise CommandError(f"There is no organisation “{slug}”. {self.known()}")
            return found
        every = list(Organisation.objects.all()[:2])
        if len(every) != 1:
            raise CommandError(f"Say whose library it is for, with --organisation. {self.known()}")
        return every[0]

    def known(self) -> str:
        names = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True))
        return f"There are: {names}." if names else "There is none yet."

    def person(self, organisation: Organisation, email: str) -> User:
        """Who imports it, because the audit names a person: by default its first administrator."""
        staff = OrganisationMember.objects.filter(
            organisation=organisation, until__isnull=True, user__is_active=True
        ).select_related("user")
        if email:
            staff = staff.filter(user__email__iexact=email)
        ordered = sorted(staff, key=lambda each: (each.role != OrganisationRole.ADMIN, each.pk))
        if not ordered:
            raise CommandError(
                f"{email or 'Nobody'} works for {organisation.name}, so nobody can be named as the "
                "one who imported it. Give another address with --by."
                if email
                else f"Nobody works for {organisation.name} yet. Add an administrator first."
            )
        return ordered[0].user


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
