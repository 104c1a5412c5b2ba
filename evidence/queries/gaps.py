"""How far it is from what people live through to what they hope for, theme by theme."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evidence.disclosure.gaps import Pair, ShownGap, gap
from evidence.disclosure.quarters import Quarter
from evidence.models import GapAnswer, NeedsAssessment, Theme
from evidence.queries.experience import organisation_of
from stakeholders.enums import Perspective
from stakeholders.models import EngagementEvent, Organisation, Seat
from vbc.core.models import Job
from vbc.ui.dates import MONTHS

DRAW_HOPES = "evidence.draw_hopes"
SPEAKING = (Perspective.SERVICE_USER, Perspective.CARER)


@dataclass(frozen=True)
class PeriodGap:
    """One theme in one period; `shown` is None where fewer than five people answered."""

    period: str
    key: str
    shown: ShownGap | None


@dataclass(frozen=True)
class ThemeGaps:
    """One theme, its periods from the newest to the oldest."""

    theme: str
    meaning: str
    public_id: str
    periods: tuple[PeriodGap, ...]

    @property
    def latest(self) -> PeriodGap | None:
        """The newest period with a number that may be shown."""
        return next((each for each in self.periods if each.shown), None)


def gaps_by_theme(scope: NeedsAssessment | Organisation, *, only: str = "") -> list[ThemeGaps]:
    """What may be shown to anybody of all periods that are over, largest distance first.

    `only` names one period by its key, such as the public id of a call. One query.
    """
    organisation = organisation_of(scope)
    rows = GapAnswer.objects.filter(
        period__organisation=organisation, period__shown_from__lte=timezone.localdate()
    )
    if only:
        rows = rows.filter(period__key=only)
    pairs: dict[Theme, dict[tuple[str, str], list[Pair]]] = defaultdict(lambda: defaultdict(list))
    ordered = rows.select_related("theme", "period").order_by("-period__shown_from", "-period__pk")
    for row in ordered:
        pairs[row.theme][row.period.key, row.period.name].append((row.actual, row.hoped))
    found = [
        ThemeGaps(
            theme.label,
            theme.meaning,
            theme.public_id,
            tuple(PeriodGap(name, key, gap(given)) for (key, name), given in periods.items()),
        )
        for theme, periods in pairs.items()
    ]
    return sorted(found, key=_largest_first)


def may_say_what_they_hope(user: Any, organisation: Organisation) -> bool:
    """Whether `user` speaks from experience on a panel of the organisation today."""
    seats = Seat.objects.live().filter(
        user_id=user.pk, panel__organisation=organisation, perspective__in=SPEAKING
    )
    return seats.exists()


def running_of(user: Any) -> QuerySet[GapAnswer]:
    """What `user` said in the periods that run, also where they no longer sit."""
    own: QuerySet[GapAnswer] = GapAnswer.objects.filter(
        given_by_id=user.pk, period__shown_from__gt=timezone.localdate()
    )
    return own.select_related("theme__organisation").order_by("theme__label", "pk")


def theme_answered_by(user: Any, public_id: str) -> Theme | None:
    """The theme, if `user` answered on it in a period that runs; withdrawn or not."""
    own = running_of(user).filter(theme__public_id=public_id).first()
    return own.theme if own else None


def said_by(user: Any, organisation: Organisation) -> dict[int, GapAnswer]:
    """What `user` said in the periods that run, by the key of its theme."""
    own = running_of(user).filter(period__organisation=organisation)
    return {answer.theme_id: answer for answer in own}


def events_of(organisation: Organisation) -> QuerySet[EngagementEvent]:
    """The events at which people of the organisation's panels asked others, the latest first."""
    return EngagementEvent.objects.filter(panel__organisation=organisation)


def drawing_job(organisation: Organisation, edition: str) -> Job | None:
    """The job that draws the picture of the hopes told to an organisation."""
    return Job.objects.filter(
        kind=DRAW_HOPES, object_id=organisation.public_id, edition=edition
    ).first()


def quarter_name(quarter: Quarter) -> str:
    """Such as "October to December 2026"."""
    first, last = quarter.months
    return f"{MONTHS[first - 1]} to {MONTHS[last - 1]} {quarter.year}"


def _largest_first(each: ThemeGaps) -> tuple[bool, float, str]:
    latest = each.latest
    distance = latest.shown.distance if latest and latest.shown else 0.0
    return latest is None, -distance, each.theme
