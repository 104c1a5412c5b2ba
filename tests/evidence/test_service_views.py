"""The pages of services, pathways and choice: what they say, what they cost, what they save."""

import csv
import io
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import Workbook

from evidence.enums import (
    ChoiceAnswer,
    ChoicePoint,
    FigureKind,
    FigurePeriod,
    ParticularGroup,
    ProviderSector,
)
from evidence.importers import service_columns
from evidence.models import (
    Area,
    HandOff,
    LivedChoice,
    Pathway,
    Provider,
    Service,
    ServiceCorrection,
    ServiceEvent,
    ServiceFigure,
)
from evidence.models.services import ServiceQuerySet
from evidence.queries import choices
from evidence.services import pathways, providers, service_choices, service_corrections, services
from stakeholders.enums import OrganisationRole, Perspective
from stakeholders.services import organisations
from tests.factories import evidence as library
from tests.factories import involvement, stakeholders
from tests.factories import services as make
from tests.pages import as_, day, text_of
from vbc.core.enums import ContributionStatus
from vbc.core.models import AuditContent, AuditEntry
from vbc.core.refusals import Refused
from vbc.ui import dates
from vbc.ui.fields import FEW

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def org() -> Any:
    return stakeholders.organisation()


@pytest.fixture
def clerk(org: Any) -> Any:
    return stakeholders.commissioner(org)


@pytest.fixture
def people(org: Any, clerk: Any) -> list[Any]:
    panel = stakeholders.sitting_panel(org, by=clerk, service_users=5)
    return stakeholders.members(panel, Perspective.SERVICE_USER)


def at(name: str, *things: Any) -> str:
    return reverse(f"evidence:{name}", args=[getattr(each, "public_id", each) for each in things])


def full(org: Any, clerk: Any, people: list[Any]) -> Service:
    """A service with one of everything that hangs on one."""
    one = make.service(org, clerk, groups=(ParticularGroup.OLDER,), unmet_need="Turned away.")
    make.known(one, FigureKind.COST, 5_00, by=clerk)
    make.known(one, FigureKind.CAPACITY, 10, by=clerk)
    make.known(one, FigureKind.ACTIVITY, 2, by=clerk)
    services.set_cluster(one, cluster=1, people=3, by=clerk)
    services.add_event(
        one, happened_on=date(2024, 5, 6), kind="opened", words="Two rooms.", by=clerk
    )
    no = dict.fromkeys(ChoicePoint.values, str(ChoiceAnswer.NO))
    service_choices.set_claim(one, answers=no, version=0, by=clerk)
    for person in people:
        service_choices.say(one, answers=no, version=0, by=person)
    service_corrections.ask(one, text="It is full.", by=people[0])
    way = make.pathway(org, clerk)
    steps = [make.step(way, clerk, through=one), make.step(way, clerk)]
    pathways.set_hand_off(steps[0], fields={"falls_out": "yes"}, version=0, by=clerk)
    return one


# --- What they cost -------------------------------------------------------------------------------

LISTS = (
    "services",
    "service-map",
    "choice-audit",
    "service-contacts",
    "corrections-waiting",
    "providers",
    "pathways",
    "export-services",
)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.thorough
def test_a_list_asks_as_much_for_three_as_for_one(
    org: Any, clerk: Any, people: list[Any], name: str
) -> None:
    counts = []
    for number in (1, 2):
        for _ in range(number):
            full(org, clerk, people)
        client = as_(clerk)
        client.get(at(name))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(at(name)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["service", "pathway"])
@pytest.mark.thorough
def test_a_page_asks_as_much_for_three_parts_as_for_one(
    org: Any, clerk: Any, people: list[Any], name: str
) -> None:
    one = full(org, clerk, people)
    way = Pathway.objects.get()
    client, address = as_(clerk), at(name, one if name == "service" else way)
    counts = []
    for number in (1, 2):
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        counts.append(len(caught))
        for _ in range(number * 2):
            step = make.step(way, clerk, through=one)
            pathways.set_hand_off(step, fields={"falls_out": "no"}, version=0, by=clerk)
            services.add_event(
                one, happened_on=date(2024, 5, 7), kind="moved", words="Moved.", by=clerk
            )
            service_corrections.ask(one, text="It is closed.", by=people[1])
    assert counts[0] == counts[1]


