"""How the demonstration shows its figures: by fifths of all boards, because the published file has
neither intervals nor numbers to compare by."""

from evidence.enums import BenchmarkMethod, Display, NeedsChapter
from evidence.models import Indicator, NeedsAssessment
from evidence.services import needs
from vbc.home.demonstration.people import Cast

CHARTS = (
    (NeedsChapter.NEED, "nhstt-recovery-percentage", Display.AREAS, ""),
    (NeedsChapter.NEED, "nhstt-recovery-percentage", Display.MAP, ""),
    (
        NeedsChapter.GAPS,
        "nhstt-recovery-percentage",
        Display.INEQUALITY,
        "Indices of Deprivation Decile",
    ),
)


def add(assessment: NeedsAssessment, cast: Cast) -> None:
    """Add the charts of areas, of a map and of deprivation to a draft."""
    indicators = Indicator.objects.filter(organisation=cast.organisation)
    indicators.filter(unit="%").update(benchmark_method=BenchmarkMethod.QUINTILES)
    for chapter, code, display, by_group in CHARTS:
        needs.add_chart(
            assessment,
            chapter=chapter,
            indicator=indicators.get(code=code),
            display=display,
            by_group=by_group,
            by=cast["alex"],
        )
    needs.add_chart(assessment, chapter=NeedsChapter.PEOPLE, display=Display.SPINE, by=cast["alex"])
