"""What the service has seen happen that points to a competency. It never answers for anybody.

Each count stands with a section of the Commissioning Friend; the boxes of that book say to which
competencies a section points (`evidence.frameworks.CROSS_WALK`). Apps above add what they hold with
`counts`, as they are not known here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from evidence.enums import AssessmentStatus
from evidence.frameworks import sections_of
from evidence.models import Indicator, NeedsAssessment
from stakeholders.enums import MeetingStatus
from stakeholders.models import EngagementEvent, Meeting, Organisation, Stakeholder


@dataclass(frozen=True)
class Seen:
    """How often something happened in an organisation so far, and the section that asks for it."""

    section: str
    count: int
    one: str
    many: str


Source = Callable[[Organisation], list[Seen]]
_sources: list[Source] = []


def counts(source: Source) -> Source:
    """Register a function that counts what an app holds of an organisation."""
    _sources.append(source)
    return source


def seen_in(organisation: Organisation) -> list[Seen]:
    """Everything that has happened at least once, section by section."""
    found = [each for source in _sources for each in source(organisation) if each.count]
    return sorted(found, key=lambda each: [int(part) for part in each.section.split(".")])


def pointing_to(competency: str, seen: list[Seen]) -> list[Seen]:
    """What of it points to this competency."""
    sections = sections_of(competency)
    return [each for each in seen if each.section in sections]


@counts
def of_library_and_panels(organisation: Organisation) -> list[Seen]:
    """Figures and needs (6.3), working with people (5.1), and knowing who is concerned (5.5)."""
    on_panels = {"panel__organisation": organisation}
    return [
        Seen(
            "6.3",
            Indicator.objects.filter(organisation=organisation).count(),
            "indicator with figures",
            "indicators with figures",
        ),
        Seen(
            "6.3",
            NeedsAssessment.objects.filter(
                organisation=organisation, status=AssessmentStatus.PUBLISHED
            ).count(),
            "needs assessment published",
            "needs assessments published",
        ),
        Seen(
            "5.1",
            Meeting.objects.filter(status=MeetingStatus.HELD, **on_panels).count(),
            "meeting of a panel held",
            "meetings of panels held",
        ),
        Seen(
            "5.1",
            EngagementEvent.objects.filter(**on_panels).count(),
            "time people outside a panel were asked",
            "times people outside a panel were asked",
        ),
        Seen(
            "5.5",
            Stakeholder.objects.live().around().filter(**on_panels).count(),
            "group or body on a map of who is concerned",
            "groups and bodies on maps of who is concerned",
        ),
    ]
