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
    ParticularGroup,
)
from evidence.models import Area, NeedsAssessment
from evidence.services import needs, needs_gaps, needs_numbers, needs_review
from vbc.home.demonstration.people import Cast

TITLE = "Who gets talking therapies in South Yorkshire, and who does not"
THERAPIES = "NHS Talking Therapies annual report 2024-25, NHS England"
# Registers of general practices, 2019/20, modelled to local authorities: depression, 18 and over,
# Barnsley, Doncaster, Rotherham and Sheffield added up; and everyone on their lists.
REGISTERS = (
    "House of Commons Library, Local health data from QOF 2019/20: modelled estimates, Open "
    "Parliament Licence"
)
DEPRESSION, ADULTS = 147_031, 1_171_759
PEOPLE_HERE, PEOPLE_IN_ENGLAND = 1_467_159, 60_442_552

STATEMENT = (
    "In South Yorkshire doctors had about 147,000 adults on their lists of people with depression. "
    "46,725 people were referred for talking therapies in 2024-25, and 16,725 finished a course. "
    "That leaves about 130,000 who did not; the lists are of 2019/20, so this is a rough size. "
    "Half of those recovered, as in England. But of Asian or Asian British people who finished, 38 "
    "in 100 recovered, and of people of other ethnic groups 37 in 100. Too few people from these "
    "groups come at all, and those who come get less out of it."
)

CHAPTERS = {
    NeedsChapter.ABOUT: (
        "This looks at adults with depression or anxiety, and at who gets talking therapies. "
        "Children, dementia and hospital care are left out and have their own work. The panel, "
        "therapists and the council took part. (invented)"
    ),
    NeedsChapter.PEOPLE: (
        "NHS South Yorkshire covers Barnsley, Doncaster, Rotherham and Sheffield. About 1,467,000 "
        "people are on the lists of general practices here, 1,172,000 of them adults (2019/20)."
    ),
    NeedsChapter.WIDER: (
        "Where people have least, they recover least. Of everyone referred in 2024-25, 12,715 of 46,725 "
        "lived in the most deprived tenth of neighbourhoods, and 41 in 100 of them recovered; in "
        "the least deprived tenth it was 61 in 100.\n\n"
        "What people told us of daily life (invented):\n"
        "- Transport: two buses to the clinic, and none after six.\n"
        "- Leisure: the pool and the library are where people meet, and both open less.\n"
        "- Education: classes in English are full until spring.\n"
        "- Housing: damp, and fear of the landlord, come up in most talks.\n"
        "- Health: a long illness and low mood go together.\n"
        "- Employment: people on shifts cannot take a call at eleven."
    ),
    NeedsChapter.WELLBEING: (
        "We have no figure of our own on how well people feel. The national survey has too few "
        "people here from the groups that this is about. We ask in the council's next survey."
    ),
    NeedsChapter.AT_RISK: (
        "People with little money, people who have just come to this country, young adults, people "
        "who look after somebody, and people with a long illness. Why: worry about money and home, "
        "being alone, and being treated unfairly. (invented, from what the panel said)"
    ),
    NeedsChapter.NEED: (
        "Doctors had about 147,000 adults on their lists of people with depression in 2019/20: "
        "12.5 in 100, and 11.5 in 100 in England. It was 15.1 in 100 in Rotherham, 13.1 in "
        "Barnsley, 11.7 in Sheffield and 11.6 in Doncaster. About 12,900 people were on the lists "
        "for severe mental illness. 46,725 people were referred for talking therapies in 2024-25 "
        "and 16,725 finished a course. Of those who finished, 50 in 100 recovered; in England it "
        "was 50.5 in 100."
    ),
    NeedsChapter.FUTURE: (
        "The number who finish a course rose from 15,385 in 2022-23 to 16,725 in 2024-25 while "
        "fewer were referred. We expect need to stay, and the share of people whose first language "
        "is not English to grow."
    ),
    NeedsChapter.SERVICES: (
        "Talking therapies are offered by four local services, mostly by phone and video, in "
        "English. Interpreters can be booked; few people know it. Of 46,725 people referred in "
        "2024-25, 16,725 finished a course."
    ),
    NeedsChapter.ASSETS: (
        "Four community centres that people trust, two mosques and a temple that already talk about "
        "low mood, a choir, walking groups, and about thirty people who have been through therapy "
        "and would go along with somebody new. (invented)"
    ),
    NeedsChapter.EXPERIENCE: (
        "People told us that the first letter was hard to read and that being called back from a "
        "hidden number felt unsafe. “I would have gone if it had been at the centre I know.” "
        "(invented)"
    ),
    NeedsChapter.CLINICAL_VIEW: (
        "Therapists see people arrive late, when things are already bad, and lose many after the "
        "first call. They would like to work where people already are. (invented)"
    ),
    NeedsChapter.WORKS: (
        "Many trials, put together, show that a common talking therapy (CBT) helps adults with "
        "depression more than usual care, and for months (Cuijpers and others, 2023: 409 trials, "
        "52,702 people). They do not tell us who never gets as far as the first appointment. What "
        "brings people there who do not come now has hardly been studied."
    ),
    NeedsChapter.MONEY: (
        "What is spent here on talking therapies alone is not published, and we do not know what it "
        "costs people and services when somebody goes without. The finance team works it out by "
        "March. (invented)"
    ),
    NeedsChapter.NATIONAL: (
        "The national aim is that people find it easy to ask for help, are seen soon, and recover, "
        "whoever they are. What supports it: talking therapies in every area, people can refer "
        "themselves, and the figures are published every year by group."
    ),
    NeedsChapter.LOCAL: (
        "Wanted: help in more languages, near home, after work. It is likely to be wanted more. "
        "Who could offer it: the four services that there are, community centres, mosques and "
        "temples, the colleges, and groups run by people who have been unwell. (invented)"
    ),
    NeedsChapter.GAPS: (
        "Of 2,360 Asian or Asian British people referred, 715 finished a course. How many need help "
        "and are never referred is not known: nobody has counted."
    ),
    NeedsChapter.PRIORITIES: (
        "First: that Asian and Asian British people who need help get it and get as much out of it "
        "as others. Then: younger adults, and older people, who are hardly ever referred."
    ),
    NeedsChapter.UNKNOWN: (
        "- How many people need help and are never referred. The council asks in its next survey.\n"
        "- How well people feel here, by group. The same survey asks.\n"
        "- What it costs. The finance team works it out by March.\n"
        "- Why people stop after the first call. Two members of the panel ask twenty of them.\n"
        "(invented)"
    ),
}

