"""Needs assessments: written as a draft, frozen when published, reopened openly."""

import json

import pytest

from evidence.enums import AssessmentStatus, CoverageState, NeedsChapter, ParticularGroup
from evidence.models import Area, ChapterChart, Indicator, NeedsAssessment
from evidence.queries import needs_facts
from evidence.queries.needs import NEEDED_CHAPTERS, missing_from
from evidence.queries.needs_numbers import NEEDED_NUMBERS
from evidence.services import needs
from tests.factories import evidence as library
from tests.factories import stakeholders
from tests.support import run_jobs
from vbc.core.models import AuditEntry, Job
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile
from vbc.ui.charts import ready_svg

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


@pytest.fixture
def draft(org, clerk):
    return library.needs_draft(org, clerk)


@pytest.fixture
def written(org, clerk):
    return library.written_needs(org, clerk)


def charts_of(facts, chapter):
    return next(each["charts"] for each in facts["chapters"] if each["key"] == chapter)


def test_a_new_one_lists_all_that_is_missing(draft):
    missing = missing_from(draft)
    said = [(each.key, each.horizon) for each in missing if each.part == "number"]
    assert said == [(kind.value, horizon.value) for kind, horizon in NEEDED_NUMBERS]
    assert [each.key for each in missing if each.part == "chapter"] == list(NEEDED_CHAPTERS)
    assert [each.key for each in missing if each.part == "group"] == ParticularGroup.values
    assert sum(each.part == "statement" for each in missing) == 1


@pytest.mark.row("A3-89")
def test_publishing_needs_every_group_stated(written, clerk):
    written.coverage.filter(group=ParticularGroup.OFFENDERS).delete()
    with pytest.raises(needs.NotReady) as refused:
        needs.publish(written, by=clerk)
    assert [each.key for each in refused.value.missing] == [ParticularGroup.OFFENDERS]
    assert "People in contact with the justice system" in str(refused.value)
    written.refresh_from_db()
    assert written.status == AssessmentStatus.DRAFT


@pytest.mark.parametrize("chapter", NEEDED_CHAPTERS)
def test_publishing_needs_each_of_eight_chapters(written, clerk, chapter):
    text = written.texts.get(chapter=chapter)
    needs.edit_chapter(written, chapter=chapter, text=" \n", version=text.version, by=clerk)
    with pytest.raises(needs.NotReady) as refused:
        needs.publish(written, by=clerk)
    assert [each.key for each in refused.value.missing] == [chapter]


def test_the_other_chapters_can_stay_empty(written, clerk):
    for chapter in set(NeedsChapter.values) - set(NEEDED_CHAPTERS):
        text = written.texts.get(chapter=chapter)
        needs.edit_chapter(written, chapter=chapter, text="", version=text.version, by=clerk)
    needs.publish(written, by=clerk)
    written.refresh_from_db()
    assert written.is_published
    assert written.published_by == clerk


def test_a_group_not_assessed_needs_its_reason(draft, clerk):
    said = {"group": ParticularGroup.OLDER, "state": CoverageState.NOT_ASSESSED, "version": 0}
    with pytest.raises(Refused, match="why it was not assessed"):
        needs.set_coverage(draft, text="  ", by=clerk, **said)
    needs.set_coverage(draft, text="There was no time before the summer.", by=clerk, **said)
    assert draft.coverage.get().state == CoverageState.NOT_ASSESSED


def changes(clerk):
    return {
        "statement": lambda each: needs.edit_statement(
            each, title="Other", statement="Other", version=each.version, by=clerk
        ),
        "chapter": lambda each: needs.edit_chapter(
            each, chapter=NeedsChapter.NEED, text="Other", version=2, by=clerk
        ),
        "group": lambda each: needs.set_coverage(
            each,
            group=ParticularGroup.OLDER,
            state=CoverageState.ASSESSED,
            text="Other",
            version=1,
            by=clerk,
        ),
        "chart": lambda each: needs.add_chart(
            each, chapter=NeedsChapter.GAPS, indicator=Indicator.objects.get(), by=clerk
        ),
        "no chart": lambda each: needs.remove_chart(each, each.charts.first().pk, by=clerk),
        "publish": lambda each: needs.publish(each, by=clerk),
    }


@pytest.mark.parametrize(
    "change", ["statement", "chapter", "group", "chart", "no chart", "publish"]
)
def test_published_is_frozen(written, clerk, change):
    needs.publish(written, by=clerk)
    written.refresh_from_db()
    before = json.dumps(needs_facts(written), sort_keys=True)
    with pytest.raises(Refused, match="published, so it does not change"):
        changes(clerk)[change](written)
    written.refresh_from_db()
    assert json.dumps(needs_facts(written), sort_keys=True) == before


def test_reopening_is_on_record_and_lets_it_change(written, clerk):
    needs.publish(written, by=clerk)
    needs.reopen(written, by=clerk)
    written.refresh_from_db()
    assert (written.status, written.published_at, written.published_by) == ("draft", None, None)
    needs.edit_statement(written, title="A", statement="B", version=written.version, by=clerk)
    verbs = AuditEntry.objects.filter(object_id=written.public_id).values_list("verb", flat=True)
    assert list(verbs)[-3:] == ["needs.published", "needs.reopened", "needs.statement_edited"]
    with pytest.raises(Refused, match="draft already"):
        needs.reopen(written, by=clerk)


