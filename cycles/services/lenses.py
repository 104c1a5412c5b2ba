"""Looking at a cycle through a framework.

Lock order: cycle; what `evidence.services.frameworks` locks; the audit's head last.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cycles.models import Cycle, CycleLens
from cycles.permissions.lenses import may_look_through
from cycles.services.cycles import NotOpenNow, locked
from evidence.frameworks import FRAMEWORKS, About
from evidence.models import FrameworkUse
from evidence.services import frameworks
from vbc.core.refusals import Denied, Refused
from vbc.core.services import audit


@transaction.atomic
def choose(cycle: Cycle, framework: str, *, why: str, by: Any) -> CycleLens:
    """Look at the cycle through a framework, which is switched on for the organisation by it where
    `by` may do that. One that was put aside comes back with all that was answered.
    """
    cycle = _running(cycle)
    if framework not in FRAMEWORKS:
        raise Refused("There is no such framework. Nothing was changed.")
    if not why.strip():
        raise Refused("Say in a sentence why it helps here. Nothing was changed.")
    allowed = may_look_through(by, cycle, framework)
    if isinstance(allowed, Denied):
        raise Refused(allowed.reason)
    use = FrameworkUse.objects.filter(organisation=cycle.organisation, framework=framework).first()
    lens = CycleLens.objects.filter(cycle=cycle, use=use).first() or CycleLens(cycle=cycle)
    if use is None or not use.is_on:
        use = frameworks.switch_on(cycle.organisation, framework, why=why, by=by)
    elif lens.pk and lens.put_aside_at is None:
        raise Refused("This cycle has it already. Nothing was changed.")
    lens.use = use
    if lens.sheet is None and FRAMEWORKS[framework].about is About.CYCLE:
        lens.sheet = frameworks.begin_for_cycle(
            use,
            title=cycle.title,
            address=cycle.get_absolute_url(),
            panel=cycle.panel,
            by=by,
        )
    lens.why, lens.chosen_at, lens.chosen_by = why.strip(), timezone.now(), by
    lens.put_aside_at = lens.put_aside_by = None
    lens.save()
    audit.record("lens.chosen", lens, by=by, data={"framework": framework})
    return lens


@transaction.atomic
def put_aside(lens: CycleLens, *, by: Any) -> None:
    """Show it with this cycle no longer. Every answer stays."""
    _running(lens.cycle)
    standing = CycleLens.objects.filter(pk=lens.pk, put_aside_at__isnull=True)
    if standing.update(put_aside_at=timezone.now(), put_aside_by=by):
        audit.record("lens.put_aside", lens, by=by)


def _running(cycle: Cycle) -> Cycle:
    cycle = locked(cycle)
    if cycle.is_closed:
        raise NotOpenNow("This cycle is finished. Nothing was changed.")
    return cycle
