"""What there is today where a cycle looks, and services put to the panel as decisions."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cycles.models import DecisionFromService
from cycles.services import stock_take
from cycles.services.cycles import NotOpenNow
from evidence.models import Service
from evidence.queries.became import became_of
from stakeholders.enums import Perspective
from tests.factories import cycles as factory
from tests.factories import services as make
from tests.factories import stakeholders as people
from tests.pages import as_, text_of
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db

WHY = "Families cannot visit."


@pytest.fixture
def cycle():
    return factory.planning()


@pytest.fixture
def service(cycle):
    """One that somebody asks the panel to look at."""
    return asked_about(cycle)


def asked_about(cycle, **more):
    said = {"area": cycle.area, "is_candidate_to_stop": True, "why_stop": WHY, **more}
    return make.service(cycle.organisation, cycle.lead, **said)


def page(cycle):
    return reverse("cycles:stock-take", args=[cycle.slug])


def put_url(cycle, service):
    return reverse("cycles:put-service-to-panel", args=[cycle.slug, service.public_id])


@pytest.mark.row("A3-71")
def test_a_service_becomes_a_decision_by_a_press_and_its_page_says_what_came_of_it(cycle, service):
    staff, member = as_(cycle.lead), as_(people.members(cycle.panel, Perspective.CARER)[0])
    assert "Nothing is decided." in text_of(member, service.get_absolute_url())
    assert "Put it to the panel" in text_of(staff, page(cycle))
    assert staff.post(put_url(cycle, service)).status_code == 302
    decision = cycle.decisions.get()
    assert decision.title == f"Should this go on: {service.title}?"
    assert decision.question == f"Should {service.title} go on as it is, change, or end?"
    assert decision.why == WHY
    assert service.title in text_of(member, decision.get_absolute_url())
    assert f"It was put to the panel: {decision.title}" in text_of(member, page(cycle))
    said = text_of(member, service.get_absolute_url())
    assert "What came of asking the panel" in said
    assert "Being prepared: options and evidence can be added. " + decision.title in said
    assert "Nothing is decided." not in said
    staff.post(put_url(cycle, service))
    assert cycle.decisions.count() == 1


@pytest.mark.row("A3-64")
def test_once_it_is_decided_the_page_of_the_service_says_what_was_chosen():
    cycle = factory.planning()
    service = asked_about(cycle)
    decision = factory.recorded_decision(cycle)
    DecisionFromService.objects.create(
        cycle=cycle, decision=decision, service=service, put_by=cycle.lead
    )
    said = text_of(as_(cycle.lead), service.get_absolute_url())
    assert f"Chosen: {decision.record.chosen.title}. {decision.title}" in said


def test_whoever_may_not_see_the_cycle_reads_no_more_than_that_it_was_put(cycle, service):
    stock_take.put_to_panel(cycle, service, by=cycle.lead)
    decision = cycle.decisions.get()
    beside = people.sitting_panel(cycle.organisation, by=cycle.lead)
    reader = people.members(beside, Perspective.CARER)[0]
    said = text_of(as_(reader), service.get_absolute_url())
    assert "It was put to a panel on" in said
    assert decision.title not in said
    assert [each.url for each in became_of(service, reader)] == [""]


def test_members_read_and_do_not_put_and_strangers_find_nothing(cycle, service):
    member = as_(people.members(cycle.panel, Perspective.SERVICE_USER)[0])
    said = text_of(member, page(cycle))
    assert WHY in said
    assert "Put it to the panel" not in said
    assert member.post(put_url(cycle, service)).status_code == 403
    stranger = as_(people.commissioner(people.organisation()))
    assert stranger.get(page(cycle)).status_code == 404
    assert stranger.post(put_url(cycle, service)).status_code == 404
    assert not DecisionFromService.objects.exists()


def test_only_a_service_of_here_that_somebody_asks_about_and_once(cycle, service):
    by = cycle.lead
    refused = {
        "Nobody asks": make.service(cycle.organisation, by, area=cycle.area),
        "not one of those": asked_about(cycle, area=factory.area()),
    }
    for says, wrong in refused.items():
        with pytest.raises(Refused, match=says):
            stock_take.put_to_panel(cycle, wrong, by=by)
    elsewhere = factory.planning()
    with pytest.raises(Refused, match="not one of those"):
        stock_take.put_to_panel(cycle, asked_about(elsewhere), by=by)
    decision = stock_take.put_to_panel(cycle, service, by=by)
    with pytest.raises(Refused, match="already"):
        stock_take.put_to_panel(cycle, service, by=by)
    other = factory.recorded_decision(cycle)
    for wrong in ({"decision": decision}, {"service": service}):
        rows = {"cycle": cycle, "decision": other, "service": refused["Nobody asks"]} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            DecisionFromService.objects.create(put_by=by, **rows)
    assert AuditEntry.objects.filter(verb="decision.from_service").count() == 1


def test_what_was_put_stays_on_the_page_when_nobody_asks_any_more(cycle, service):
    stock_take.put_to_panel(cycle, service, by=cycle.lead)
    Service.objects.filter(pk=service.pk).update(is_candidate_to_stop=False, why_stop="")
    assert service.title in text_of(as_(cycle.lead), page(cycle))


@pytest.mark.row("A3-71")
def test_why_there_is_no_service_is_said_where_the_panel_reads_it(client):
    cycle = factory.cycle()
    url = reverse("cycles:say-why-no-service", args=[cycle.slug])
    client.force_login(cycle.lead)
    assert "There is none: say why" in text_of(client, page(cycle))
    version = str(cycle.version)
    said = {"why_no_service": "Nothing has been bought here so far.", "version": version}
    assert client.post(url, said).status_code == 302
    assert client.post(url, said | {"why_no_service": "Another"}).status_code == 409
    read = text_of(client, page(cycle))
    assert "None is described. Why is written down." in read
    assert "Nothing has been bought here so far." in read
    make.service(cycle.organisation, cycle.lead, area=cycle.area)
    read = text_of(client, page(cycle))
    assert "One service is described." in read
    assert "Nothing has been bought" not in read
    with pytest.raises(EditedMeanwhile):
        stock_take.say_why_none(cycle, why="x", expected=1, by=cycle.lead)


def test_why_there_is_none_stands_once_the_plan_is_acted_on():
    cycle = factory.doing()
    with pytest.raises(NotOpenNow, match="take the cycle back to Plan"):
        stock_take.say_why_none(cycle, why="x", expected=cycle.version, by=cycle.lead)


@pytest.mark.thorough
def test_pages_cost_the_same_for_one_and_for_three(client, cycle, service):
    client.force_login(cycle.lead)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    stock_take.put_to_panel(cycle, service, by=cycle.lead)
    asked_about(cycle)
    before = [cost(page(cycle)), cost(service.get_absolute_url())]
    for _ in range(2):
        asked_about(cycle)
        stock_take.put_to_panel(cycle, asked_about(cycle), by=cycle.lead)
        again = factory.planning(cycle.organisation, area=cycle.area)
        stock_take.put_to_panel(again, service, by=again.lead)
    assert [cost(page(cycle)), cost(service.get_absolute_url())] == before


def test_where_none_is_described_here_those_of_other_areas_are_counted():
    cycle = factory.with_panel()
    staff = as_(cycle.lead)
    assert "other areas" not in text_of(staff, page(cycle))
    make.service(cycle.organisation, cycle.lead, area=factory.area("Elsewhere"))
    said = text_of(staff, page(cycle))
    assert "No service is described yet." in said
    assert "One service is described for other areas. Read the list of services" in said
    asked_about(cycle)
    assert "other areas" not in text_of(staff, page(cycle))
