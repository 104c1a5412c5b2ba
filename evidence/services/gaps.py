"""How it is and what people hope for, kept so that nobody can tell whose answer it was."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from evidence.disclosure.gaps import HIGHEST, LOWEST, Pair
from evidence.disclosure.quarters import quarter_of
from evidence.enums import GapSource
from evidence.models import GapAnswer, GapPeriod, Theme
from evidence.queries.gaps import quarter_name
from stakeholders.models import EngagementEvent
from vbc.core.refusals import Refused
from vbc.core.services import audit

MOST_AT_ONCE = 500


@transaction.atomic
def say(theme: Theme, *, actual: int, hoped: int, by: Any, on: date | None = None) -> None:
    """A member says how it is and what they hope for; again, in the same period, to change it.

    `on` is the day that it counts for, today if not given. The audit does not say who.
    """
    period = _quarter(theme.organisation, on)
    GapAnswer.objects.update_or_create(
        period=period,
        theme=_live(theme),
        given_by=by,
        defaults={"source": GapSource.MEMBER, **_on_the_scale((actual, hoped))},
    )
    audit.record("gap.said", theme, by=None, data={"period": period.key})


@transaction.atomic
def take_back(theme: Theme, *, by: Any) -> None:
    """A member takes back what they said in this period. What is shown already stays in it."""
    period = _quarter(theme.organisation)
    if GapAnswer.objects.filter(period=period, theme=theme, given_by=by).delete()[0]:
        audit.record("gap.taken_back", theme, by=None, data={"period": period.key})


@transaction.atomic
def record_event(
    event: EngagementEvent,
    *,
    theme: Theme,
    pairs: Sequence[Pair],
    by: Any,
    on: date | None = None,
) -> None:
    """Write down what people at an event said of a theme, in place of what was written before in
    the same period. What an earlier period holds is shown already and stays, so nothing is added.
    """
    period = _quarter(theme.organisation, on)
    before = GapAnswer.objects.filter(event=event, theme=theme)
    if before.exclude(period=period).exists():
        raise Refused(
            "What this event said on this theme was written down in an earlier period and is shown "
            "already. Nothing was saved, because changing them could show who said what."
        )
    before.delete()
    _add(period, theme, pairs, GapSource.EVENT, event=event)
    data = {"period": period.key, "event": event.public_id}
    audit.record("gap.recorded", theme, by=by, data=data)


@transaction.atomic
def record_call(
    organisation: Any,
    *,
    key: str,
    name: str,
    by_theme: Mapping[Theme, Sequence[Pair]],
    by: Any,
    on: date | None = None,
) -> None:
    """Keep what a call for views that has closed was told: a period of its own, with nothing to
    say whose answer is whose. Doing this twice does nothing more."""
    period, is_new = GapPeriod.objects.get_or_create(
        organisation=organisation,
        key=key,
        defaults={"name": name, "shown_from": on or timezone.localdate()},
    )
    if not is_new:
        return
    for theme, pairs in by_theme.items():
        # Sorted, so that nothing is left of the order in which they came.
        _add(period, theme, sorted(pairs), GapSource.CALL)
    audit.record("gap.call_recorded", period, by=by)


def _add(period: GapPeriod, theme: Theme, pairs: Sequence[Pair], source: str, **more: Any) -> None:
    if len(pairs) > MOST_AT_ONCE and source != GapSource.CALL:
        raise Refused(f"These are more than {MOST_AT_ONCE} answers at once. Nothing was saved.")
    GapAnswer.objects.bulk_create(
        GapAnswer(period=period, theme=theme, source=source, **_on_the_scale(pair), **more)
        for pair in pairs
    )


def _on_the_scale(pair: Pair) -> dict[str, int]:
    if not all(LOWEST <= value <= HIGHEST for value in pair):
        raise Refused(f"Both scales go from {LOWEST} to {HIGHEST}. Nothing was saved.")
    return {"actual": pair[0], "hoped": pair[1]}


def _live(theme: Theme) -> Theme:
    if theme.withdrawn_at is not None:
        raise Refused("This theme is no longer asked about. Nothing was saved. Choose another.")
    return theme


def _quarter(organisation: Any, on: date | None = None) -> GapPeriod:
    """The quarter of a year that is running, or that a day lies in."""
    quarter = quarter_of(on or timezone.localdate())
    period, _ = GapPeriod.objects.get_or_create(
        organisation=organisation,
        key=quarter.key,
        defaults={"name": quarter_name(quarter), "shown_from": quarter.shown_from},
    )
    return period