# --- What they say --------------------------------------------------------------------------------


def test_the_list_begins_with_a_sentence_and_is_narrowed(org: Any, clerk: Any) -> None:
    led = ProviderSector.USER_LED
    house = make.service(
        org, clerk, sector=led, title="House", level="crisis", groups=(ParticularGroup.OLDER,)
    )
    make.known(house, FigureKind.COST, 1_200_00, by=clerk)
    ward = make.service(org, clerk, title="Ward", level="inpatient")
    closed = make.service(org, clerk, title="Old ward", status="closed", run_by=ward.provider)
    client = as_(clerk)
    said = text_of(client, at("services"))
    assert "2 services by 2 providers, 1 of them run by people who use services" in said
    assert "The cost of 1 is not known." in said
    assert "£1,200 a year" in said
    for query, expected in (
        ("level=crisis", [house]),
        ("sector=nhs", [ward]),
        ("group=older", [house]),
        ("status=closed", [closed]),
        ("words=ward", [ward]),
        ("words=nothing", []),
    ):
        answer = client.get(f"{at('services')}?{query}")
        assert [each["service"] for each in answer.context["rows"]] == expected, query


@pytest.mark.row("A1-1")
@pytest.mark.row("A3-71")
def test_the_map_says_empty_places_use_and_falls_in_words(
    org: Any, clerk: Any, people: list[Any]
) -> None:
    one = full(org, clerk, people)
    said = text_of(as_(people[0]), at("service-map"))
    assert "1 service in use, by 1 provider. No provider is run by people who use services." in said
    assert "£5 a year is known to be spent (2025-26). The cost of every service is known." in said
    assert "None that we know of" in said
    assert f"{one.title} . Used less than it could be: 2 of 10 people a year" in said.replace(
        f"{one.title}.", f"{one.title} ."
    )
    assert "People fall out at 1 of 1 place between two steps." in said
    assert "Nobody has counted how many. It is not said who sees to it." in said
    assert "Their providers say that there is no choice at any of the four points" in said
    assert "Known for 1 of 1 service" in said
    assert "What does not work well Missing Known for 0 of 1 service" in said


def test_the_map_can_be_of_one_area(org: Any, clerk: Any) -> None:
    library.recovery(org, clerk)
    salford = library.salford()
    make.service(org, clerk, area=salford)
    make.service(org, clerk, area=salford.parent or type(salford).objects.exclude(pk=salford.pk)[0])
    client = as_(clerk)
    assert "2 services in use" in text_of(client, at("service-map"))
    assert "1 service in use" in text_of(client, f"{at('service-map')}?area={salford.code}")


@pytest.mark.parametrize("others", [0, FEW + 1], ids=["a list", "a box"])
def test_an_area_that_went_out_of_use_stays_where_it_was_said(
    org: Any, clerk: Any, others: int
) -> None:
    library.recovery(org, clerk)
    salford = library.salford()
    one = make.service(org, clerk, area=salford)
    way = make.pathway(org, clerk, area=salford)
    Area.objects.bulk_create(
        Area(code=f"MOOR{each:04}", name=f"Moor {each}") for each in range(others)
    )
    Area.objects.filter(pk=salford.pk).update(is_current=False)
    client = as_(clerk)
    for name, thing in (("edit-service", one), ("edit-pathway", way)):
        form = client.get(at(name, thing)).context["form"]
        said = {each.html_name: given for each in form if (given := each.value())}
        page = form["area"].as_widget()
        assert (f'value="{salford}' if others else f'"{salford.code}" selected') in page, name
        said["area"] = str(salford) if others else salford.code
        assert client.post(at(name, thing), said).status_code == 302
        thing.refresh_from_db()
        assert thing.area == salford, name


