"""The five numbers: known, worked out, or not known; found at once by somebody new."""

import io
import re
from html import unescape

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from cycles.services import cycles as cycle_services
from evidence.enums import DisclosureProfile, Horizon, NumberKind, NumberState
from evidence.models import DataImport, NeedsNumber, Observation
from evidence.queries import needs_facts
from evidence.queries.needs_numbers import counts_about, in_words, numbers_of
from evidence.services import needs
from evidence.services import needs_numbers as numbers
from reports.enums import ReportKind
from stakeholders.enums import Perspective
from tests.factories import cycles, reports, stakeholders
from tests.factories import evidence as library
from vbc.core.models import AuditEntry
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
HEADINGS = ("With the condition", "Treated", "The gap")


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def draft(org, clerk):
    return library.needs_draft(org, clerk)


def known(**said):
    return {
        "state": NumberState.KNOWN,
        "amount": 30_000,
        "about": "Adults",
        "period": "2024",
        "source": "A survey",
        **said,
    }


def shown(draft, kind, horizon=Horizon.NOW):
    return next(n for n in numbers_of(draft) if (n.kind, n.horizon) == (kind, horizon))


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.row("A3-17")
def test_somebody_new_finds_the_three_numbers_first_on_the_page(client, org, clerk):
    draft = library.published_needs(org, clerk)
    panel = stakeholders.sitting_panel(org, by=clerk)
    client.force_login(stakeholders.members(panel, Perspective.CARER)[0])
    html = client.get(draft.get_absolute_url()).content.decode()
    main = html[html.index("<main") :]
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", main, flags=re.DOTALL)
    assert [text(each) for each in headings[:4]] == ["The numbers in brief", *HEADINGS]
    first = text(main)[:900]
    for figure in ("30,000 people", "4,500 people", "25,500 people"):
        assert figure in first


@pytest.mark.row("A3-17")
@pytest.mark.thorough
def test_the_pdf_has_them_on_its_first_two_pages(org, clerk):
    draft = library.published_needs(org, clerk)
    cycle = cycles.cycle(org, by=clerk)
    cycle_services.link_needs_assessment(cycle, draft, by=clerk)
    made = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    document = pypdfium2.PdfDocument(io.BytesIO(reports.content(made)))
    words = text(" ".join(document[page].get_textpage().get_text_range() for page in (0, 1)))
    at = [words.index(each) for each in (*HEADINGS, "How well people feel", "What it costs")]
    assert at == sorted(at)
    for figure in ("30,000 people", "4,500 people", "25,500 people", "Nobody has counted it here."):
        assert figure in words
    assert "expected later" not in words  # It stands in the chapter on what is likely to change.
    whole = text(" ".join(page.get_textpage().get_text_range() for page in document))
    assert "With the condition, expected later Not known" in whole


def test_the_gap_shows_both_parts_and_warns_where_they_differ(draft, clerk):
    numbers.say(draft, kind="prevalence", by=clerk, **known(amount=100, low=80, high=120))
    numbers.say(draft, kind="unmet", state="worked_out", by=clerk)
    assert shown(draft, NumberKind.UNMET).amount is None
    assert "cannot be worked out" in shown(draft, NumberKind.UNMET).sentence
    numbers.say(draft, kind="treated", by=clerk, **known(amount=40))
    gap = shown(draft, NumberKind.UNMET)
    assert (gap.figure, gap.warning) == ("60 people", "")
    assert gap.sentence == "100 with the condition (2024), less 40 treated (2024)."
    assert gap.range == "It may well be anything from 40 people to 80 people."
    numbers.say(draft, kind="treated", version=1, by=clerk, **known(amount=40, period="2023"))
    assert "not about the same people or the same year" in shown(draft, NumberKind.UNMET).warning
    numbers.say(draft, kind="treated", version=2, by=clerk, **known(amount=101))
    gap = shown(draft, NumberKind.UNMET)
    assert gap.figure == "Not known"
    assert "no gap can be worked out" in gap.warning


def test_not_known_needs_why_and_what_is_done(draft, clerk):
    for said in ({"why_not_known": "No survey."}, {"what_is_done": "We ask."}, {}):
        with pytest.raises(Refused, match="is a good answer"):
            numbers.say(draft, kind="cost", state="not_known", by=clerk, **said)
    numbers.say(
        draft,
        kind="cost",
        state="not_known",
        why_not_known="No survey",
        what_is_done="We ask in May.",
        amount=5,
        by=clerk,
    )
    line = draft.numbers.get()
    assert (line.amount, line.state) == (None, "not_known")
    assert shown(draft, NumberKind.COST).sentence == (
        "No survey. What is done to find out: We ask in May."
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"amount": None}, "Write the number"),
        ({"about": " "}, "who is counted"),
        ({"period": ""}, "the year"),
        ({"source": ""}, "where it is from"),
        ({"low": 5}, "two ends"),
        ({"low": 30_001, "high": 40_000}, "lies between"),
        ({"horizon": "later"}, "how the expected number"),
        ({"bands": "16; 5; 100"}, "Age bands are for"),
        ({"state": "worked_out"}, "can be worked out"),
    ],
)
def test_half_a_number_is_refused(draft, clerk, said, why):
    with pytest.raises(Refused, match=why):
        numbers.say(draft, **{"kind": "prevalence", **known(**said)}, by=clerk)
    assert not NeedsNumber.objects.exists()


