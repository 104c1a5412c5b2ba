"""Who may write down services, and who may say how they are: role by action."""

from collections.abc import Callable
from typing import Any

import pytest

from evidence.permissions import services as permissions
from evidence.queries import visible
from evidence.services import service_corrections
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import services as make
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db
STAFF = {"admin", "commissioner"}
PANEL = {"evidence_reviewer", "service_user", "carer", "clinician"}


@pytest.fixture
def people() -> dict[str, Any]:
    org, other = stakeholders.organisation(), stakeholders.organisation()
    admin = stakeholders.admin_of(org)
    clerk = stakeholders.commissioner(org)
    panel = stakeholders.sitting_panel(org, by=clerk)

    def member(perspective: str, place: int = 0) -> Any:
        return stakeholders.members(panel, perspective)[place]

    gone = member(Perspective.EVIDENCE_REVIEWER, 1)
    seats.leave(panel.seats.get(user=gone), by=gone)
    return {
        "admin": admin,
        "commissioner": clerk,
        "evidence_reviewer": member(Perspective.EVIDENCE_REVIEWER),
        "service_user": member(Perspective.SERVICE_USER),
        "carer": member(Perspective.CARER),
        "clinician": member(Perspective.CLINICIAN),
        "left_the_panel": gone,
        "works_elsewhere": stakeholders.commissioner(other),
        "nobody": stakeholders.person(),
    }


def test_role_by_action(people: dict[str, Any]) -> None:
    clerk = people["commissioner"]
    org = visible.organisations_kept_by(clerk).get()
    service = make.service(org, clerk)
    way = make.pathway(org, clerk)
    correction = service_corrections.ask(service, text="It moved.", by=people["carer"])
    table: dict[Callable[[Any, Any], Any], tuple[Any, set[str]]] = {
        permissions.may_add_services: (org, STAFF),
        permissions.may_edit_service: (service, STAFF),
        permissions.may_edit_provider: (service.provider, STAFF),
        permissions.may_edit_pathway: (way, STAFF),
        permissions.may_answer_correction: (correction, STAFF),
        permissions.may_correct_service: (service, PANEL),
        permissions.may_say_lived_choice: (service, {"service_user", "carer"}),
        permissions.may_take_correction_back: (correction, {"carer"}),
    }
    for ask, (thing, allowed) in table.items():
        answers = {role: ask(person, thing) for role, person in people.items()}
        assert {role for role, answer in answers.items() if answer} == allowed, ask
        assert all(answer.reason for answer in answers.values() if not answer), ask
    for found in (
        visible.services_visible_to,
        visible.providers_visible_to,
        visible.pathways_visible_to,
    ):
        sees = {role for role, person in people.items() if found(person).exists()}
        assert sees == STAFF | PANEL, found


def test_a_superuser_has_no_shortcut(people: dict[str, Any]) -> None:
    org = visible.organisations_kept_by(people["commissioner"]).get()
    service = make.service(org, people["commissioner"])
    user = people["nobody"]
    user.is_superuser = user.is_staff = True
    user.save()
    assert not permissions.may_edit_service(user, service)
    assert not visible.services_visible_to(user).exists()
