"""The needs assessment of the demonstration. Its figures are published ones, each with its source;
what is invented says so, and what nobody knows says that."""

from collections.abc import Iterable
from typing import Any

from evidence.enums import (
    Challenge,
    CoverageState,
    Horizon,
    InPlan,
    NeedsChapter,
    NumberKind,
    NumberState,
    Outcome,
)
from evidence.models import Area, NeedsAssessment
from evidence.services import needs, needs_gaps, needs_numbers, needs_public, needs_review
from vbc.home.demonstration import easy_words
from vbc.home.demonstration.chapters import CHAPTERS, STATEMENT
from vbc.home.demonstration.groups import COVERAGE, REGISTERS, THERAPIES
from vbc.home.demonstration.people import Cast

TITLE = "Who gets talking therapies in South Yorkshire, and who does not"
DEPRESSION = 147_031
PEOPLE_HERE, PEOPLE_IN_ENGLAND = 1_467_159, 60_442_552
COURSES = (
    "Radhakrishnan and others, Behaviour Research and Therapy, 2013, doi 10.1016/j.brat.2012.10.001, "
    "for a course; NHS England, annual report 2024-25, for how many"
)
HAPPINESS = (
    "Office for National Statistics, Personal well-being in the UK, April 2018 to March 2019"
)

# What people need, what there is, what is missing, how many, what could be done; in order.
GAPS: tuple[dict[str, Any], ...] = (
    {
        "need": "Help in a place and a language that people know",
        "what_there_is": "Therapy by phone and video, in English; interpreters that few know of.",
        "gap": (
            "Asian and Asian British people stay less and recover less. 1,645 of those referred did "
            "not finish; how many never come, nobody has counted."
        ),
        "people": 1_645,
        "could_be_done": "Therapists in community centres; letters in plain words.",
        "outcome": Outcome.SOCIAL,
        "outcome_words": "Somebody who understands me",
        "challenges": [Challenge.INEQUALITY, Challenge.PERSONAL, Challenge.CHOICE],
        "reasons": (
            "People said it first and most often; therapists see it every day; the figures show it "
            "clearly."
        ),
    },
    {
        "need": "Help that younger adults can fit in",
        "what_there_is": "Appointments in working hours.",
        "gap": (
            "Of 10,125 people of 18 to 25 referred, 6,880 did not finish. Of those who did, 44 in "
            "100 recovered."
        ),
        "people": 6_880,
        "could_be_done": "Evenings, and messages in place of calls.",
        "outcome": Outcome.JOBS,
        "outcome_words": "Keep my job while I get better",
        "challenges": [Challenge.CHOICE, Challenge.PATHWAYS],
        "reasons": (
            "They are many, and they stop early. It comes second because a service for students has "
            "begun. (invented)"
        ),
    },
    {
        "need": "That older people are asked at all",
        "what_there_is": "The same services as for everyone.",
        "gap": "Of 46,725 people referred, 1,040 were 75 or over.",
        "people": None,
        "could_be_done": "Ask at the yearly check with the doctor.",
        "outcome": Outcome.SOCIAL,
        "outcome_words": "Not to be alone with it",
        "challenges": [Challenge.INEQUALITY, Challenge.TWO_CULTURES],
        "reasons": "Those who come do well, so asking would help. Nobody has counted who does not.",
    },
)

PLANS = (
    {
        "partner": "The four councils",
        "title": "Health and wellbeing strategies (invented)",
        "is_in_it": InPlan.YES,
        "where": "In three of the four, as a chapter of its own.",
    },
    {
        "partner": "The combined authority",
        "title": "Transport plan (invented)",
        "is_in_it": InPlan.NO,
        "where": "It does not say how people reach help after six.",
    },
    {
        "partner": "The colleges",
        "title": "Plan for adult learning (invented)",
        "is_in_it": InPlan.NOT_KNOWN,
        "where": "",
    },
)


def tell(cast: Cast, area: Area, charts: Iterable[dict[str, Any]]) -> NeedsAssessment:
    """Write it, ask the panel for comments, answer them, publish it."""
    by = cast["alex"]
    assessment = needs.create(cast.organisation, area=area, title=TITLE, by=by)
    needs.edit_statement(
        assessment, title=TITLE, statement=STATEMENT, quotes_definition=True, version=1, by=by
    )
    needs.edit_populations(
        assessment,
        local_population=PEOPLE_HERE,
        national_population=PEOPLE_IN_ENGLAND,
        population_source=f"people on the lists of general practices, 2019/20; {REGISTERS}",
        version=2,
        by=by,
    )
    for chapter, text in CHAPTERS.items():
        easy_text = easy_words.CHAPTERS.get(chapter, "")
        needs.edit_chapter(
            assessment, chapter=chapter, text=text, easy_text=easy_text, version=1, by=by
        )
    for chart in charts:
        needs.add_chart(assessment, **chart, by=by)
    _groups(assessment, by)
    _numbers(assessment, by)
    _gaps(assessment, by)
    _review(cast, assessment)
    needs.publish(assessment, by=by)
    assessment.refresh_from_db()
    return assessment