def test_a_stranger_gets_an_empty_map_and_no_list(org: Any, clerk: Any, people: list[Any]) -> None:
    one = full(org, clerk, people)
    stranger = stakeholders.person()
    for name in ("services", "service-map", "choice-audit", "service-contacts", "pathways"):
        assert one.title not in text_of(as_(stranger), at(name))
    body = as_(stranger).get(at("export-services")).content.decode()
    assert one.title not in body
    other = stakeholders.commissioner(stakeholders.organisation())
    query = f"?organisation={org.public_id}"
    assert one.provider.name not in text_of(as_(other), at("service-map") + query)
    assert "No service in use is on the list yet." in text_of(as_(other), at("service-map") + query)


@pytest.mark.row("A3-15")
def test_claims_and_lives_stand_side_by_side(org: Any, clerk: Any, people: list[Any]) -> None:
    one = make.service(org, clerk)
    yes = dict.fromkeys(ChoicePoint.values, str(ChoiceAnswer.YES))
    service_choices.set_claim(one, answers=yes, version=0, by=clerk)
    address = at("lived-choice", one)
    for person in people:
        page = as_(person).post(address, {"version": "0", "life": "no", "life_note": "No say."})
        assert page["Location"] == f"{one.get_absolute_url()}#choice"
    waits, before = "Not shown yet", text_of(as_(clerk), one.get_absolute_url())
    assert before.count(waits) == 4
    assert "once a quarter of a year is over in which 5 or more of them answered" in before
    assert f"from {dates.day_in_words(choices.running_until())}" in text_of(as_(people[0]), address)
    LivedChoice.objects.update(shown_from=date(2026, 7, 1))
    said = text_of(as_(clerk), one.get_absolute_url())
    assert (
        "The provider says Yes People who use services and carers say "
        "Most said no (April to June 2026) No say." in said
    )
    assert said.count(waits) == 3
    audit = text_of(as_(clerk), at("choice-audit"))
    assert "Provider: yesPeople: most said no (April to June 2026)" in audit
    for person in people:
        assert person.display_name not in said
    assert as_(people[0]).post(at("take-choice-back", one)).status_code == 302
    assert LivedChoice.objects.filter(author=people[0]).count() == 0
    assert LivedChoice.objects.exclude(life_note="").count() == 4


def test_a_correction_has_no_name_on_the_page_and_gets_its_answer(
    org: Any, clerk: Any, people: list[Any]
) -> None:
    one = make.service(org, clerk)
    author, other = people[0], people[1]
    as_(author).post(at("correct-service", one), {"text": f"It moved. {HOSTILE}"})
    correction = ServiceCorrection.objects.get()
    assert "1 correction waits for an answer" in text_of(as_(clerk), at("services"))
    assert "It moved." in text_of(as_(clerk), at("corrections-waiting"))
    for reader in (clerk, other):
        html = as_(reader).get(one.get_absolute_url()).content.decode()
        main = html[html.index("<main") : html.index("</main>")]
        assert "Somebody on a panel wrote" in main
        assert author.display_name not in main
        assert HOSTILE not in main
    answered = {"status": ContributionStatus.ACTED_ON, "answer": "Put right, thank you."}
    answered |= {"version": "1"}
    page = as_(clerk).post(at("answer-service-correction", one, correction), answered)
    assert page["Location"] == correction.get_absolute_url()
    late = as_(clerk).post(at("answer-service-correction", one, correction), answered)
    assert late.status_code == 409
    said = text_of(as_(author), one.get_absolute_url())
    assert "You wrote" in said
    assert "Acted on. Put right, thank you." in said
    assert as_(other).post(at("take-service-correction-back", one, correction)).status_code == 403
    assert as_(author).post(at("take-service-correction-back", one, correction)).status_code == 302
    assert "It moved." not in text_of(as_(clerk), one.get_absolute_url())


