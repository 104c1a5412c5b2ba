"""What the demonstration knows: published figures, references, a needs assessment."""

from pathlib import Path
from typing import Any

from django.core.files import File

from evidence.enums import CoverageState, NeedsChapter, ParticularGroup, ReferenceKind
from evidence.models import Area, Indicator, NeedsAssessment, Reference
from evidence.services import imports, needs, references
from vbc.core.models import Job
from vbc.core.services import jobs
from vbc.home.demonstration import areas, displays, services
from vbc.home.demonstration.people import Cast

FIGURES = Path(__file__).parent / "figures.csv"
SOURCE = "NHS England, NHS Talking Therapies, for anxiety and depression, Annual reports"
LICENCE = "Open Government Licence v3.0"
RECOVERY = "nhstt-recovery-percentage"
FINISHED = "nhstt-finished-course-treatment-count"

REFERENCES: dict[str, dict[str, Any]] = {
    "cuijpers": {
        "kind": ReferenceKind.REVIEW,
        "title": (
            "Cognitive behavior therapy vs. control conditions, other psychotherapies, "
            "pharmacotherapies and combined treatment for depression: a comprehensive meta-analysis "
            "including 409 trials with 52,702 patients"
        ),
        "authors": "Cuijpers P, Miguel C, Harrer M, Plessen CY, Ciharova M, Ebert D, Karyotaki E",
        "year": 2023,
        "published_in": "World Psychiatry",
        "doi": "10.1002/wps.21069",
        "plain_summary": (
            "Many trials, put together: a common talking therapy (CBT) helps adults with depression "
            "more than usual care, and the good lasts for months. It does not tell us who never "
            "gets as far as the first appointment."
        ),
    },
    "vbc": {
        "kind": ReferenceKind.GUIDANCE,
        "title": "Guidance for implementing values-based commissioning in mental health",
        "authors": "Joint Commissioning Panel for Mental Health",
        "year": 2014,
        "published_in": "Joint Commissioning Panel for Mental Health",
        "plain_summary": (
            "Guidance for commissioners: weigh what service users and carers say, what clinicians "
            "know and what the evidence shows as three equal parts of every decision."
        ),
    },
    "annual": {
        "kind": ReferenceKind.LOCAL_DATA,
        "title": "NHS Talking Therapies, for anxiety and depression, Annual report 2024-25",
        "authors": "NHS England",
        "year": 2025,
        "published_in": "NHS England",
        "plain_summary": (
            "In South Yorkshire 16,725 people finished a course in 2024-25, and 50 in 100 recovered. "
            "Among Asian or Asian British people it was 38 in 100. Figures cannot say why."
        ),
    },
    "stories": {
        "kind": ReferenceKind.EXPERIENCE,
        "title": "What people told us on four afternoons in community centres (invented)",
        "authors": "The panel",
        "year": 2026,
        "published_in": "Demonstration",
        "plain_summary": (
            "People said that the letter was hard to understand, that nobody on the phone spoke "
            "their language, and that a familiar place would have made them come. This account is "
            "invented for the demonstration."
        ),
    },
}

STATEMENT = (
    "In South Yorkshire 46,725 people were referred for talking therapies in 2024-25, and 16,725 "
    "finished a course. Half of those recovered, as in England. But of Asian or Asian British people "
    "who finished, 38 in 100 recovered, and of people of other ethnic groups 37 in 100. Too few "
    "people from these groups come at all, and those who come get less out of it."
)

