"""What the demonstration knows: published figures, references, a needs assessment."""

from pathlib import Path
from typing import Any

from django.core.files import File

from evidence.enums import BenchmarkMethod, Display, NeedsChapter, ReferenceKind
from evidence.models import Area, Indicator, NeedsAssessment, Reference
from evidence.services import imports, references
from vbc.core.models import Job
from vbc.core.services import jobs
from vbc.home.demonstration import areas, assessment, services
from vbc.home.demonstration.people import Cast

FIGURES = Path(__file__).parent / "figures.csv"
SOURCE = "NHS England, NHS Talking Therapies, for anxiety and depression, Annual reports"
LICENCE = "Open Government Licence v3.0"
RECOVERY = "nhstt-recovery-percentage"
FINISHED = "nhstt-finished-course-treatment-count"
REFERRED = "nhstt-referrals-received-count"

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


DECILE = "Indices of Deprivation Decile"
CHARTS = (
    (NeedsChapter.WIDER, RECOVERY, Display.INEQUALITY, DECILE),
    (NeedsChapter.NEED, RECOVERY, Display.TREND, ""),
    (NeedsChapter.NEED, RECOVERY, Display.MAP, ""),
    (NeedsChapter.SERVICES, FINISHED, Display.TREND, ""),
    (NeedsChapter.GAPS, RECOVERY, Display.GROUPS, "Ethnic Group"),
    (NeedsChapter.GAPS, RECOVERY, Display.GROUPS, "Age Group"),
)


def gather(cast: Cast) -> NeedsAssessment:
    """Import the figures, add the references, write down the services, and publish the needs
    assessment."""
    _import_figures(cast)
    areas.list_places(cast)
    areas.describe(cast, recovery=RECOVERY, finished=FINISHED, referred=REFERRED)
    for fields in REFERENCES.values():
        references.add(cast.organisation, **fields, by=cast["merle"])
    services.write_down(cast)
    return assessment.tell(cast, area(), _charts(cast))


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
    # By fifths of all boards, because the published file has neither intervals nor numbers to
    # compare by.
    Indicator.objects.filter(organisation=cast.organisation, unit="%").update(
        benchmark_method=BenchmarkMethod.QUINTILES
    )


def _charts(cast: Cast) -> list[dict[str, Any]]:
    """What the needs assessment shows in which chapter, and how."""
    indicators = {
        each.code: each for each in Indicator.objects.filter(organisation=cast.organisation)
    }
    return [
        {
            "chapter": chapter,
            "indicator": indicators.get(code),
            "display": display,
            "by_group": by_group,
        }
        for chapter, code, display, by_group in CHARTS
    ]
