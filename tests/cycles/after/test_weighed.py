"""What was weighed, beside the result, in the record and in print: values, and what options are."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cycles.enums import (
    BallotMethod,
    FundingRoute,
    Intensity,
    OptionKind,
    ProviderKind,
    Reach,
)
from cycles.models import Decision, DecisionValue, Option
from cycles.services import decision_values
from reports.documents import decisions as documents
from stakeholders.enums import Perspective, Pillar
from tests.factories import decisions as make
from tests.factories import equality as after
from tests.factories import ratings as make_ratings
from tests.factories import values as make_values
from tests.pages import as_, names, queries_of, text_of, url
from tests.reports.test_after_record import facts_of, printed

pytestmark = pytest.mark.django_db
HEADING = "What matters to us, and how it was weighed"
FULL = {
    "kind": OptionKind.STANDARD,
    "who_for": "Adults who wait for a first talk.",
    "cost": "About £20,000 a year",
    "funding_route": FundingRoute.DIRECT_PAYMENT,
    "provider_kind": ProviderKind.USER_LED,
    "reach": Reach.EARLY,
    "intensity": Intensity.LIGHT,
    "risks": "The rooms may be too small.\n\n- Ask the library.\n- Ask the church.",
    "equality_effects": "People who speak little English gain most.",
    "who_else_gains": "The emergency department.",
    "standard_measure": "Days from the call to the first talk",
    "standard_threshold": "7 or fewer, for 9 in 10",
    "standard_source": "The workshop in the library",
}
# What a reader reads of it, each as a line of its own.
READ = (
    "What it is: A standard that services have to meet",
    "Who it is for: Adults who wait for a first talk.",
    "Cost: About £20,000 a year",
    "How the money gets there: A direct payment to the person",
    "Who could run it: People who use services, or carers",
    "When it helps: Early, when it begins",
    "How much it asks of people: Light: information, peers, self-help",
    "What could go wrong: The rooms may be too small.",
    "Who could gain or lose more than others: People who speak little English gain most.",
    "Which other service gains: The emergency department.",
    "What is measured: Days from the call to the first talk",
    "When it is met: 7 or fewer, for 9 in 10",
    "Who agreed it, and where: The workshop in the library",
)


def with_values(decision: Decision) -> Decision:
    """One value that was followed, one that was outweighed, and the two other Rs."""
    make_values.linked(decision, "We are heard the first time.")
    outweighed(make_values.linked(decision, "Nobody waits alone."))
    decision_values.say_how_heard(
        decision,
        expected=decision.version,
        raised_awareness="We asked people at the day centre.",
        mutual_respect="Everyone finished their sentence.",
        by=decision.cycle.lead,
    )
    decision.refresh_from_db()
    return decision


def outweighed(link: DecisionValue) -> None:
    decision_values.say_outweighed(
        link,
        expected=link.version,
        pointed_other_way=True,
        held_by=[Pillar.SERVICE_USERS_AND_CARERS, Pillar.EVIDENCE],
        why_outweighed="There is money for one thing.",
        look_again_on=timezone.localdate() + timedelta(days=200),
        by=link.decision.cycle.lead,
    )


def filled_in(option: Option, **fields: Any) -> None:
    Option.objects.filter(pk=option.pk).update(**(fields or FULL))


def reader(decision: Decision) -> Any:
    return as_(make.members(decision, Perspective.CLINICIAN)[0])


WEIGHED = (
    HEADING,
    "We are heard the first time. It speaks for the house.",
    "Nobody waits alone. It speaks for the house.",
    "It pointed another way, and was outweighed here",
    "There is money for one thing.",
    "We look at it again on",
    "What was done so that everybody's values were heard We asked people at the day centre.",
    "How people treated each other's views Everyone finished their sentence.",
)


# --- Shared values, and how everybody was heard -------------------------------------------------


@pytest.mark.row("A0-2")
@pytest.mark.row("A0-5")
def test_record_result_request_to_the_board_and_print_say_what_was_weighed() -> None:
    decision = make.recorded(with_values(make.weighing()))
    signer = as_(make.members(decision, Perspective.SERVICE_USER)[0])
    pages = [
        text_of(reader(decision), url("decision-result", decision)),
        text_of(reader(decision), url("board", decision)),
        text_of(signer, url("sign-record", decision)),
    ]
    for page in pages:
        assert page.count(HEADING) == 1
        assert "Held by: Service users and carers, and Evidence." in page
        assert not [words for words in WEIGHED if words not in page]
    paper = printed(facts_of(decision))
    assert "Held by: Service users and carers, and Evidence." in paper
    assert not [words for words in WEIGHED if words not in paper]


def test_values_stand_in_the_data_with_who_held_them_and_not_with_who_said_so() -> None:
    decision = make.weighing()
    member = make.members(decision, Perspective.CARER)[0]
    link = make_values.linked(decision, "Nobody waits alone.", by=member)
    outweighed(link)
    facts = facts_of(decision)
    assert facts["values"] == [
        {
            "text": "Nobody waits alone.",
            "note": "It speaks for the house.",
            "pointed_other_way": True,
            "held_by": [
                {"pillar": "service_users_and_carers", "label": "Service users and carers"},
                {"pillar": "evidence", "label": "Evidence"},
            ],
            "why_outweighed": "There is money for one thing.",
            "look_again_on": (timezone.localdate() + timedelta(days=200)).isoformat(),
        }
    ]
    assert (facts["raised_awareness"], facts["mutual_respect"]) == ("", "")
    assert not names(str(facts), member)


def test_until_there_is_a_record_the_values_stand_below_the_result() -> None:
    decision = make.weighing()
    address = url("decision-result", decision)
    assert HEADING not in text_of(reader(decision), address)
    assert HEADING not in printed(facts_of(decision))
    with_values(decision)
    page = text_of(reader(decision), address)
    assert not [words for words in WEIGHED if words not in page]
    assert "Change how it bears on this" not in page
    assert not [words for words in WEIGHED if words not in printed(facts_of(decision))]


def test_nothing_of_it_is_below_a_result_that_is_not_shown_yet() -> None:
    decision = make.rating()
    make_values.linked(decision, "Nobody waits alone.")
    page = text_of(reader(decision), url("decision-result", decision))
    assert "Nothing is shown yet" in page
    assert "Nobody waits alone." not in page


def test_a_record_without_values_says_so_and_the_free_text_stays() -> None:
    decision = make.recorded()
    # As it was recorded before values were asked of a record.
    decision.values_in_play.all().delete()
    page = text_of(reader(decision), url("decision-result", decision))
    assert f"{HEADING} Nobody has written down which of our shared values bears on this." in page
    after.corrected(decision, values_in_play="Quiet weighed less than being near.")
    page = text_of(reader(decision), url("decision-result", decision))
    assert "Which values pointed the other way Quiet weighed less than being near." in page
    assert "Quiet weighed less than being near." in printed(facts_of(decision))


def test_words_of_people_are_words_and_no_markup() -> None:
    decision = make.weighing()
    make_values.linked(decision, "<b>Loud</b> & quiet")
    filled_in(make.options_of(decision)[0], risks="<script>alert(1)</script>")
    page = reader(decision).get(url("decision-result", decision)).content.decode()
    assert "&lt;b&gt;Loud&lt;/b&gt; &amp; quiet" in page
    assert "<script>alert" not in page


# --- What the options are -----------------------------------------------------------------------


@pytest.mark.parametrize("method", BallotMethod.values)
def test_each_result_keeps_what_the_options_are_behind_one_closed_fold(method: str) -> None:
    if method == BallotMethod.RATING:
        decision = make.weighing()
    else:
        decision = make_ratings.rated_by(method)
        make_ratings.by_everybody(decision)
        make.closed(decision)
    options = make.options_of(decision)
    filled_in(options[0])
    html = reader(decision).get(url("decision-result", decision)).content.decode()
    folds = [part.split("</details>")[0] for part in html.split("<details")[1:]]
    folds = [fold for fold in folds if "What it is<" in fold]
    assert len(folds) == len(options)
    assert not [fold for fold in folds if " open" in fold.split(">")[0]]
    page = text_of(reader(decision), url("decision-result", decision))
    assert not [words for words in READ if words not in page]
    assert options[0].plain_summary in page


@pytest.mark.parametrize("method", BallotMethod.values)
def test_whoever_rates_reads_the_same_of_an_option(method: str) -> None:
    decision = make_ratings.rated_by(method)
    option = make.options_of(decision)[0]
    filled_in(option)
    client = as_(make.members(decision, Perspective.SERVICE_USER)[0])
    address = (
        url("rank-options", decision)
        if method == BallotMethod.RANKING
        else url("rate", decision, option.public_id)
    )
    page = text_of(client, address)
    assert not [words for words in READ if words not in page]
    html = client.get(address).content.decode()
    folds = [part.split(">")[0] for part in html.split("<details")[1:]]
    assert folds
    assert not [fold for fold in folds if " open" in fold]


@pytest.mark.thorough
def test_a_full_option_costs_whoever_rates_no_query_more() -> None:
    decision = make.rating()
    option = make.options_of(decision)[0]
    client = as_(make.members(decision, Perspective.SERVICE_USER)[0])
    address = url("rate", decision, option.public_id)
    Option.objects.filter(pk=option.pk).update(cost="")
    bare = queries_of(client, address)
    filled_in(option)
    assert queries_of(client, address) == bare


def test_in_print_an_option_stands_in_full_and_a_list_stays_a_list() -> None:
    decision = make.recorded()
    filled_in(make.options_of(decision)[0])
    facts = facts_of(decision)
    paper = printed(facts)
    assert not [words for words in READ if words not in paper]
    found = documents.decision(facts, 1)["options"][0]["facts"]
    (risks,) = [each for each in found if each["label"] == "What could go wrong"]
    assert [block.kind for block in risks["blocks"]] == ["paragraph", "list"]
    assert (risks["line"], found[0]["line"]) == ("", "A standard that services have to meet")


@pytest.mark.thorough
def test_a_document_of_before_prints_the_cost_and_no_empty_section() -> None:
    decision = make.recorded(with_values(make.weighing()))
    facts = facts_of(decision)
    for new in ("values", "raised_awareness", "mutual_respect"):
        del facts[new]
    for option in facts["options"]:
        del option["facts"]
    paper = printed(facts)
    assert HEADING not in paper
    assert paper.count("Cost: About £400,000 a year") == len(facts["options"])


# --- What it costs ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["decision-result", "board"])
@pytest.mark.thorough
def test_one_and_three_values_cost_the_same_queries(name: str) -> None:
    made, costs = [make.weighing(), make.weighing()], []
    for decision, count in zip(made, (1, 3), strict=True):
        for _ in range(count):
            make_values.linked(decision)
        make.recorded(decision)
        costs.append(queries_of(reader(decision), url(name, decision)))
    assert costs[0] == costs[1]


@pytest.mark.thorough
def test_one_and_three_values_cost_a_document_the_same() -> None:
    decision = make.weighing()

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            facts_of(decision)
        return len(captured)

    make_values.linked(decision)
    cost()
    one = cost()
    make_values.linked(decision)
    make_values.linked(decision)
    assert cost() == one