@pytest.mark.row("A1-9")
def test_who_to_talk_to_is_the_service_s_own_or_its_provider_s(org: Any, clerk: Any) -> None:
    fields = {"name": "The Door", "sector": "nhs", "contact": "The desk, 0114 496 0100"}
    door = providers.add(org, fields=fields, by=clerk)
    make.service(org, clerk, run_by=door, title="A", contact="Room 4", lead="The head nurse")
    make.service(org, clerk, run_by=door, title="B")
    make.service(org, clerk, title="C", is_integrated=True, partners="The ward, each Monday.")
    rows = as_(clerk).get(at("service-contacts")).context["rows"]
    assert [(row[0]["text"], row[2], row[3]) for row in rows] == [
        ("A", "The head nurse", "Room 4"),
        ("B", "Not said", "The desk, 0114 496 0100"),
        ("C", "Not said", "We do not know who to talk to"),
    ]
    third = Service.objects.get(title="C").get_absolute_url()
    assert "The ward, each Monday." in text_of(as_(clerk), third)


def test_a_provider_on_a_map_is_linked_for_those_who_see_it(
    org: Any, clerk: Any, people: list[Any]
) -> None:
    panel = people[0].seats.get().panel
    stakeholder = involvement.stakeholder(panel)
    one = make.service(org, clerk)
    fields = {"stakeholder": stakeholder}
    providers.edit(one.provider, fields=fields, expected=1, by=clerk)
    link = f"{one.provider.name} on the map of who is affected"
    assert link in text_of(as_(people[0]), one.get_absolute_url())
    other = stakeholders.sitting_panel(org, by=clerk)
    elsewhere = stakeholders.members(other, Perspective.CLINICIAN)[0]
    assert link not in text_of(as_(elsewhere), one.get_absolute_url())
    foreign = make.provider(stakeholders.organisation(), clerk)
    with pytest.raises(Refused, match="another organisation"):
        providers.edit(foreign, fields=fields, expected=1, by=clerk)


def test_the_pathway_tells_each_step_and_what_lies_between(
    org: Any, clerk: Any, people: list[Any]
) -> None:
    way = make.pathway(org, clerk)
    gone = make.service(org, clerk, status="closed")
    steps = [make.step(way, clerk, through=gone), make.step(way, clerk, "Home")]
    make.step(way, clerk, "Work")
    fields = {
        "falls_out": "yes",
        "lost": 35,
        "source": "The ward",
        "wait_days": 1,
        "people_say": "Nobody came.",
    }
    pathways.set_hand_off(steps[0], fields=fields, version=0, by=clerk)
    said = text_of(as_(people[0]), way.get_absolute_url())
    assert "People fall out at 1 of 2 places between two steps. 35 people a year" in said
    assert "Of 1 nobody knows." in said
    assert "35 people a year fall out here (The ward)." in said
    assert "Usual wait: 1 day Nobody came." in said
    assert "Nobody has said yet what happens here." in said
    assert "Closed." in said
    assert "Add a step" not in said
    assert at("hand-off", way, steps[0]) in as_(clerk).get(way.get_absolute_url()).content.decode()
    last = way.steps.last()
    assert as_(clerk).get(at("hand-off", way, last)).status_code == 404


# --- What they save -------------------------------------------------------------------------------


