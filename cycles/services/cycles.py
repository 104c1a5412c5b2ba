"""Starting a cycle and saying what it is about. Its stage has a door of its own: `stages`."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from cycles.models import Cycle, CycleTopic
from cycles.notices.cycles import LEADS
from cycles.permissions import cycles as permissions
from cycles.permissions.stages import open_now
from cycles.queries import cycles as queries
from cycles.queries.having_a_part import keeps_its_panel
from evidence.enums import Topic
from evidence.models import Area, NeedsAssessment
from evidence.services import frameworks
from stakeholders.enums import PanelStatus
from stakeholders.models import Organisation, Panel
from vbc.core.refusals import Denied, Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import save_version

SLUG_LENGTH = 70  # Leaves room for a number within the column's 80.
RESERVED_SLUGS = frozenset({"start"})
TRIES = 5
PANEL_STAYS = (
    "People on this panel have already had a part in this cycle. What they said, they said to this "
    "panel, so another panel cannot take its place. If another panel is to decide, a commissioner "
    "can start a new cycle with it."
)


class NotOpenNow(Refused):
    """The cycle's stage does not open this, or no longer does."""


class NotOfThisOrganisation(Refused):
    """Something that belongs to another organisation, or a person who takes no part in this one."""


class PanelStays(Refused):
    """People of the panel have had a part in this cycle."""


@transaction.atomic
def start(
    organisation: Organisation,
    *,
    title: str,
    summary: str,
    area: Area,
    lead: Any,
    panel: Panel | None = None,
    topics: Iterable[str] = (),
    by: Any,
) -> Cycle:
    """A new cycle, in its first stage. Its lead may run it from now on, and is told.

    `topics`: values of `evidence.enums.Topic`.
    """
    _refuse_foreign_panel(organisation, panel)
    _refuse_foreign_lead(organisation, panel, lead)
    cycle = create(
        Cycle(
            organisation=organisation,
            title=title,
            summary=summary,
            area=area,
            lead=lead,
            panel=panel,
            created_by=by,
        )
    )
    set_topics(cycle, topics)
    if lead.pk != by.pk:
        notices.tell(lead, LEADS, cycle, once=f"lead:{cycle.version}")
    audit.record("cycle.started", cycle, by=by, subject=lead)
    return cycle


def create(cycle: Cycle) -> Cycle:
    """Save a new cycle under a free address of its title, with its lead's grant. No audit."""
    base = _address(cycle.title)
    for attempt in range(1, TRIES + 1):
        cycle.slug = queries.free_slug(base)
        try:
            with transaction.atomic():
                cycle.save(force_insert=True)
            break
        except IntegrityError:
            # Somebody took the same address a moment ago.
            if attempt == TRIES:
                raise
    permissions.grant_running(cycle.lead, cycle)
    return cycle


@transaction.atomic
def edit(
    cycle: Cycle,
    *,
    title: str,
    summary: str,
    area: Area,
    lead: Any,
    topics: Iterable[str] | None = None,
    expected: int,
    by: Any,
) -> Cycle:
    """Change what the cycle is about or who leads it. The address stays as it is.

    `topics`: None leaves them as they are.
    """
    cycle = locked_for("edit_cycle", cycle)
    before = cycle.lead
    if lead.pk != before.pk:
        _refuse_foreign_lead(cycle.organisation, cycle.panel, lead)
    save_version(
        cycle,
        expected=expected,
        fields={"title": title, "summary": summary, "area": area, "lead": lead},
    )
    if topics is not None:
        set_topics(cycle, topics)
    if lead.pk != before.pk:
        permissions.revoke_running(before, cycle)
        permissions.grant_running(lead, cycle)
        if lead.pk != by.pk:
            notices.tell(lead, LEADS, cycle, once=f"lead:{cycle.version}")
    take_lenses_along(cycle)
    audit.record("cycle.edited", cycle, by=by, subject=lead)
    return cycle


