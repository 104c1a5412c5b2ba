"""What people say of themselves: theirs alone, counted now and then, and never by name."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stakeholders.enums import CATEGORIES, Characteristic, Perspective
from stakeholders.models import (
    Panel,
    PopulationShare,
    SelfDescription,
)
from stakeholders.queries.composition import latest_edition
from stakeholders.services import compositions, seats, self_descriptions
from tests.factories import composition as factory
from tests.factories import stakeholders as make
from tests.pages import address, as_
from vbc.core.models import AuditContent
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db
FIVE_AND_FIVE = "female " * 5 + "male " * 5


def page_of(person: Any, url: str) -> str:
    answer = as_(person).get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def first(panel: Panel) -> Any:
    return make.members(panel, Perspective.SERVICE_USER)[0]


def ten(sex: str = FIVE_AND_FIVE) -> Panel:
    """Ten members who have said something."""
    panel = factory.panel_of(make.organisation(), 10)
    factory.say(panel, sex=sex)
    return panel


# --- One's own ----------------------------------------------------------------------------------


def test_a_person_says_changes_and_deletes() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    client, url = as_(first(panel)), address("about-me", panel.organisation)
    for said in ("disabled", "prefer_not", ""):
        client.post(url, {"disability": said, "age": "25_34"})
        described = SelfDescription.objects.get()
        assert (described.disability, described.age, described.sex) == (said, "25_34", "")
    answer = client.post(address("delete-about-me", panel.organisation), follow=True)
    assert "Deleted. Nothing of it is kept." in answer.content.decode()
    assert not SelfDescription.objects.exists()


def test_the_form_begins_with_what_was_said_and_only_for_the_person() -> None:
    panel = factory.panel_of(make.organisation(), 2)
    one, other = make.members(panel, Perspective.SERVICE_USER)
    factory.describe(panel.organisation, one, religion="sikh")
    url = address("about-me", panel.organisation)
    assert as_(one).get(url).context["form"].initial["religion"] == "sikh"
    assert as_(other).get(url).context["form"].initial["religion"] == ""


def test_only_those_asked_have_the_page() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    factory.say(panel, sex="female")
    elsewhere = factory.panel_of(make.organisation(), 1)
    for person in (panel.created_by, make.person(), first(elsewhere), elsewhere.created_by):
        for name in ("about-me", "delete-about-me"):
            url = address(name, panel.organisation)
            assert as_(person).post(url, {"sex": "male"}).status_code == 404
    assert SelfDescription.objects.get().sex == "female"


def test_a_service_refuses_whoever_is_not_on_a_panel() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    with pytest.raises(Refused, match="Only people on a panel"):
        self_descriptions.save(panel.organisation, answers={"sex": "male"}, by=panel.created_by)
    assert not SelfDescription.objects.exists()


def test_what_is_not_an_answer_is_refused_by_form_and_database() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    url = address("about-me", panel.organisation)
    answer = as_(first(panel)).post(url, {"sex": "rubbish"})
    assert answer.status_code == 200
    assert not SelfDescription.objects.exists()
    for characteristic in Characteristic.values:
        with pytest.raises(IntegrityError), transaction.atomic():
            SelfDescription.objects.create(
                organisation=panel.organisation,
                user=first(panel),
                saved_at=timezone.now(),
                **{characteristic: "rubbish"},
            )


def test_there_is_one_description_a_person() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    factory.say(panel, sex="male")
    with pytest.raises(IntegrityError), transaction.atomic():
        SelfDescription.objects.create(
            organisation=panel.organisation, user=first(panel), saved_at=timezone.now()
        )


def test_the_audit_holds_no_answer() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    factory.say(panel, ethnic_group="black", disability="disabled")
    self_descriptions.delete(panel.organisation, by=first(panel))
    self_descriptions.delete(panel.organisation, by=first(panel))
    said = AuditContent.objects.filter(entry__verb__startswith="self_description").order_by("pk")
    assert [(each.entry.verb, each.data) for each in said] == [
        ("self_description.saved", {}),
        ("self_description.deleted", {}),
    ]


def test_whoever_left_is_forgotten_within_a_day() -> None:
    panel = factory.panel_of(make.organisation(), 2)
    factory.say(panel, sex="female male")
    gone, there = make.members(panel, Perspective.SERVICE_USER)
    seats.leave(panel.seats.get(user=gone), by=gone)
    assert as_(gone).get(address("about-me", panel.organisation)).status_code == 404
    assert self_descriptions.delete_of_those_who_left() == 1
    assert self_descriptions.delete_of_those_who_left() == 0
    assert SelfDescription.objects.get().user == there


# --- Counted ------------------------------------------------------------------------------------


def test_numbers_are_at_least_so_many_in_fives() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    page = page_of(first(panel), address("composition", panel.organisation))
    assert "Of 10 people on the panels, at least 10 described themselves." in page
    sex = page.split('id="about-sex"')[1].split("</table>")[0]
    assert sex.count("At least 5") == 2


def test_what_would_give_somebody_away_is_not_in_the_edition() -> None:
    panel = ten("female " * 9 + "male")
    factory.say(panel, sex="female " * 9 + "male", religion="sikh " * 10, age="25_34 " * 4)
    edition = compositions.make_edition(panel.organisation, by=None)
    assert edition is not None
    assert edition.content["answers"] == {
        **{key: {} for key in Characteristic.values},
        "sex": {"female": 5},
        "religion": {"sikh": 5},
    }


def test_no_answer_and_prefer_not_to_say_are_the_same() -> None:
    one = ten("female " * 5 + "male " * 4 + "prefer_not")
    other = ten("female " * 5 + "male " * 4 + "-")
    contents = [
        made.content
        for panel in (one, other)
        if (made := compositions.make_edition(panel.organisation, by=None))
    ]
    assert contents[0] == contents[1]
    assert contents[0]["answers"]["sex"] == {}


@pytest.mark.parametrize(("count", "is_made"), [(4, False), (5, True)])
def test_the_first_edition_waits_for_five(count: int, is_made: bool) -> None:
    panel = factory.panel_of(make.organisation(), count)
    factory.say(panel, sex="female " * count)
    assert (compositions.make_edition(panel.organisation, by=None) is not None) == is_made


def test_a_page_counts_nothing_anew() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    client, url = as_(first(panel)), address("composition", panel.organisation)
    before = client.get(url).context
    factory.say(panel, sex="male " * 10)
    after = client.get(url).context
    assert after["tables"] == before["tables"]
    assert after["tables"][0].rows[1][1] == "At least 5"
    assert after["who"] == before["who"]


@pytest.mark.parametrize(
    ("days", "changed", "is_made"), [(89, 10, False), (91, 4, False), (91, 5, True)]
)
def test_the_next_edition_waits_for_three_months_and_five_people(
    monkeypatch: pytest.MonkeyPatch, days: int, changed: int, is_made: bool
) -> None:
    panel = ten()
    made = compositions.make_edition(panel.organisation, by=None)
    assert made is not None
    monkeypatch.setattr(
        "stakeholders.services.compositions.timezone.now",
        lambda: made.made_at + timedelta(days=days),
    )
    for person in make.members(panel, Perspective.SERVICE_USER)[:changed]:
        factory.describe(panel.organisation, person, sex="male")
    assert compositions.make_due_editions() == is_made
    assert (latest_edition(panel.organisation) != made) == is_made


def test_people_who_left_or_sit_elsewhere_are_not_counted() -> None:
    panel = ten("female " * 10)
    elsewhere = ten("male " * 10)
    gone = first(panel)
    seats.leave(panel.seats.get(user=gone), by=gone)
    edition = compositions.make_edition(panel.organisation, by=None)
    assert edition is not None
    assert edition.content["members"] == 9
    assert edition.content["described"] == 5
    assert edition.content["answers"]["sex"] == {}
    assert latest_edition(elsewhere.organisation) is None


def test_someone_on_two_panels_is_one_person() -> None:
    panel = ten()
    other = make.forming_panel(panel.organisation)
    make.seat(other, Perspective.CARER, user=first(panel))
    edition = compositions.make_edition(panel.organisation, by=None)
    assert edition is not None
    assert edition.content["members"] == 10


@pytest.mark.row("A3-25")
def test_the_only_panel_has_the_numbers_of_its_organisation() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    page = page_of(first(panel), address("panel-composition", panel))
    assert "At least 5" in page
    assert "Who we are" in page


def test_one_of_several_panels_has_no_numbers_and_says_why() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    factory.panel_of(panel.organisation, 1)
    page = page_of(first(panel), address("panel-composition", panel))
    assert "At least" not in page
    assert "This panel by itself has no numbers here, to protect the people on it." in page


def test_no_page_names_anyone() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    everyone = make.members(panel, Perspective.SERVICE_USER)
    for name, thing in (("composition", panel.organisation), ("panel-composition", panel)):
        page = page_of(panel.created_by, address(name, thing))
        assert not [person for person in everyone if person.display_name in page]


def test_strangers_find_no_page_though_there_is_one() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    elsewhere = factory.panel_of(make.organisation(), 1)
    for person in (make.person(), first(elsewhere), elsewhere.created_by):
        client = as_(person)
        assert client.get(address("composition", panel.organisation)).status_code == 404
        assert client.get(address("panel-composition", panel)).status_code == 404
        assert client.get(address("population", panel.organisation, "age")).status_code == 404


@pytest.mark.thorough
def test_the_page_costs_the_same_for_one_panel_and_three() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    client, url = as_(panel.created_by), address("composition", panel.organisation)
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    for _ in range(2):
        factory.panel_of(panel.organisation, 2)
    with CaptureQueriesContext(connection) as three:
        client.get(url)
    assert len(three) == len(one)


# --- The people who live here -------------------------------------------------------------------

FIGURES = {
    "share_female": "50.8",
    "share_male": "49.2",
    "source": "Census 2021",
    "as_of_day": "21",
    "as_of_month": "3",
    "as_of_year": "2021",
}


def test_staff_enter_shares_with_their_source_and_they_stand_beside() -> None:
    panel = ten()
    compositions.make_edition(panel.organisation, by=None)
    url = address("population", panel.organisation, "sex")
    answer = as_(panel.created_by).post(url, FIGURES)
    assert answer.url == address("composition", panel.organisation)
    assert {share.category: share.per_mille for share in PopulationShare.objects.all()} == {
        "female": 508,
        "male": 492,
    }
    page = page_of(first(panel), address("composition", panel.organisation))
    assert "50.8 in 100" in page
    assert "People who live here: Census 2021, of 21 March 2021." in page
    assert page_of(panel.created_by, url).count('value="50.8"') == 1


def test_new_shares_take_the_place_of_the_old() -> None:
    panel = ten()
    client, url = as_(panel.created_by), address("population", panel.organisation, "sex")
    client.post(url, FIGURES)
    client.post(url, FIGURES | {"share_female": "60", "share_male": ""})
    share = PopulationShare.objects.get()
    assert (share.category, share.per_mille) == ("female", 600)


@pytest.mark.parametrize(
    "wrong",
    [
        {"share_female": "70"},  # together more than everybody
        {"share_female": "", "share_male": ""},
        {"share_female": "-1"},
        {"share_female": "50.85"},
        {"source": ""},
        {"as_of_year": "2999"},
    ],
)
def test_shares_that_cannot_be_are_refused(wrong: dict[str, str]) -> None:
    panel = factory.panel_of(make.organisation(), 1)
    url = address("population", panel.organisation, "sex")
    answer = as_(panel.created_by).post(url, FIGURES | wrong)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not PopulationShare.objects.exists()


def test_members_cannot_enter_shares_and_are_told_why() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    answer = as_(first(panel)).post(address("population", panel.organisation, "sex"), FIGURES)
    assert answer.status_code == 403
    assert "Only people who work for the organisation" in answer.content.decode()
    assert not PopulationShare.objects.exists()


def test_there_is_no_page_of_another_characteristic() -> None:
    panel = factory.panel_of(make.organisation(), 1)
    url = address("population", panel.organisation, "shoe-size")
    assert as_(panel.created_by).get(url).status_code == 404


def test_a_category_of_another_characteristic_is_refused() -> None:
    org = make.organisation()
    with pytest.raises(ValueError, match="no such category"):
        compositions.enter_population(
            org,
            characteristic=Characteristic.SEX,
            per_mille={"sikh": 5},
            source="Census",
            as_of=date(2021, 3, 21),
            by=make.commissioner(org),
        )


@pytest.mark.parametrize("wrong", [{"per_mille": 1001}, {"source": ""}])
def test_the_database_refuses_a_share_that_cannot_be(wrong: dict[str, Any]) -> None:
    given = {"per_mille": 500, "source": "Census", **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        PopulationShare.objects.create(
            organisation=make.organisation(),
            characteristic=Characteristic.SEX,
            category="male",
            as_of=date(2021, 3, 21),
            **given,
        )


def test_every_characteristic_has_a_column_and_its_categories_fit() -> None:
    for characteristic, categories in CATEGORIES.items():
        field = SelfDescription._meta.get_field(characteristic)
        assert all(len(value) <= field.max_length for value, _ in categories)
        assert all(
            len(value) <= PopulationShare._meta.get_field("category").max_length
            for value, _ in categories
        )