@pytest.mark.row("A3-17")
def test_an_expected_number_from_age_bands_says_its_arithmetic(draft, clerk):
    bands = "16 to 34; 17.5; 300,000\n35 and over; 10; 500,005"
    said = known(amount=None, bands=bands, period="2030", low=100_000, high=110_000)
    numbers.say(draft, kind="prevalence", horizon="later", by=clerk, **said)
    expected = shown(draft, NumberKind.PREVALENCE, Horizon.LATER)
    assert expected.figure == "102,501 people"
    assert "16 to 34: 17.5 in 100 of 300,000, which is 52,500" in expected.method
    again = {**said, "method": "Of the council.", "version": 1}
    numbers.say(draft, kind="prevalence", horizon="later", by=clerk, **again)
    again = shown(draft, NumberKind.PREVALENCE, Horizon.LATER).method
    assert again == f"{expected.method} Of the council."
    with pytest.raises(Refused, match="Line 1 cannot be read"):
        numbers.say(
            draft, kind="prevalence", horizon="later", version=2, by=clerk, **known(bands="x")
        )


def test_a_figure_of_the_library_brings_its_number_year_and_source(org, clerk, draft):
    library.read_import(
        org, clerk, library.csv("E08000006,Salford,2024,7,Finished a course,4510,,,people,,,")
    )
    figure = Observation.objects.get(indicator__code="7")
    said = {"state": "known", "observation": figure}
    numbers.say(draft, kind="treated", by=clerk, **said)
    number = shown(draft, NumberKind.TREATED)
    assert (number.figure, number.sentence) == ("4,510 people", "Finished a course, 2024.")
    assert number.source == "NHS England"
    other = library.needs_draft(stakeholders.organisation(), clerk)
    with pytest.raises(Refused, match="another library"):
        numbers.say(other, kind="treated", by=clerk, **said)


def test_an_organisations_own_figure_is_not_taken_over(org, draft, clerk):
    """Its exact number would pass by the door that hides small ones."""
    library.read_import(
        org,
        clerk,
        library.csv("E08000006,Salford,2024,8,Seen by our own team,3,,,people,,,"),
        is_published=False,
    )
    figure = Observation.objects.get(indicator__code="8")
    assert figure not in counts_about(org, draft.area)
    with pytest.raises(Refused, match="the organisation's own"):
        numbers.say(draft, kind="treated", state="known", observation=figure, by=clerk)


COUNTED = "area_code,area_name,period,indicator_code,indicator,value,count,unit,age"


def number_page(client, clerk, draft, kind="treated"):
    client.force_login(clerk)
    url = reverse("evidence:edit-number", args=[draft.public_id, kind, Horizon.NOW])
    return unescape(client.get(url).content.decode())


def test_a_share_or_rate_with_a_count_is_offered_with_its_ages(client, org, draft, clerk):
    """QOF prints the share of patients with the number of them beside it."""
    rows = [
        "E08000006,Salford,2024,21,Depression register,10.9,76904,%,18+",
        "E08000006,Salford,2024,22,Admissions,31.2,512,per 100 000,All ages",
        "E08000006,Salford,2024,23,Only a share,12,,%,",
        "E08000006,Salford,2024,24,Only a rate,12,,per 1000 people,",
    ]
    library.read_import(org, clerk, library.csv(*rows, header=COUNTED))
    codes = [each.indicator.code for each in counts_about(org, draft.area)]
    assert codes == ["22", "21"]
    page = number_page(client, clerk, draft)
    assert "Depression register, ages 18+, 2024: 76,904" in page
    assert "Admissions, 2024: 512" in page
    figure = Observation.objects.get(indicator__code="21")
    numbers.say(draft, kind="prevalence", state="known", observation=figure, by=clerk)
    number = shown(draft, NumberKind.PREVALENCE)
    assert number.figure == "76,904 people"
    assert number.sentence == "Depression register, ages 18+, 2024."


def test_where_no_figure_can_be_taken_over_it_says_why(client, org, draft, clerk):
    page = number_page(client, clerk, draft)
    assert "figures about Salford, but none that says how many people" in page
    assert "Take a figure from the library" not in page
    DataImport.objects.update(disclosure_profile=DisclosureProfile.HES)
    assert "about Salford are the organisation's own" in number_page(client, clerk, draft)
    Observation.objects.all().delete()
    assert "no figures about Salford yet" in number_page(client, clerk, draft)
    assert "no figures about" not in number_page(client, clerk, draft, kind="cost")