CHAPTERS = {
    NeedsChapter.PEOPLE: (
        "NHS South Yorkshire covers Barnsley, Doncaster, Rotherham and Sheffield. The figures here "
        "are about adults who were referred for anxiety or depression."
    ),
    NeedsChapter.NEED: (
        "46,725 people were referred in 2024-25 and 16,725 finished a course of treatment. "
        "Of those who finished, 50 in 100 recovered; in England it was 50.5 in 100."
    ),
    NeedsChapter.FUTURE: (
        "The number who finish a course rose from 15,385 in 2022-23 to 16,725 in 2024-25 while fewer "
        "were referred. We expect need to stay, and the share of people whose first language is not "
        "English to grow."
    ),
    NeedsChapter.SERVICES: (
        "Talking therapies are offered by four local services, mostly by phone and video, in English. "
        "Interpreters can be booked; few people know it."
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
    NeedsChapter.GAPS: (
        "Of 2,360 Asian or Asian British people referred, 715 finished a course. How many need help "
        "and are never referred is not known: nobody has counted."
    ),
    NeedsChapter.PRIORITIES: (
        "First: that Asian and Asian British people who need help get it and get as much out of it "
        "as others. Then: younger adults, and older people, who are hardly ever referred."
    ),
}

COVERAGE = {
    ParticularGroup.OLDER: "Few people over 75 are referred. The figures by age are shown here.",
    ParticularGroup.ETHNIC_MINORITIES: (
        "The centre of this assessment: fewer finish, and fewer of those recover."
    ),
    ParticularGroup.CHILDREN: "",
    ParticularGroup.SOCIAL_INCLUSION: (
        "People in the most deprived tenth of neighbourhoods are referred most and recover least."
    ),
}
NOT_ASSESSED = (
    "Not assessed this time: the published figures do not show this group. It is asked about in the "
    "next cycle."
)


def gather(cast: Cast) -> NeedsAssessment:
    """Import the figures, add the references, write down the services, and publish the needs
    assessment."""
    _import_figures(cast)
    areas.list_places(cast)
    areas.describe(cast, recovery=RECOVERY, finished=FINISHED)
    for fields in REFERENCES.values():
        references.add(cast.organisation, **fields, by=cast["merle"])
    services.write_down(cast)
    return _assess(cast)


def reference(cast: Cast, key: str) -> Reference:
    return Reference.objects.get(organisation=cast.organisation, title=REFERENCES[key]["title"])


def area() -> Area:
    return Area.objects.get(ods_code="QF7")


def _import_figures(cast: Cast) -> None:
    with FIGURES.open("rb") as stream:
        data_import = imports.start(
            File(stream, name="talking-therapies-south-yorkshire.csv"),
            organisation=cast.organisation,
            by=cast["alex"],
            source=SOURCE,
            licence=LICENCE,
            mapping="nhs-talking-therapies",
        )
    # The worker is not running yet, and the rest needs the figures: read them here and now.
    jobs.run_now(Job.objects.get(kind=imports.READ, object_id=data_import.public_id))


def _assess(cast: Cast) -> NeedsAssessment:
    by = cast["alex"]
    assessment = needs.create(
        cast.organisation,
        area=area(),
        title="Who gets talking therapies in South Yorkshire, and who does not",
        by=by,
    )
    needs.edit_statement(
        assessment,
        title=assessment.title,
        statement=STATEMENT,
        version=assessment.version,
        by=by,
    )
    for chapter, text in CHAPTERS.items():
        version = assessment.texts.get(chapter=chapter).version
        needs.edit_chapter(assessment, chapter=chapter, text=text, version=version, by=by)
    for group in ParticularGroup:
        known = COVERAGE.get(group, "")
        needs.set_coverage(
            assessment,
            group=group,
            state=CoverageState.ASSESSED if known else CoverageState.NOT_ASSESSED,
            text=known or NOT_ASSESSED,
            version=0,
            by=by,
        )
    for chapter, code, by_group in (
        (NeedsChapter.NEED, RECOVERY, ""),
        (NeedsChapter.NEED, FINISHED, ""),
        (NeedsChapter.GAPS, RECOVERY, "Ethnic Group"),
        (NeedsChapter.GAPS, RECOVERY, "Age Group"),
    ):
        indicator = Indicator.objects.get(organisation=cast.organisation, code=code)
        needs.add_chart(assessment, chapter=chapter, indicator=indicator, by_group=by_group, by=by)
    displays.add(assessment, cast)
    needs.publish(assessment, by=by)
    assessment.refresh_from_db()
    return assessment
