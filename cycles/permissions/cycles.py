"""Who may do what with a cycle. Role and stage both count."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from cycles.models import Action, Cycle, CycleUserGrant
from cycles.models.cycles import seen_by
from cycles.permissions.stages import CLOSED, open_now
from stakeholders.enums import OrganisationRole
from stakeholders.models import Organisation, OrganisationMember
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission
from vbc.core.remembering import remembered

RUN = "run_cycle"
NOT_A_RUNNER = (
    "Only the people who run this cycle can do this. You can read it, and the panel's members can "
    "comment on its decisions and propose options."
)


def grant_running(user: Any, cycle: Cycle) -> None:
    """The person leads the cycle. Called by `services/cycles.py` in its own transaction."""
    CycleUserGrant.objects.assign_perm(RUN, user, cycle)


def revoke_running(user: Any, cycle: Cycle) -> None:
    """The person no longer leads the cycle, from the next request on."""
    CycleUserGrant.objects.remove_perm(RUN, user, cycle)


def may_start_cycle(user: Any, organisation: Organisation | None) -> Permission:
    if organisation and works_for(user, organisation, OrganisationRole.COMMISSIONER):
        return ALLOWED
    return Denied(
        "Only commissioners of the organisation can start a cycle. Tell one of them what you think "
        "is needed."
    )


def may_run_cycle(user: Any, cycle: Cycle) -> Permission:
    """Commissioners of the organisation, and whoever leads the cycle while they may see it."""
    if cycle.is_closed:
        return Denied(CLOSED)
    return ALLOWED if runs(user, cycle) else Denied(NOT_A_RUNNER)


@remembered
def runs(user: Any, cycle: Cycle) -> bool:
    """Whether the person is one of those who run the cycle, closed or not: one query."""
    commissions, leads = _run_by(user)
    # A grant on a cycle that its holder may no longer see counts for nothing.
    return Cycle.objects.filter(commissions | leads & seen_by(user), pk=cycle.pk).exists()


def runs_its_cycle(user: Any) -> ExpressionWrapper:
    """The same of any number of decisions that the person may see, to annotate them with."""
    commissions, leads = _run_by(user, "cycle__")
    return ExpressionWrapper(commissions | leads, output_field=BooleanField())


def _run_by(user: Any, cycle: str = "") -> tuple[Q, Q]:
    """That the person is a commissioner of the cycle's organisation; that they lead the cycle."""
    commissions = OrganisationMember.objects.filter(
        organisation=OuterRef(f"{cycle}organisation"),
        user_id=user.pk,
        role=OrganisationRole.COMMISSIONER,
        until__isnull=True,
    )
    leads = CycleUserGrant.objects.filter(
        content_object=OuterRef(f"{cycle}pk"), user_id=user.pk, permission__codename=RUN
    )
    return Q(Exists(commissions)), Q(Exists(leads))


def may_pass_gate(user: Any, cycle: Cycle) -> Permission:
    """Go on although something is missing: a named officer of the organisation, with a reason."""
    if cycle.is_closed:
        return Denied(CLOSED)
    if works_for(user, cycle.organisation, OrganisationRole.COMMISSIONER):
        return ALLOWED
    return Denied("Only a commissioner of the organisation can go on while something is missing.")


def may_edit_cycle(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("edit_cycle", cycle)


def may_link_panel(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("link_panel", cycle)


def may_link_needs(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("link_needs", cycle)


def may_take_stock(user: Any, cycle: Cycle) -> Permission:
    """Say why there is no service to describe. Describing one is for staff, in the library."""
    return may_run_cycle(user, cycle) and open_now("take_stock", cycle)


def may_edit_strategy(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("edit_strategy", cycle)


def may_edit_actions(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("edit_actions", cycle)


def may_edit_risks(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("edit_risks", cycle)


def may_update_action(user: Any, action: Action) -> Permission:
    """Say where an action stands: its owner, whoever they are, and the people who run the cycle."""
    opened = open_now("update_action", action.cycle)
    if not opened:
        return opened
    if action.owner_id == user.pk or may_run_cycle(user, action.cycle):
        return ALLOWED
    return Denied("Only the person who owns this action, and the people who run the cycle, can.")


def may_edit_outcomes(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("edit_outcomes", cycle)


def may_add_result(user: Any, cycle: Cycle) -> Permission:
    return may_run_cycle(user, cycle) and open_now("add_result", cycle)
