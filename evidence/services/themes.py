"""Themes: what many people speak of, in the words of an organisation."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.models import Theme
from vbc.core.refusals import Refused
from vbc.core.services import audit
from vbc.core.services.versions import save_version

_TWICE = "There is a theme with this name already. Nothing was changed. Look for it in the list."


@transaction.atomic
def add(organisation: Any, *, label: str, meaning: str, by: Any) -> Theme:
    """Add a theme. Raises `Refused` where there is one with this name."""
    theme = Theme(
        organisation=organisation, label=label.strip(), meaning=meaning.strip(), created_by=by
    )
    try:
        with transaction.atomic():
            theme.save()
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("theme.added", theme, by=by)
    return theme


@transaction.atomic
def edit(theme: Theme, *, version: int, label: str, meaning: str, by: Any) -> None:
    """Say it better. Raises `EditedMeanwhile`, or `Refused` for a name that is taken."""
    fields = {"label": label.strip(), "meaning": meaning.strip()}
    try:
        with transaction.atomic():
            save_version(theme, expected=version, fields=fields)
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    audit.record("theme.edited", theme, by=by)


@transaction.atomic
def withdraw(theme: Theme, *, by: Any) -> None:
    """Take it off the list of those to choose. What was found under it stays."""
    if Theme.objects.filter(pk=theme.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    ):
        audit.record("theme.withdrawn", theme, by=by)


@transaction.atomic
def bring_back(theme: Theme, *, by: Any) -> None:
    """Undo a withdrawal. Raises `Refused` where another has its name meanwhile."""
    try:
        with transaction.atomic():
            changed = Theme.objects.filter(pk=theme.pk, withdrawn_at__isnull=False).update(
                withdrawn_at=None
            )
    except IntegrityError as error:
        raise Refused(_TWICE) from error
    if changed:
        audit.record("theme.brought_back", theme, by=by)
