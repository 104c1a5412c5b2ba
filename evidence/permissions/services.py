"""Who may write down services, and who may say how they really are."""

from typing import Any

from evidence.models import Pathway, Provider, Service, ServiceCorrection
from evidence.permissions.common import only_staff
from stakeholders.enums import Perspective
from stakeholders.models import Organisation, Seat
from stakeholders.queries.panels import works_for
from vbc.core.refusals import ALLOWED, Denied, Permission

LIVED = (Perspective.SERVICE_USER, Perspective.CARER)


def may_add_services(user: Any, organisation: Organisation) -> Permission:
    return only_staff(user, organisation, "add to it")


def may_edit_service(user: Any, service: Service) -> Permission:
    """Change it, its figures, its journey and what its provider says of choice."""
    return only_staff(user, service.organisation, "change it")


def may_edit_provider(user: Any, provider: Provider) -> Permission:
    return only_staff(user, provider.organisation, "change it")


def may_edit_pathway(user: Any, pathway: Pathway) -> Permission:
    return only_staff(user, pathway.organisation, "change it")


def may_say_lived_choice(user: Any, service: Service) -> Permission:
    """Those who speak from using services or from caring: the column is theirs alone."""
    sits = Seat.objects.taking_part().filter(
        user_id=user.pk, panel__organisation=service.organisation, perspective__in=LIVED
    )
    if sits.exists():
        return ALLOWED
    return Denied(
        "This column is for what people who use services and carers live with, and is written by "
        "those who speak for them on a panel. If something here is not right, send a correction."
    )


def may_correct_service(user: Any, service: Service) -> Permission:
    """Whoever has a seat on a panel of the organisation. Staff change it themselves."""
    sits = Seat.objects.live().filter(user_id=user.pk, panel__organisation=service.organisation)
    if sits.exists():
        return ALLOWED
    if works_for(user, service.organisation):
        return Denied("You work for the organisation, so you can change it yourself.")
    return Denied("Corrections come from people on a panel of the organisation.")


def may_answer_correction(user: Any, correction: ServiceCorrection) -> Permission:
    return only_staff(user, correction.service.organisation, "answer it")


def may_take_correction_back(user: Any, correction: ServiceCorrection) -> Permission:
    if correction.author_id == user.pk:
        return ALLOWED
    return Denied("Only the person who wrote it can take it back.")