@transaction.atomic
def link_panel(cycle: Cycle, panel: Panel, *, by: Any) -> Cycle:
    """The panel that decides in this cycle. It can be exchanged until anybody of it has had a part
    in the cycle: what they said was said to this panel, and is not handed to another.

    Raises NotOpenNow, NotOfThisOrganisation, PanelStays.
    """
    cycle = locked_for("link_panel", cycle)
    if cycle.panel_id == panel.pk:
        return cycle
    _refuse_foreign_panel(cycle.organisation, panel)
    if keeps_its_panel(cycle):
        raise PanelStays(f"{PANEL_STAYS} Nothing was changed.")
    cycle.panel = panel
    cycle.save(update_fields=["panel"])
    take_lenses_along(cycle)
    audit.record("cycle.panel_linked", cycle, by=by, data={"panel": panel.public_id})
    return cycle


@transaction.atomic
def link_needs_assessment(cycle: Cycle, assessment: NeedsAssessment, *, by: Any) -> Cycle:
    """The needs assessment that this cycle starts from."""
    cycle = locked_for("link_needs", cycle)
    if assessment.organisation_id != cycle.organisation_id:
        raise NotOfThisOrganisation(
            "This needs assessment belongs to another organisation. Nothing was changed. "
            "Choose one of this organisation's own."
        )
    if cycle.needs_assessment_id == assessment.pk:
        return cycle
    cycle.needs_assessment = assessment
    cycle.save(update_fields=["needs_assessment"])
    audit.record("cycle.needs_linked", cycle, by=by, data={"assessment": assessment.public_id})
    return cycle


def locked(cycle: Cycle) -> Cycle:
    """The cycle as it is now, locked to the end of the transaction."""
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def locked_for(act: str, cycle: Cycle) -> Cycle:
    """The same, if its stage opens `act` now; raises `NotOpenNow` with the reason otherwise."""
    cycle = locked(cycle)
    opened = open_now(act, cycle)
    if isinstance(opened, Denied):
        raise NotOpenNow(f"{opened.reason} Nothing was changed.")
    return cycle


def take_lenses_along(cycle: Cycle) -> None:
    """What was answered about the cycle has its title, and is seen by its panel."""
    frameworks.follow(
        cycle.lenses.filter(sheet__isnull=False).values_list("sheet", flat=True),
        title=cycle.title,
        panel=cycle.panel,
        closed_at=cycle.closed_at,
    )


def set_topics(cycle: Cycle, topics: Iterable[str]) -> None:
    """Make these, and no others, what the cycle is about."""
    wanted = {Topic(topic).value for topic in topics}
    cycle.topics.exclude(topic__in=wanted).delete()
    there = set(cycle.topics.values_list("topic", flat=True))
    CycleTopic.objects.bulk_create(
        CycleTopic(cycle=cycle, topic=topic) for topic in sorted(wanted - there)
    )


def _address(title: str) -> str:
    """The words of the title, as many as fit, as they stand in an address."""
    words = slugify(title) or "cycle"
    if len(words) > SLUG_LENGTH:
        words = words[: SLUG_LENGTH + 1].rpartition("-")[0] or words[:SLUG_LENGTH]
    return f"{words}-cycle" if words in RESERVED_SLUGS else words


def _refuse_foreign_panel(organisation: Organisation, panel: Panel | None) -> None:
    if panel is None:
        return
    if panel.organisation_id != organisation.pk:
        raise NotOfThisOrganisation(
            "This panel belongs to another organisation. Nothing was changed. "
            "Choose one of this organisation's own."
        )
    if panel.status == PanelStatus.CLOSED:
        raise Refused("This panel has been closed. Nothing was changed. Choose another panel.")


def _refuse_foreign_lead(organisation: Organisation, panel: Panel | None, lead: Any) -> None:
    if not queries.possible_leads(organisation, panel).filter(pk=lead.pk).exists():
        raise NotOfThisOrganisation(
            "The person who leads a cycle works for its organisation or has a seat on its panel. "
            "Nothing was changed. Choose one of these people."
        )