def test_a_service_is_written_down_from_its_provider_to_its_journey(org: Any, clerk: Any) -> None:
    client = as_(clerk)
    assert "Add who runs it first" in text_of(client, at("add-service"))
    client.post(at("add-provider"), {"name": "The Open Door", "sector": "user_led"})
    provider = Provider.objects.get()
    said = {
        "title": "Crisis house",
        "description": "Four rooms.",
        "provider": provider.pk,
        "level": "crisis",
        "status": "in_use",
        "groups": ["older"],
        "ways_in": ["self", "carer"],
        "age_from": "18",
    }
    bad = client.post(at("add-service"), said | {"is_integrated": "on"})
    assert "Say with whom it works, and how." in bad.content.decode()
    made = client.post(at("add-service"), said)
    one = Service.objects.get()
    assert made["Location"] == one.get_absolute_url()
    twice = client.post(at("add-service"), said | {"title": "CRISIS HOUSE"})
    assert "already has a service of this name" in twice.content.decode()
    assert client.post(at("edit-service", one), said | {"version": "1"}).status_code == 302
    assert client.post(at("edit-service", one), said | {"version": "1"}).status_code == 409
    words = {"version": "2", "is_candidate_to_stop": "on"}
    page = client.post(at("edit-service-words", one), words)
    assert "Say why the panel should look at it." in page.content.decode()
    words |= {"why_stop": "Nobody comes.", "deficits": "Full at weekends."}
    assert client.post(at("edit-service-words", one), words).status_code == 302
    assert "Nothing is decided." in text_of(client, one.get_absolute_url())
    event = day("happened_on", date(2024, 5, 6)) | {"kind": "opened", "words": "Two rooms."}
    assert client.post(at("add-service-event", one), event).status_code == 302
    there = ServiceEvent.objects.get()
    edit = at("edit-service-event", one, there)
    assert client.post(edit, event | {"words": "Three.", "version": "1"}).status_code == 302
    assert client.post(edit, event | {"words": "Lost.", "version": "1"}).status_code == 409
    cluster = {"cluster": "11", "people": "30", "cost_pence": "1,200.50"}
    assert client.post(at("add-service-cluster", one), cluster).status_code == 302
    assert one.clusters.get().cost_pence == 1_200_50
    assert client.post(at("remove-service-cluster", one, 11)).status_code == 302
    assert not one.clusters.exists()
    for name, is_off in (("withdraw-service", True), ("bring-back-service", False)):
        client.post(at(name, one))
        one.refresh_from_db()
        assert (one.withdrawn_at is not None) is is_off


def test_who_keeps_two_lists_is_asked_which(org: Any, clerk: Any) -> None:
    other = stakeholders.organisation()
    organisations.add_member(other, clerk, role=OrganisationRole.COMMISSIONER)
    make.provider(org, clerk)
    there = make.provider(other, clerk)
    client = as_(clerk)
    assert "Whose library is it for?" in text_of(client, at("add-service"))
    said = {
        "title": "House",
        "description": "Rooms.",
        "provider": there.pk,
        "level": "crisis",
        "status": "in_use",
    }
    assert client.post(at("add-service"), said).status_code == 200
    assert not Service.objects.exists()
    for organisation, expected in ((org, 200), (other, 302)):
        address = f"{at('add-service')}?organisation={organisation.pk}"
        assert client.post(address, said).status_code == expected
    assert Service.objects.get().organisation == other
    other_map = f"{at('service-map')}?organisation={other.public_id}"
    assert "1 service in use" in text_of(client, other_map)


def test_a_provider_is_changed_by_one_at_a_time(org: Any, clerk: Any) -> None:
    provider = make.provider(org, clerk)
    client, address = as_(clerk), at("edit-provider", provider)
    said = {"name": "The Open Door", "sector": "user_led", "version": "1"}
    assert client.post(address, said).status_code == 302
    assert client.post(address, said | {"name": "Lost"}).status_code == 409
    provider.refresh_from_db()
    assert (provider.name, provider.sector, provider.version) == ("The Open Door", "user_led", 2)


DAY = day("dated_on", date(2026, 3, 2))
COST = {"amount": "385,000.50", "basis": "contract", "year": "2025-26", "source": "The contract"}


@pytest.mark.parametrize(
    ("kind", "said", "problem"),
    [
        ("cost", {}, "Give the figure, or say below why it is not known"),
        ("cost", COST | DAY | {"why_not_known": "Both"}, "Leave this empty where there is"),
        ("cost", COST, "Fill this in beside the figure"),
        ("cost", COST | DAY | {"year": "soon"}, "Write the year like 2025 or 2025-26"),
        ("cost", COST | DAY | {"amount": "a lot"}, "Write the amount in pounds and pence"),
        ("capacity", {"amount": "4", "source": "x"} | DAY, "Fill this in beside the figure"),
        ("waiting", {"amount": "-4", "source": "x"} | DAY, "Write 0 or more"),
        (
            "waiting",
            {"amount": "4", "source": "x"} | DAY | {"dated_on_year": "2999"},
            "Figure as of must be",
        ),
    ],
)
def test_half_a_figure_is_said_beside_the_form(
    org: Any, clerk: Any, kind: str, said: dict[str, str], problem: str
) -> None:
    one = make.service(org, clerk)
    answer = as_(clerk).post(at("service-figure", one, kind), said | {"version": "0"})
    assert answer.status_code == 200
    assert problem in answer.content.decode()
    assert not ServiceFigure.objects.exists()


