"""What is said of choice: by providers, and by people who use services and carers. Never merged."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evidence.enums import ChoiceAnswer, ChoicePoint
from evidence.models import LivedChoice, ProviderChoice, Service

# Fewer would show who gave them; panels are small, their members are known, and counts are of now.
ENOUGH = 5


@dataclass(frozen=True)
class Lived:
    """What people say of one choice point: how many said what, and their notes without names.

    `is_shown` is False while fewer than `ENOUGH` have answered; there is then nothing in it.
    """

    is_shown: bool
    answers: dict[str, int]
    notes: tuple[str, ...]


def claim_of(service: Service) -> ProviderChoice | None:
    return ProviderChoice.objects.filter(service=service).first()


def own_of(service: Service, user: Any) -> LivedChoice | None:
    """What `user` said of the service's choices."""
    return LivedChoice.objects.filter(service=service, author_id=user.pk).first()


def said_by(user: Any) -> QuerySet[LivedChoice]:
    """All that `user` said of choice, also of services that they no longer see."""
    own: QuerySet[LivedChoice] = LivedChoice.objects.filter(author_id=user.pk)
    return own.select_related("service__organisation").order_by("service__title", "pk")


def lived_by_service(services: Iterable[Service]) -> dict[int, dict[str, Lived]]:
    """For each service, by its key, what people say of each point; one query."""
    keys = [each.pk for each in services]
    said: dict[int, list[LivedChoice]] = {key: [] for key in keys}
    for each in LivedChoice.objects.filter(service__in=keys).order_by("pk"):
        said[each.service_id].append(each)
    return {key: {point.value: _lived(said[key], point) for point in ChoicePoint} for key in keys}


def _lived(said: list[LivedChoice], point: str) -> Lived:
    answered = [each for each in said if each.answer_to(point)]
    if len(answered) < ENOUGH:
        return Lived(False, {}, ())
    # Sorted, so that nobody is told by who spoke first.
    notes = sorted(each.note_on(point) for each in answered if each.note_on(point))
    return Lived(True, dict(Counter(each.answer_to(point) for each in answered)), tuple(notes))


def without_choice(services: Iterable[Service]) -> dict[str, list[dict[str, Any]]]:
    """Services that give no choice at any point: `claimed` by the provider, `lived` by people.

    People say so where at each point more than half of those who answered said no.
    """
    services = list(services)
    lived = lived_by_service(services)
    return {
        "claimed": [_named(each) for each in services if _claims_none(each)],
        "lived": [_named(each) for each in services if _lives_none(lived[each.pk])],
    }


def _claims_none(service: Service) -> bool:
    claim = getattr(service, "claimed_choice", None)
    return claim is not None and all(
        claim.answer_to(point) == ChoiceAnswer.NO for point in ChoicePoint
    )


def _lives_none(lived: dict[str, Lived]) -> bool:
    return all(
        each.is_shown and 2 * each.answers.get(ChoiceAnswer.NO, 0) > sum(each.answers.values())
        for each in lived.values()
    )


def _named(service: Service) -> dict[str, Any]:
    return {"title": service.title, "url": service.get_absolute_url()}
