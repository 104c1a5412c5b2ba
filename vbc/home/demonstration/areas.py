"""What the demonstration knows of places, and of what its figures mean."""

from pathlib import Path

from django.core.files import File

from evidence.enums import Polarity, Tier
from evidence.models import Indicator
from evidence.services import descriptions, imports
from vbc.core.models import Job
from vbc.core.services import jobs
from vbc.home.demonstration.people import Cast

AREAS = Path(__file__).parent / "areas.csv"
SOURCE = "Office for National Statistics, area codes; DHSC, FingertipsNext, area hierarchy"
LICENCE = "Open Government Licence v3.0"


def list_places(cast: Cast) -> None:
    """South Yorkshire: what lies in it, what it lies in, and two districts with new codes."""
    with AREAS.open("rb") as stream:
        made = imports.start(
            File(stream, name="areas-south-yorkshire.csv"),
            organisation=cast.organisation,
            by=cast["alex"],
            source=SOURCE,
            licence=LICENCE,
        )
    jobs.run_now(Job.objects.get(kind=imports.READ, object_id=made.public_id))


def describe(cast: Cast, *, recovery: str, finished: str, referred: str) -> None:
    """What the figures mean, and names that a neighbour understands."""
    said = {
        recovery: {
            "name": "Recovered after a course of talking therapy",
            "polarity": Polarity.HIGH_IS_GOOD,
            "definition": (
                "Of the people who finished a course and were unwell enough at its start to be "
                "counted, how many in 100 were below that line at its end."
            ),
            "caveats": (
                "It says nothing of those who never got a first appointment. Someone can feel much "
                "better without crossing the line."
            ),
            "disclosure": (
                "Below England, counts are rounded to the nearest 5, and percentages to whole "
                "numbers. Very small ones are left out."
            ),
            "tier": Tier.NATIONAL,
        },
        finished: {
            "name": "Finished a course of talking therapy",
            "definition": "People who had at least two appointments and whose course ended.",
            "caveats": "A count: a bigger area has more of them.",
        },
        referred: {
            "name": "Referred to talking therapies",
            "definition": "People who asked for talking therapy themselves, or whom somebody sent.",
            "caveats": "Whoever was referred twice in the year is counted twice.",
        },
    }
    for code, fields in said.items():
        indicator = Indicator.objects.get(organisation=cast.organisation, code=code)
        descriptions.edit(indicator, version=indicator.version, by=cast["alex"], **fields)