def test_a_figure_is_saved_and_changed_by_one_at_a_time(org: Any, clerk: Any) -> None:
    one = make.service(org, clerk)
    client, address = as_(clerk), at("service-figure", one, "cost")
    assert client.post(address, COST | DAY | {"version": "0"}).status_code == 302
    assert ServiceFigure.objects.get().value == 385_000_50
    assert 'value="385000.50"' in client.get(address).content.decode()
    stale = client.post(address, COST | DAY | {"version": "0", "amount": "1"})
    assert stale.status_code == 409
    assert "£385,000.50 in 2025-26" in stale.content.decode()
    unknown = {"version": "1", "why_not_known": "Nobody tells us."}
    assert client.post(address, unknown).status_code == 302
    assert "Not known: Nobody tells us." in text_of(client, one.get_absolute_url())
    assert client.get(at("service-figure", one, "weight")).status_code == 404


def test_a_pathway_is_written_step_by_step(org: Any, clerk: Any) -> None:
    client = as_(clerk)
    client.post(at("add-pathway"), {"title": "Home again", "summary": "From the ward."})
    way = Pathway.objects.get()
    empty = client.post(at("add-step", way), {"title": ""})
    assert "Choose a service, or say what happens" in empty.content.decode()
    for title in ("Ward", "Home"):
        client.post(at("add-step", way), {"title": title})
    ward, home = way.steps.all()
    half = {"version": "0", "falls_out": "not_known", "lost": "3"}
    page = client.post(at("hand-off", way, ward), half).content.decode()
    assert "A number goes with “Yes”" in page
    assert "Say who counted, and when" in page
    whole = half | {"falls_out": "yes", "source": "The ward"}
    assert client.post(at("hand-off", way, ward), whole).status_code == 302
    assert client.post(at("hand-off", way, ward), whole | {"lost": "4"}).status_code == 409
    assert HandOff.objects.get().lost == 3
    client.post(at("move-step", way, home))
    assert [each.title for each in way.steps.all()] == ["Home", "Ward"]
    client.post(at("remove-step", way, home))
    assert "Taken off this pathway" in text_of(client, way.get_absolute_url())
    client.post(at("put-step-back", way, home))
    assert [each.title for each in way.steps.all()] == ["Ward", "Home"]
    for name, thing in (("edit-pathway", []), ("edit-step", [ward])):
        said = {"title": "New", "summary": "Words.", "version": "1"}
        address = at(name, way, *thing)
        assert client.post(address, said).status_code == 302, name
        assert client.post(address, said).status_code == 409, name


def test_lived_choice_sent_from_two_windows_says_so(org: Any, clerk: Any, people: Any) -> None:
    one = make.service(org, clerk)
    client, address = as_(people[0]), at("lived-choice", one)
    for status in (302, 409):
        assert client.post(address, {"version": "0", "life": "no"}).status_code == status


# --- Files ----------------------------------------------------------------------------------------

NEEDED = "Service,What happens there and for whom,Provider,Who runs it,Kind of help"


def sent(client: Client, *lines: str, **said: str) -> Any:
    file = SimpleUploadedFile("services.csv", "\n".join([NEEDED, *lines]).encode())
    return client.post(at("import-services"), {"file": file, **said})


