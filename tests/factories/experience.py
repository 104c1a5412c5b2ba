"""Accounts of experience, themes and hopes, built through the services."""

import itertools
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from evidence.models import Experience, Theme
from evidence.services import codings, gaps
from evidence.services import experience as services
from evidence.services import themes as theme_services
from tests.factories import involvement
from tests.kept import kept

_numbers = itertools.count(10_001)
TEXT = "I rang three times. Nobody rang back until Anna Field came to my door. Then it was good."
ALL = {"panel_may_read": True, "report_may_quote": True, "public_may_read": True}


@kept
def theme(organisation: Any, by: Any, label: str = "") -> Theme:
    return theme_services.add(
        organisation,
        label=label or f"Waiting {next(_numbers)}",
        meaning="How long it takes until somebody comes.",
        by=by,
    )


@kept
def told(organisation: Any, by: Any, **said: Any) -> Experience:
    """An account that nobody has checked yet."""
    said = {
        "title": f"Nobody rang back {next(_numbers)}",
        "text": TEXT,
        "happened": "last winter",
        "told_by": "self",
        **ALL,
        **said,
    }
    return services.tell(organisation, **said, by=by)


@kept
def opened(organisation: Any, by: Any, *, clerk: Any, **said: Any) -> Experience:
    """One that has been checked, with the name taken out."""
    made = told(organisation, by, **said)
    names = ["Anna Field"] if "Anna Field" in made.text else []
    services.check(made, version=made.version, names=names, by=clerk)
    made.refresh_from_db()
    return made


@kept
def quoted(organisation: Any, by: Any, *, clerk: Any, **said: Any) -> Experience:
    """One with a theme found in it and a quote chosen from it."""
    made = opened(organisation, by, clerk=clerk, **said)
    codings.code(made, theme=theme(organisation, clerk), passage="I rang three times.", by=clerk)
    codings.quote(made, passage="Then it was good.", by=clerk)
    return made


@kept
def hopes_at_event(found: Theme, panel: Any, pairs: Sequence[tuple[int, int]], by: Any) -> None:
    """What people at an event said, in a period that is over."""
    long_ago = timezone.localdate() - timedelta(days=120)
    hopes_on(found, panel, pairs, by, long_ago)


@kept
def hopes_on(found: Theme, panel: Any, pairs: Sequence[tuple[int, int]], by: Any, on: date) -> None:
    gaps.record_event(involvement.event(panel), theme=found, pairs=pairs, by=by, on=on)