def test_only_figures_of_both_sexes_are_offered(org, draft, clerk):
    header = "area_code,area_name,period,indicator_code,indicator,value,unit,sex,age"
    rows = [
        f"E08000006,Salford,2024,9,In contact,{value},people,{sex},{age}"
        for value, sex, age in (
            (10, "Persons", "All ages"),
            (4, "Female", "All ages"),
            (3, "", "18+"),
        )
    ]
    library.read_import(org, clerk, library.csv(*rows, header=header))
    offered = counts_about(org, draft.area).filter(indicator__code="9")
    assert sorted(each.value for each in offered) == [3, 10]


def test_money_is_whole_pence_and_a_score_hundredths(draft, clerk):
    numbers.say(draft, kind="cost", by=clerk, **known(amount=1_234_567_89))
    numbers.say(draft, kind="wellbeing", by=clerk, **known(amount=725, unit="out of 10"))
    assert shown(draft, NumberKind.COST).figure == "£1,234,567.89"
    assert shown(draft, NumberKind.WELLBEING).figure == "7.25 out of 10"
    assert in_words(1, NumberKind.TREATED) == "1 person"
    assert in_words(700, NumberKind.WELLBEING, "%") == "7%"


BAD = [
    {"state": "known", "amount": None},
    {"state": "known", "amount": -1},
    {"source": ""},
    {"state": "worked_out", "amount": None},
    {"state": "not_known", "amount": None},
    {"low": 5},
    {"low": 5, "high": 20_000},
    {"horizon": "later"},
]


@pytest.mark.parametrize("said", BAD)
def test_the_database_keeps_no_half_number(draft, said):
    row = {"kind": "prevalence", "horizon": "now", **known(), **said}
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsNumber.objects.create(assessment=draft, **row)


def test_one_number_a_kind_and_horizon(draft, clerk):
    numbers.say(draft, kind="treated", by=clerk, **known())
    with pytest.raises(EditedMeanwhile):
        numbers.say(draft, kind="treated", by=clerk, **known(amount=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        NeedsNumber.objects.create(assessment=draft, kind="treated", horizon="now", **known())
    assert AuditEntry.objects.filter(verb="needs.number_said").count() == 1


def test_a_published_number_is_frozen(org, clerk):
    published = library.published_needs(org, clerk)
    with pytest.raises(Refused, match="does not change"):
        numbers.say(published, kind="treated", version=1, by=clerk, **known())


@pytest.mark.parametrize("kind", NumberKind.values)
@pytest.mark.parametrize("horizon", Horizon.values)
def test_each_number_has_its_form(client, clerk, draft, kind, horizon):
    client.force_login(clerk)
    url = reverse("evidence:edit-number", args=[draft.public_id, kind, horizon])
    assert client.get(url).status_code == 200
    said = {
        "state": "known",
        "amount": "1,234",
        "about": "Adults",
        "period": "2024",
        "source": "A survey",
        "method": "Counted.",
        "version": "0",
    }
    assert client.post(url, {**said, "amount": "many"}).status_code == 200
    assert client.post(url, said).status_code == 302
    kept = 123_400 if kind in ("cost", "wellbeing") else 1_234
    assert draft.numbers.get(kind=kind, horizon=horizon).amount == kept
    html = client.get(url).content.decode()
    assert 'value="1234"' in html
    stale = client.post(url, said)
    assert stale.status_code == 409
    assert client.get(url.replace(kind, "nonsense")).status_code == 404


def test_targets_show_their_arithmetic_or_that_it_is_not_worked_out(client, clerk, draft):
    client.force_login(clerk)
    before = text(client.get(draft.get_absolute_url()).content.decode())
    assert "Not worked out: it is not said how many people live here" in before
    url = reverse("evidence:edit-populations", args=[draft.public_id])
    half = {"local_population": "270000", "version": "1"}
    assert "where they are from" in text(client.post(url, half).content.decode())
    whole = {**half, "national_population": "56000000", "population_source": "Census 2021"}
    assert client.post(url, whole).status_code == 302
    after = text(client.get(draft.get_absolute_url()).content.decode())
    # 7,500 × 270,000 ÷ 56,000,000 is 36.16.
    assert "36 people a year 7,500 × 270,000 ÷ 56,000,000, rounded" in after
    assert "Census 2021" in after
    draft.refresh_from_db()
    assert needs_facts(draft)["targets"]["lines"][0]["share"] == "36 people a year"
    with pytest.raises(Refused, match="more people here than in England"):
        needs.edit_populations(
            draft,
            local_population=3,
            national_population=2,
            population_source="x",
            version=draft.version,
            by=clerk,
        )