# The group: what is known, a figure, what people of it say. Without the first it is not assessed.
COVERAGE = {
    ParticularGroup.OLDER: (
        "Few people over 75 are referred. Those who finish do well.",
        f"1,040 people of 75 and over referred, 315 finished a course ({THERAPIES})",
        "“I thought it was for young people.” (invented)",
    ),
    ParticularGroup.ETHNIC_MINORITIES: (
        "The centre of this assessment: fewer finish, and fewer of those recover.",
        f"Asian or Asian British: 2,360 referred, 715 finished, 38 in 100 recovered ({THERAPIES})",
        "“I would have gone if it had been at the centre I know.” (invented)",
    ),
    ParticularGroup.SOCIAL_INCLUSION: (
        "People in the most deprived tenth of neighbourhoods are referred most and recover least.",
        f"12,715 referred, 3,695 finished, 41 in 100 recovered ({THERAPIES})",
        "“Nobody asked about the damp.” (invented)",
    ),
    ParticularGroup.DEMENTIA: (
        "Not looked at here: it has a plan of its own. The number is given so that nobody forgets "
        "it.",
        f"About 12,800 people on doctors’ lists, 2019/20 ({REGISTERS})",
        "",
    ),
    ParticularGroup.LEARNING_DISABILITY: (
        "How many of them come to talking therapies is not published for this area. The services "
        "are asked to count from April. (invented)",
        f"About 9,600 people on doctors’ lists, 2019/20 ({REGISTERS})",
        "",
    ),
}
NOT_ASSESSED = (
    "Not assessed this time: the published figures do not show this group. It is asked about in the "
    "next cycle."
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
            "clearly: of 2,360 people referred, 1,645 did not finish."
        ),
    },
    {
        "need": "Help that younger adults can fit in",
        "what_there_is": "Appointments in working hours.",
        "gap": "Young adults stop early, and 44 in 100 of those who finish recover.",
        "people": 6_880,
        "could_be_done": "Evenings, and messages in place of calls.",
        "outcome": Outcome.JOBS,
        "outcome_words": "Keep my job while I get better",
        "challenges": [Challenge.CHOICE, Challenge.PATHWAYS],
        "reasons": (
            "Of 10,125 people of 18 to 25 referred, 3,245 finished. It comes second because a "
            "service for students has begun. (invented)"
        ),
    },
    {
        "need": "That older people are asked at all",
        "what_there_is": "The same services as for everyone.",
        "gap": "People over 75 are hardly ever referred.",
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
        needs.edit_chapter(assessment, chapter=chapter, text=text, version=1, by=by)
    for chart in charts:
        needs.add_chart(assessment, **chart, by=by)
    _groups(assessment, by)
    _numbers(assessment, by)
    _gaps(assessment, by)
    _review(cast, assessment)
    needs.publish(assessment, by=by)
    assessment.refresh_from_db()
    return assessment


def _groups(assessment: NeedsAssessment, by: Any) -> None:
    for group in ParticularGroup:
        known, figure, voice = COVERAGE.get(group, ("", "", ""))
        is_assessed = known and not known.startswith(("Not looked at", "How many of them"))
        needs.set_coverage(
            assessment,
            group=group,
            state=CoverageState.ASSESSED if is_assessed else CoverageState.NOT_ASSESSED,
            text=known or NOT_ASSESSED,
            figure=figure,
            voice=voice,
            version=0,
            by=by,
        )


def _numbers(assessment: NeedsAssessment, by: Any) -> None:
    """Two published numbers, the gap between them, and three that nobody knows yet."""
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
    for kind, horizon, why, what in (
        (
            NumberKind.WELLBEING,
            Horizon.NOW,
            "The national survey has too few people here from the groups that this is about.",
            "The council asks in its next survey, in May. (invented)",
        ),
        (
            NumberKind.COST,
            Horizon.NOW,
            "What is spent on talking therapies alone is not published for this area.",
            "The finance team works it out by March. (invented)",
        ),
    ):
        needs_numbers.say(
            assessment,
            kind=kind,
            horizon=horizon,
            state=NumberState.NOT_KNOWN,
            why_not_known=why,
            what_is_done=what,
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