def show_to_everybody(cast: Cast, assessment: NeedsAssessment) -> None:
    """After what people told is there: what they keep from the public is looked for in it."""
    needs_public.show(assessment, by=cast["alex"])


def _groups(assessment: NeedsAssessment, by: Any) -> None:
    for group, (known, figure, voice) in COVERAGE.items():
        needs.set_coverage(
            assessment,
            group=group,
            state=CoverageState.ASSESSED,
            text=known,
            figure=figure,
            voice=voice,
            version=0,
            by=by,
        )


def _numbers(assessment: NeedsAssessment, by: Any) -> None:
    """Published numbers, the gap between two of them, and what is worked out of others."""
    needs_numbers.say(
        assessment,
        kind=NumberKind.PREVALENCE,
        state=NumberState.KNOWN,
        amount=DEPRESSION,
        about="Adults of 18 and over on their doctor’s list of people with depression",
        period="2019/20",
        method=(
            "The lists of general practices, shared out to Barnsley, Doncaster, Rotherham and "
            "Sheffield and added up: 26,552 + 29,792 + 33,050 + 57,637. Whoever never told a doctor "
            "is not in it."
        ),
        source=REGISTERS,
        by=by,
    )
    needs_numbers.say(
        assessment,
        kind=NumberKind.TREATED,
        state=NumberState.KNOWN,
        amount=16_725,
        about="People who finished a course of talking therapy",
        period="2024-25",
        method="Pills from the doctor and other help are not in it.",
        source=THERAPIES,
        by=by,
    )
    needs_numbers.say(assessment, kind=NumberKind.UNMET, state=NumberState.WORKED_OUT, by=by)
    needs_numbers.say(
        assessment,
        kind=NumberKind.WELLBEING,
        state=NumberState.KNOWN,
        amount=742,
        unit="out of 10",
        about="How happy people of 16 and over felt yesterday, where 10 is most; in the country 7.56",
        period="2018-19",
        method=(
            "7.48 in Barnsley, 7.37 in Doncaster, 7.35 in Rotherham and 7.45 in Sheffield, each "
            "counted by its adults on doctors’ lists; the four as the newspaper The Star printed them "
            "in December 2019. The survey was before the pandemic, and has "
            "too few people here to tell groups apart."
        ),
        source=HAPPINESS,
        by=by,
    )
    needs_numbers.say(
        assessment,
        kind=NumberKind.COST,
        state=NumberState.KNOWN,
        amount=1_470_000_000,
        low=820_000_000,
        high=2_370_000_000,
        about="A rough size of what these courses cost, at prices that were published in 2013",
        period="2024-25",
        method=(
            "16,725 courses, each at £877, the average in five parts of the East of England; from "
            "£493 for a light course to £1,416 for an intensive one. Rounded. What is really spent "
            "here is not published: the finance team works it out by March (invented)."
        ),
        source=COURSES,
        by=by,
    )
    needs_numbers.say(
        assessment,
        kind=NumberKind.PREVALENCE,
        horizon=Horizon.LATER,
        state=NumberState.KNOWN,
        bands="18 and over; 12.548; 1,200,000",
        about="Adults of 18 and over on their doctor’s list of people with depression",
        period="2030",
        method="That there will be 1,200,000 adults is invented.",
        source=f"{REGISTERS}, for how many have it now",
        by=by,
    )


def _gaps(assessment: NeedsAssessment, by: Any) -> None:
    for place, told in enumerate(GAPS, start=1):
        said = {name: value for name, value in told.items() if name != "reasons"}
        gap = needs_gaps.add(assessment, by=by, **said)
        needs_gaps.rank(gap, place=place, reasons=told["reasons"], version=1, by=by)
    for plan in PLANS:
        needs_gaps.add_plan(assessment, by=by, **plan)


def _review(cast: Cast, assessment: NeedsAssessment) -> None:
    """A member says what is missing, and hears what became of it. (invented)"""
    needs_review.ask_for_comments(assessment, people=[cast["robin"]], by=cast["alex"])
    said = needs_review.comment(
        assessment,
        text="Say that the first call comes from a hidden number. Many of us do not answer those.",
        chapter=NeedsChapter.EXPERIENCE,
        by=cast["robin"],
    )
    needs_review.answer(
        said, text="It is in the chapter “What people say” now.", version=1, by=cast["alex"]
    )
