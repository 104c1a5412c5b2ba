"""What the demonstration's library holds beside what its decisions lean on."""

from pathlib import Path

from django.core.files import File

from evidence.enums import Applicability, Certainty, CertaintyReason, StudyDesign, TagFacet, Topic
from evidence.queries.reference_imports import READ_REFERENCES
from evidence.services import guidance, reference_imports, references
from vbc.core.models import Job
from vbc.core.services import jobs
from vbc.home.demonstration import knowledge
from vbc.home.demonstration.people import Cast

REFERENCES = Path(__file__).parent / "references.ris"


def fill(cast: Cast) -> None:
    """Add the guidance library and a file of references, describe a review, tell an example."""
    guidance.add_library(cast.organisation, by=cast["alex"])
    _import_references(cast)
    _describe(cast)
    _tell(cast)


def _import_references(cast: Cast) -> None:
    with REFERENCES.open("rb") as stream:
        made = reference_imports.start(
            File(stream, name="post-traumatic-stress.ris"),
            organisation=cast.organisation,
            source="References of a review of post-traumatic stress (van de Schoot and others 2017)",
            is_agreed=True,
            by=cast["merle"],
        )
    # The worker is not running yet: read them here and now.
    jobs.run_now(Job.objects.get(kind=READ_REFERENCES, object_id=made.public_id))


def _describe(cast: Cast) -> None:
    review = knowledge.reference(cast, "cuijpers")
    references.edit(
        review,
        version=review.version,
        design=StudyDesign.SYSTEMATIC_REVIEW,
        population="Adults with depression; 52,702 people in 409 trials",
        outcome="Depression",
        certainty=Certainty.MODERATE,
        certainty_reasons=[CertaintyReason.BIAS],
        certainty_note="What the demonstration's reviewers make of it (invented).",
        applicability=Applicability.PARTLY,
        applicability_note="It says little about people who never get as far as a first talk.",
        tags={TagFacet.TOPIC: [Topic.RECOVERY]},
        by=cast["merle"],
    )


def _tell(cast: Cast) -> None:
    example = references.add_example(
        cast.organisation,
        title="A first talk in the community centre (invented)",
        plain_summary="People came who had never come before, because they knew the place.",
        place="A made-up town",
        what_they_did=(
            "A therapist and a community worker sat in the centre two afternoons a week. Nobody "
            "needed a letter or an appointment."
        ),
        what_came_of_it="In this invented story, twice as many people came to a first talk.",
        whom_to_ask="The team of the centre",
        by=cast["alex"],
    )
    for year, month, what in (
        (2024, 3, "People said that they would come if it were at a place they know."),
        (2024, 9, "The first afternoons, with tea."),
        (2025, None, "The afternoons became part of the contract."),
    ):
        references.add_step(example, year=year, month=month, what_happened=what, by=cast["alex"])
