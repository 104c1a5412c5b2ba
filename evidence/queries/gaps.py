"""How far it is from what people live through to what they hope for, theme by theme."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from evidence.disclosure.gaps import Pair, ShownGap, gap
from evidence.disclosure.quarters import Quarter
from evidence.enums import GapSource
from evidence.models import GapAnswer, GapPeriod, NeedsAssessment, Theme
from evidence.queries.experience import organisation_of
from stakeholders.enums import Perspective
from stakeholders.models import EngagementEvent, Organisation, Seat
from vbc.core.models import Job
from vbc.ui.dates import MONTHS

DRAW_HOPES = "evidence.draw_hopes"
SPEAKING = (Perspective.SERVICE_USER, Perspective.CARER)
# Of an event, which.
_Source = tuple[str, int | None]


WHO = {GapSource.MEMBER: "members of panels", GapSource.EVENT: "people at an event"}


@dataclass(frozen=True)
class PeriodGap:
    """One theme in one period, from one source; `shown` is None where no source of the period has
    five people or more, and `source` is then empty."""

    period: str
    key: str
    shown: ShownGap | None
    source: str = ""

    @property
    def label(self) -> str:
        """Such as "October to December 2026, people at an event"."""
        who = WHO.get(GapSource(self.source)) if self.source else None
        return f"{self.period}, {who}" if who else self.period


@dataclass(frozen=True)
class ThemeGaps:
    """One theme, its periods from the newest to the oldest; in each, of most people first."""

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

    The members, each event and each call stand by themselves. Whoever wrote an event down knows
    what was said there, and could find out from one number of both what members said.

    `only` names one period by its key, such as the public id of a call. One query.
    """
    organisation = organisation_of(scope)
    rows = GapAnswer.objects.filter(
        period__organisation=organisation, period__shown_from__lte=timezone.localdate()
    )
    if only:
        rows = rows.filter(period__key=only)
    said: dict[Theme, dict[GapPeriod, dict[_Source, list[Pair]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    ordered = rows.select_related("theme", "period").order_by("-period__shown_from", "-period__pk")
    for row in ordered:
        said[row.theme][row.period][row.source, row.event_id].append((row.actual, row.hoped))
    found = [
        ThemeGaps(
            theme.label,
            theme.meaning,
            theme.public_id,
            tuple(each for period in periods.items() for each in _by_source(*period)),
        )
        for theme, periods in said.items()
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


def _by_source(period: GapPeriod, said: Mapping[_Source, Sequence[Pair]]) -> list[PeriodGap]:
    """Each source of which enough answered; of the others not even that they are there, unless
    nobody else is."""
    shown = [
        PeriodGap(period.name, period.key, numbers, source)
        for (source, _), pairs in sorted(said.items(), key=_members_first)
        if (numbers := gap(pairs))
    ]
    most_first = sorted(shown, key=lambda each: -each.shown.at_least if each.shown else 0)
    return most_first or [PeriodGap(period.name, period.key, None)]


def _members_first(each: tuple[_Source, Sequence[Pair]]) -> tuple[bool, int]:
    (source, event), _ = each
    return source != GapSource.MEMBER, event or 0


def _largest_first(each: ThemeGaps) -> tuple[bool, float, str]:
    latest = each.latest
    distance = latest.shown.distance if latest and latest.shown else 0.0
    return latest is None, -distance, each.theme
