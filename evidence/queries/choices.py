"""What is said of choice: by providers, and by people who use services and carers. Never merged.

What people say is shown for quarters of a year that are over: each answer is in one quarter only,
so that nobody learns what somebody said by reading before and after they said it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from evidence.disclosure.choices import PEOPLE_NEEDED, most_said
from evidence.disclosure.quarters import quarter_of, quarter_shown_from
from evidence.enums import ChoiceAnswer, ChoicePoint
from evidence.models import LivedChoice, ProviderChoice, Service
from evidence.queries.gaps import quarter_name

ENOUGH = PEOPLE_NEEDED
NOTES = tuple(f"{point.value}_note" for point in ChoicePoint)


@dataclass(frozen=True)
class Lived:
    """What people said of one choice point in the newest quarter in which enough of them did: what
    most said, and their notes without names.

    `most` is empty where no answer was given by more than half. `is_shown` is False while no
    quarter is over in which `ENOUGH` answered; there is then nothing in it.
    """

    is_shown: bool = False
    period: str = ""
    most: str = ""
    notes: tuple[str, ...] = ()


def claim_of(service: Service) -> ProviderChoice | None:
    return ProviderChoice.objects.filter(service=service).first()


def running_until() -> date:
    """The day from which what is said today is shown."""
    return quarter_of(timezone.localdate()).shown_from


def own_of(service: Service, user: Any) -> LivedChoice | None:
    """What `user` said of the service's choices in the quarter that runs, to be changed."""
    return LivedChoice.objects.filter(
        service=service, author_id=user.pk, shown_from=running_until()
    ).first()


def said_by(user: Any) -> QuerySet[LivedChoice]:
    """All that can be taken back of what `user` said of choice, also of services that they no
    longer see: of each service the newest, which stands for those before."""
    own = LivedChoice.objects.filter(author_id=user.pk)
    newer = own.filter(service=OuterRef("service"), shown_from__gt=OuterRef("shown_from"))
    found: QuerySet[LivedChoice] = own.exclude(Exists(newer))
    return found.select_related("service__organisation").order_by("service__title", "pk")


def lived_by_service(services: Iterable[Service]) -> dict[int, dict[str, Lived]]:
    """For each service, by its key, what people say of each point; one query."""
    keys = [each.pk for each in services]
    said: dict[int, dict[date, list[LivedChoice]]] = {key: defaultdict(list) for key in keys}
    over = LivedChoice.objects.filter(service__in=keys, shown_from__lte=timezone.localdate())
    for each in over.order_by("-shown_from", "pk"):
        said[each.service_id][each.shown_from].append(each)
    return {key: {point.value: _lived(said[key], point) for point in ChoicePoint} for key in keys}


def _lived(quarters: Mapping[date, list[LivedChoice]], point: str) -> Lived:
    for day, said in quarters.items():
        answered = [each for each in said if each.answer_to(point)]
        most = most_said([each.answer_to(point) for each in answered])
        if most is not None:
            # Sorted, so that nobody is told by who spoke first.
            notes = sorted(each.note_on(point) for each in answered if each.note_on(point))
            return Lived(True, quarter_name(quarter_shown_from(day)), most, tuple(notes))
    return Lived()


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
    return all(each.most == ChoiceAnswer.NO for each in lived.values())


def _named(service: Service) -> dict[str, Any]:
    return {"title": service.title, "url": service.get_absolute_url()}