def test_second_editor_of_a_chapter_is_told(draft, clerk):
    text = draft.texts.get(chapter=NeedsChapter.NEED)
    said = {"chapter": NeedsChapter.NEED, "version": text.version, "by": clerk}
    needs.edit_chapter(draft, text="First.", **said)
    with pytest.raises(EditedMeanwhile) as meanwhile:
        needs.edit_chapter(draft, text="Second.", **said)
    assert meanwhile.value.current.text == "First."
    text.refresh_from_db()
    assert text.text == "First."


def test_two_who_both_saw_nothing_said_of_a_group(draft, clerk):
    said = {"group": ParticularGroup.OLDER, "state": CoverageState.ASSESSED, "version": 0}
    needs.set_coverage(draft, text="First.", by=clerk, **said)
    with pytest.raises(EditedMeanwhile):
        needs.set_coverage(draft, text="Second.", by=clerk, **said)
    assert draft.coverage.get().text == "First."


def test_a_chart_twice_is_one_and_asks_for_one_drawing(draft, clerk):
    indicator = Indicator.objects.get()
    for _ in range(2):
        needs.add_chart(draft, chapter=NeedsChapter.NEED, indicator=indicator, by=clerk)
    assert ChapterChart.objects.count() == 1
    assert Job.objects.filter(kind="evidence.draw_chart").count() == 1


def test_a_chart_of_another_library_is_refused(draft, clerk):
    other = stakeholders.organisation()
    foreign = library.recovery(other, stakeholders.commissioner(other))
    with pytest.raises(Refused, match="another library"):
        needs.add_chart(draft, chapter=NeedsChapter.NEED, indicator=foreign, by=clerk)


def test_england_is_not_an_area_to_assess(org, clerk):
    library.recovery(org, clerk)
    with pytest.raises(Refused, match="one area of England"):
        needs.create(
            org, area=Area.objects.get(code="E92000001"), title="Needs of England", by=clerk
        )
    assert NeedsAssessment.objects.count() == 0


def test_audit_that_fails_publishes_nothing(written, clerk, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(needs.audit, "record", broken)
    with pytest.raises(RuntimeError):
        needs.publish(written, by=clerk)
    written.refresh_from_db()
    assert written.status == AssessmentStatus.DRAFT


def test_facts_are_plain_json_with_everything_in_order(written):
    facts = json.loads(json.dumps(needs_facts(written)))
    assert facts["area"]["name"] == "Salford"
    assert [each["key"] for each in facts["chapters"]] == NeedsChapter.values
    assert [each["group"] for each in facts["coverage"]] == ParticularGroup.values
    assert facts["sources"] == [{"source": "NHS England", "licence": ""}]
    years, groups = charts_of(facts, NeedsChapter.NEED)
    assert years["table"]["head"] == ["Period", "Salford", "95% interval", "England"]
    assert years["table"]["rows"] == [
        ["2022", "44%", "40% to 48%", "50%"],
        ["2023", "No figure", "Not given", "51%"],
        ["2024", "49%", "45% to 53%", "52%"],
    ]
    assert years["finding"].startswith("Recovery in Salford went up, from 44 in 100 people")
    assert years["spec"]["description"] == years["finding"]
    assert groups["table"]["rows"] == [
        ["Asian", "45%"],
        ["Black", "Suppressed"],
        ["White", "50%"],
        ["Everyone", "49%"],
    ]


@pytest.mark.thorough
def test_facts_cost_the_same_for_one_chart_and_three(org, clerk, draft, django_assert_num_queries):
    indicator = Indicator.objects.get()
    needs.add_chart(draft, chapter=NeedsChapter.NEED, indicator=indicator, by=clerk)
    fresh = NeedsAssessment.objects.select_related("area", "organisation").get(pk=draft.pk)
    with django_assert_num_queries(19):
        needs_facts(fresh)
    for chapter in (NeedsChapter.GAPS, NeedsChapter.FUTURE):
        needs.add_chart(draft, chapter=chapter, indicator=indicator, by=clerk)
    with django_assert_num_queries(19):
        assert sum(len(each["charts"]) for each in needs_facts(fresh)["chapters"]) == 3


def test_one_period_is_bars_beside_england(org, clerk, draft):
    library.read_import(
        org,
        clerk,
        library.csv(
            "E92000001,England,2024,9,Prevalence,7,,,%,,,",
            "E08000006,Salford,2024,9,Prevalence,9,8,10,%,,,",
            "E08000006,Salford,2024,10,Contacts,*,,,contacts,,,",
            "E92000001,England,2024,10,Contacts,1200000,,,contacts,,,",
        ),
    )
    for code in ("9", "10"):
        indicator = Indicator.objects.get(code=code)
        needs.add_chart(draft, chapter=NeedsChapter.NEED, indicator=indicator, by=clerk)
    rate, count = charts_of(needs_facts(draft), NeedsChapter.NEED)
    assert rate["finding"] == (
        "Prevalence in Salford in 2024: 9 in 100 people, above England (7 in 100)."
    )
    assert rate["table"]["rows"] == [["Salford", "9%"], ["England", "7%"]]
    assert "suppressed this figure" in count["finding"]
    assert count["table"]["rows"] == [["Salford", "Suppressed"]]


def test_charts_are_drawn_in_the_background_and_again_when_figures_change(org, clerk, written):
    run_jobs()
    specs = [
        chart["spec"] for chapter in needs_facts(written)["chapters"] for chart in chapter["charts"]
    ]
    assert len(specs) == 2
    assert all("<svg" in ready_svg(spec) for spec in specs)
    library.read_import(
        org, clerk, library.csv("E08000006,Salford,2025,111,Recovery,55,,,%,,,Better")
    )
    newer = charts_of(needs_facts(written), NeedsChapter.NEED)[0]["spec"]
    assert newer != specs[0]
    assert "<svg" in ready_svg(newer)