def test_one_bad_line_keeps_the_file_out_until_somebody_says_otherwise(
    org: Any, clerk: Any
) -> None:
    client = as_(clerk)
    lines = ("House,Rooms,The Door,nhs,crisis", "Ward,Beds,The Trust,nhs,upstairs")
    page = sent(client, *lines).content.decode()
    assert "Line 3, “Kind of help”: “upstairs” is not one of the words" in page
    assert "Nothing was added." in page
    assert not Service.objects.exists()
    assert not Provider.objects.exists()
    page = sent(client, *lines, keep_good_rows="on").content.decode()
    assert "1 service added. 1 line could not be read and stayed out." in page
    assert Service.objects.get().title == "House"


def test_what_is_on_the_list_stays_as_it_is(org: Any, clerk: Any) -> None:
    client = as_(clerk)
    lines = ("House,Rooms,The Door,nhs,crisis", "Café,Tea,THE DOOR,nhs,community")
    assert sent(client, *lines)["Location"] == at("services")
    assert Provider.objects.count() == 1
    again = sent(client, "House,Other words,The Door,nhs,crisis")
    assert again.status_code == 302
    assert Service.objects.get(title="House").description == "Rooms"
    said = text_of(client, at("services"))
    assert "0 services added. 1 on the list already stayed as before." in said


def test_a_file_is_one_entry_of_the_audit(org: Any, clerk: Any) -> None:
    before = AuditEntry.objects.count()
    sent(as_(clerk), "House,Rooms,The Door,nhs,crisis", "Café,Tea,The Door,nhs,community")
    (entry,) = AuditEntry.objects.order_by("sequence")[before:]
    assert (entry.verb, entry.object_id) == ("service.imported", org.public_id)
    ids = list(Service.objects.order_by("pk").values_list("public_id", flat=True))
    assert AuditContent.objects.get(entry=entry).data == {"services": ids}


