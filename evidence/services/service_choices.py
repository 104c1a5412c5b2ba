"""The choice audit: what a provider says, and what people live. Two doors, and no way between."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from evidence.disclosure.quarters import quarter_of
from evidence.models import LivedChoice, ProviderChoice, Service
from evidence.queries.choices import NOTES
from vbc.core.services import audit
from vbc.core.services.versions import EditedMeanwhile, save_version


@transaction.atomic
def set_claim(
    service: Service, *, answers: dict[str, str], version: int, by: Any
) -> ProviderChoice:
    """What the provider says. `answers`: each point and its note; `version` 0 where none was."""
    claim = _write(ProviderChoice, {"service": service}, answers, version)
    audit.record("service.choice_claimed", service, by=by)
    return claim


@transaction.atomic
def say(
    service: Service, *, answers: dict[str, str], version: int, by: Any, on: date | None = None
) -> LivedChoice:
    """What `by` knows of the choices that people have; again, in the same quarter, to change it.

    `on` is the day that it counts for, today if not given. The audit keeps that it was said by
    somebody, not by whom: it could tell that they use the service.
    """
    shown_from = quarter_of(on or timezone.localdate()).shown_from
    of = {"service": service, "author": by, "shown_from": shown_from}
    said = _write(LivedChoice, of, answers, version)
    audit.record("service.choice_lived", service, by=None)
    return said


@transaction.atomic
def take_back(service: Service, *, by: Any) -> None:
    """Forget what `by` said of the service's choices, and every note. Of quarters that are over the
    answers stay in their numbers, as taking one out would show which it was; nothing says any more
    whose it was."""
    own = LivedChoice.objects.filter(service=service, author=by)
    removed, _ = own.filter(shown_from__gt=timezone.localdate()).delete()
    if removed + own.update(author=None, **dict.fromkeys(NOTES, "")):
        audit.record("service.choice_taken_back", service, by=None)


def _write(model: Any, of: dict[str, Any], answers: dict[str, str], version: int) -> Any:
    row = model.objects.filter(**of).first()
    if row is not None:
        save_version(row, expected=version, fields=answers)
        return row
    try:
        with transaction.atomic():
            return model.objects.create(**of, **answers)
    except IntegrityError as error:  # The same form, sent twice or by two people.
        raise EditedMeanwhile(model.objects.get(**of)) from error
