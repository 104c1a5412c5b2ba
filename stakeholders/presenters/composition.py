"""Who is on the panels, beside the people they speak for: in words, and never by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from stakeholders.enums import CATEGORIES, Characteristic
from stakeholders.models import CompositionEdition, Organisation, Panel, PopulationShare
from stakeholders.permissions.composition import may_edit_population
from stakeholders.permissions.panels import may_run_panel
from stakeholders.queries import composition as queries
from stakeholders.queries.induction import finished_at_least

HEAD = ("Answer", "People on the panels", "People who live here")
NOT_SHOWN = "Not shown"
NOT_ENTERED = "Not known yet"


@dataclass(frozen=True)
class Table:
    """One characteristic: what members said, and what is known of the people who live here."""

    key: str
    heading: str
    rows: list[list[str]]
    source: str
    has_numbers: bool
    edit_url: str


def organisation_page(organisation: Organisation, user: Any) -> dict[str, Any]:
    """All the organisation's panels together."""
    edition = queries.latest_edition(organisation)
    may_edit = bool(may_edit_population(user, organisation))
    tables = _tables(organisation, edition, may_edit=may_edit)
    return {
        "organisation": organisation,
        "edition": edition,
        "tables": [table for table in tables if table.has_numbers],
        "without": [table for table in tables if not table.has_numbers],
        "head": HEAD,
        "who": _who(edition),
        "describes": _describe_url(organisation, user),
    }


def panel_page(panel: Panel, user: Any) -> dict[str, Any]:
    """One panel: its organisation's numbers where they are the same people, else why there are
    none."""
    is_whole = queries.everyone_is_on(panel)
    page = organisation_page(panel.organisation, user) if is_whole else {}
    runs = bool(may_run_panel(user, panel))
    return {
        **page,
        "organisation": panel.organisation,
        "describes": _describe_url(panel.organisation, user),
        "panel": panel,
        "is_whole": is_whole,
        "finished": _finished(panel) if runs else "",
    }


def _tables(
    organisation: Organisation, edition: CompositionEdition | None, *, may_edit: bool
) -> list[Table]:
    answers = edition.content["answers"] if edition else {}
    population = queries.population_of(organisation)
    return [
        _table(
            organisation, Characteristic(each), answers.get(each, {}), population, may_edit=may_edit
        )
        for each in Characteristic.values
    ]


def _table(
    organisation: Organisation,
    characteristic: Characteristic,
    said: Mapping[str, int],
    population: Mapping[tuple[str, str], PopulationShare],
    *,
    may_edit: bool,
) -> Table:
    shares = {value: population.get((characteristic, value)) for value in _values(characteristic)}
    known = next((share for share in shares.values() if share), None)
    return Table(
        key=characteristic,
        heading=characteristic.label,
        rows=[
            [
                label,
                f"At least {said[value]}" if value in said else NOT_SHOWN,
                _in_a_hundred(shares[value]),
            ]
            for value, label in CATEGORIES[characteristic]
        ],
        source=f"{known.source}, of {known.as_of:%-d %B %Y}" if known else "",
        has_numbers=bool(said),
        edit_url=reverse("stakeholders:population", args=[organisation.public_id, characteristic])
        if may_edit
        else "",
    )


def _values(characteristic: Characteristic) -> list[str]:
    return [value for value, _ in CATEGORIES[characteristic]]


def _in_a_hundred(share: PopulationShare | None) -> str:
    if share is None:
        return NOT_ENTERED
    whole, tenths = divmod(share.per_mille, 10)
    return f"{whole}.{tenths} in 100" if tenths else f"{whole} in 100"


def _who(edition: CompositionEdition | None) -> str:
    """How many of the members described themselves, as far as it may be said."""
    if edition is None or not edition.content["described"]:
        return ""
    members, described = edition.content["members"], edition.content["described"]
    return f"Of {members} people on the panels, at least {described} described themselves."


def _finished(panel: Panel) -> str:
    """How many have read the guided start: at least so many, and never who."""
    number = finished_at_least(panel)
    if not number:
        return "Fewer than five people have finished the guided start, or none. Nobody sees who."
    return f"At least {number} people have finished the guided start. Nobody sees who."


def _describe_url(organisation: Organisation, user: Any) -> str:
    """Where the reader describes themselves; empty for whoever is not asked."""
    asked = queries.organisations_to_describe_to(user).filter(pk=organisation.pk).exists()
    return reverse("stakeholders:about-me", args=[organisation.public_id]) if asked else ""


def population_initial(
    organisation: Organisation, characteristic: Characteristic
) -> dict[str, Any]:
    """What the form about the people who live here begins with."""
    known = {
        category: share
        for (about, category), share in queries.population_of(organisation).items()
        if about == characteristic
    }
    one = next(iter(known.values()), None)
    return {
        **{f"share_{category}": Decimal(share.per_mille) / 10 for category, share in known.items()},
        "source": one.source if one else "",
        "as_of": one.as_of if one else None,
    }