def test_a_service_added_in_the_same_moment_keeps_the_file_out(
    org: Any, clerk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = make.provider(org, clerk, name="The Door")
    make.service(org, clerk, run_by=door, title="House")
    # The list as it was a moment ago, when the other was not on it yet.
    monkeypatch.setattr(ServiceQuerySet, "kept", lambda self: self.none())
    page = sent(as_(clerk), "New,Rooms,New door,nhs,crisis", "House,Rooms,The Door,nhs,crisis")
    assert "in the same moment. Nothing was added." in page.content.decode()
    assert Service.objects.count() == Provider.objects.count() == 1


def test_a_provider_has_one_sector(org: Any, clerk: Any) -> None:
    make.provider(org, clerk, name="The Door", sector=ProviderSector.USER_LED)
    page = sent(as_(clerk), "House,Rooms,The Door,nhs,crisis").content.decode()
    assert "is said to be “Run by people who use services” elsewhere" in page
    assert not Service.objects.exists()


def test_a_file_that_is_no_list_says_why_beside_the_form(org: Any, clerk: Any) -> None:
    file = SimpleUploadedFile("services.csv", b"%PDF-1.7")
    page = as_(clerk).post(at("import-services"), {"file": file}).content.decode()
    assert "This is a PDF." in page


def test_what_is_written_out_can_be_read_in_and_is_no_formula(org: Any, clerk: Any) -> None:
    door = make.provider(org, clerk, name="The Door", sector=ProviderSector.USER_LED)
    one = make.service(
        org,
        clerk,
        title="=HYPERLINK(1)",
        run_by=door,
        contact="Secret 0114",
        groups=(ParticularGroup.OLDER,),
        ways_in=["self"],
        age_from=18,
        contract_ends=date(2027, 3, 31),
    )
    make.known(one, FigureKind.COST, 1_200_50, by=clerk)
    make.known(one, FigureKind.CAPACITY, 10, by=clerk)
    make.known(one, FigureKind.ACTIVITY, 540, by=clerk, unit="visits", period=FigurePeriod.WEEK)
    make.known(one, FigureKind.WAITING, 3, by=clerk)
    text = as_(clerk).get(at("export-services")).content.decode("utf-8-sig")
    assert "Secret" not in text
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Service"] == "'=HYPERLINK(1)"
    other = stakeholders.organisation()
    other_clerk = stakeholders.commissioner(other)
    file = SimpleUploadedFile("services.csv", text.encode("utf-8-sig"))
    assert as_(other_clerk).post(at("import-services"), {"file": file}).status_code == 302
    read = Service.objects.get(organisation=other)
    assert (read.ways_in, read.age_from, read.contract_ends) == (["self"], 18, date(2027, 3, 31))
    assert [each.group for each in read.groups.all()] == ["older"]
    figures = {each.kind: (each.value, each.unit, each.dated_on) for each in read.figures.all()}
    assert figures == {
        "cost": (1_200_50, "", make.DAY),
        "capacity": (10, "people", make.DAY),
        "activity": (540, "visits", make.DAY),
        "waiting": (3, "", make.DAY),
    }


def test_the_pattern_has_every_column_and_an_example_that_can_be_read(org: Any, clerk: Any) -> None:
    client = as_(clerk)
    text = client.get(at("services-pattern")).content.decode("utf-8-sig")
    head, _ = csv.reader(io.StringIO(text))
    assert tuple(head) == service_columns.HEAD
    alone = SimpleUploadedFile("services.csv", text.encode("utf-8-sig"))
    page = text_after(client.post(at("import-services"), {"file": alone}))
    assert "no service below the column names but the example" in page
    # With a name of its own every cell of it is taken.
    named = text.replace(service_columns.EXAMPLE, "Crisis house")
    file = SimpleUploadedFile("services.csv", (text + named.split("\n", 1)[1]).encode("utf-8-sig"))
    assert client.post(at("import-services"), {"file": file}).status_code == 302
    assert "1 service added. The example line was passed over." in text_of(client, at("services"))
    one = Service.objects.get()
    assert (one.title, one.age_from, one.ways_in) == ("Crisis house", 18, ["self", "gp"])
    assert one.figures.count() == 4


def text_after(answer: Any) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def test_the_words_of_each_column_stand_on_the_page_once(org: Any, clerk: Any) -> None:
    client = as_(clerk)
    page = text_of(client, at("import-services"))
    assert "Kind of help Prevention and staying well; Early help; Primary care" in page
    assert "Meant for Everybody; Adults; Children and young people; Older people" in page
    assert "Room over how long and Use over how long at any one time; a week" in page
    lines = [f"House {n},Rooms,The Door,nhs,upstairs" for n in range(3)]
    page = text_after(sent(client, *lines))
    assert page.count("“upstairs” is not one of the words that go here") == 3
    assert page.count("Prevention and staying well") == 1


def test_where_no_line_could_be_added_it_says_so(org: Any, clerk: Any) -> None:
    page = text_after(sent(as_(clerk), "House,Rooms,The Door,nhs,upstairs", keep_good_rows="on"))
    assert "No line of the file could be used, so nothing was added." in page
    assert "0 services added" not in page
    assert "The other lines were added" not in page


def test_a_workbook_of_services_is_taken_and_a_sheet_left_out_is_named(
    org: Any, clerk: Any
) -> None:
    made = Workbook()
    made.active.append(NEEDED.split(","))
    made.active.append(["House", "Rooms", "The Door", "nhs", "crisis"])
    made.create_sheet("Notes").append(["By hand"])
    wards = made.create_sheet("Wards")
    wards.append(["ward", "beds"])
    wards.append(["Ash", "12"])

    def send(**said: str) -> Any:
        content = io.BytesIO()
        made.save(content)
        file = SimpleUploadedFile("services.xlsx", content.getvalue())
        return as_(clerk).post(at("import-services"), {"file": file, **said})

    page = text_after(send())
    assert "The sheet “Wards” was not read, because its columns are others." in page
    assert not Service.objects.exists()
    page = text_after(send(keep_good_rows="on"))
    assert "1 service added. Sheets without a table, or hidden, were not read: “Notes”." in page
    assert "The sheet “Wards” was not read" in page
    assert Service.objects.get().title == "House"
