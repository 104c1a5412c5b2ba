"""What a source withheld, from the file to the printed needs assessment: said in words, never 0."""

import io
import os
import re
from pathlib import Path

import pypdfium2
import pytest

from cycles.services import cycles as cycle_services
from evidence.enums import ImportStatus, NeedsChapter
from evidence.models import Indicator, Observation
from evidence.queries.areas import area_by_code
from evidence.services import needs
from reports.enums import ReportKind
from tests.evidence.importers.opened import FILES
from tests.factories import cycles, reports, stakeholders
from tests.factories import evidence as library

NAME = "nhstt_annual_2024-25_icb_england_equality.csv"
FOLDERS = (FILES / "published", Path(os.environ.get("PUBLIC_DATA", "") or "/nowhere"))
# Read by eye in the file: South Yorkshire, recovery (percentage), by religion.
WITHHELD = ("Baha`i", "Jain", "Jewish", "Zoroastrian")
GIVEN = {"Hindu": 59, "Muslim": 31, "Sikh": 24, "Pagan": 62}

pytestmark = pytest.mark.django_db


@pytest.fixture
def org():
    return stakeholders.organisation()


@pytest.fixture
def clerk(org):
    return stakeholders.commissioner(org)


def printed(org, clerk, indicator, area, by_group):
    """The words of the needs assessment's PDF, with a chart of the groups in its second chapter."""
    draft = needs.create(org, area=area, title="Needs of everybody", by=clerk)
    needs.add_chart(
        draft, chapter=NeedsChapter.NEED, indicator=indicator, by_group=by_group, by=clerk
    )
    cycle = cycles.cycle(org, by=clerk)
    cycle_services.link_needs_assessment(cycle, draft, by=clerk)
    made = reports.made(cycles.fresh(cycle), ReportKind.JSNA)
    document = pypdfium2.PdfDocument(io.BytesIO(reports.content(made)))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("folder", FOLDERS, ids=["small", "whole"])
@pytest.mark.thorough
def test_a_withheld_group_is_said_to_be_suppressed_in_the_pdf(org, clerk, folder):
    if not folder.is_dir():
        pytest.skip("the public files are not here")
    done = library.read_import(org, clerk, (folder / NAME).read_bytes(), name=NAME)
    assert done.status == ImportStatus.DONE
    indicator = Indicator.objects.get(code="nhstt-recovery-percentage")
    words = printed(org, clerk, indicator, area_by_code("QF7"), "Religion")
    for group in WITHHELD:
        assert re.search(rf"^{group} Suppressed\s*$", words, re.MULTILINE), group
        assert not re.search(rf"^{group} (?!Suppressed)", words, re.MULTILINE), group
    # The picture above the table has the same word at each of their bars.
    assert len(re.findall(r"^Suppressed\s*$", words, re.MULTILINE)) == len(WITHHELD)
    for group, figure in GIVEN.items():
        assert re.search(rf"^{group} {figure}%\s*$", words, re.MULTILINE), group


def test_what_stands_beside_a_withheld_figure_is_printed_nowhere(org, clerk):
    """A count or limits in a withheld row would give the figure away."""
    done = library.read_import(
        org,
        clerk,
        library.csv(
            "E08000006,Salford,2024,9,People seen,*,61987,71987,people,Religion,Jain,",
            "E08000006,Salford,2024,9,People seen,52340,51000,53000,people,Religion,Sikh,",
        ),
    )
    assert (done.status, done.suppressed_count) == (ImportStatus.DONE, 1)
    kept = Observation.objects.get(category="Jain")
    assert (kept.value, kept.lower, kept.upper, kept.count) == (None, None, None, None)
    indicator = Indicator.objects.get(code="9")
    words = printed(org, clerk, indicator, area_by_code("E08000006"), "Religion")
    assert re.search(r"^Jain Suppressed\s*$", words, re.MULTILINE)
    assert "52,340" in words
    digits = re.sub(r"[,.\s]", "", words)
    assert "61987" not in digits
    assert "71987" not in digits
