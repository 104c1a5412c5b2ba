"""Who may read and who may make."""

from reports.permissions import may_make_report
from reports.queries import reports_visible_to
from tests.factories import reports
from tests.reports.conftest import World

READ = {
    "commissioner",
    "administrator",
    "service user",
    "carer",
    "clinician",
    "evidence reviewer",
}
MAKE = {"commissioner", "administrator"}
EVERYONE = [
    *sorted(READ),
    "commissioner elsewhere",
    "member elsewhere",
    "person without a role",
]


def test_who_may_make_a_document(world: World) -> None:
    org = world.cycle.organisation
    answers = {who: may_make_report(world.people[who], org) for who in EVERYONE}
    assert {who for who, answer in answers.items() if answer} == MAKE
    for who in set(EVERYONE) - MAKE:
        assert "commissioners and administrators" in answers[who].reason


def test_who_may_see_a_document(world: World) -> None:
    report = reports.asked_for(world.cycle)
    seen = {
        who
        for who in EVERYONE
        if reports_visible_to(world.people[who]).filter(pk=report.pk).exists()
    }
    assert seen == READ


def test_whoever_leaves_the_panel_no_longer_sees_its_documents(world: World) -> None:
    from stakeholders.services import seats

    report = reports.asked_for(world.cycle)
    member = world.people["carer"]
    seats.leave(world.cycle.panel.seats.get(user=member), by=member)
    assert not reports_visible_to(member).filter(pk=report.pk).exists()
