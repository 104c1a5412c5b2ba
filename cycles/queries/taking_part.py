"""What counts as taking part in a cycle. The one definition of it: the involvement matrix and the
gates read their sources here, so that neither says "nobody" where the other says "yes".

A minority statement is left out: it may be nameless, and would show from which group it came.
Ratings count once their round has closed, because before it nobody is told even who has rated.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cycles.enums import InvolvementLevel, Stage
from cycles.models import (
    Action,
    Comment,
    Decision,
    DecisionRecord,
    Finding,
    Option,
    PillarSentence,
    PillarView,
    Rating,
    SharedValue,
    Understanding,
    ValuesAgreement,
)
from stakeholders.enums import Pillar
from stakeholders.models import Attendance


@dataclass(frozen=True)
class Source:
    """One sort of thing that people do: at which level, and from which fields of its rows one reads
    to what it belongs, who did it and when.

    `of` leads to the cycle or, where `through` says so, to its panel. `stage` is set where the
    thing belongs to one whatever the day: that somebody agreed to the shared values, late perhaps,
    says nothing of whether anybody has weighed the options.
    """

    level: str
    rows: QuerySet[Any]
    of: str
    person: str
    moment: str
    through: str = "pk"
    stage: str = ""

    @property
    def is_of_panel(self) -> bool:
        """Whether it belongs to the panel, which may have had other cycles."""
        return self.through == "panel_id"


def sources() -> tuple[Source, ...]:
    """Everything that counts, in the order of the levels."""
    level, stands = InvolvementLevel, {"withdrawn_at__isnull": True}
    their_sentences = PillarSentence.objects.filter(pillar=Pillar.SERVICE_USERS_AND_CARERS)
    return (
        Source(level.PROPOSING, Decision.objects.all(), "cycle", "created_by", "created_at"),
        Source(
            level.PROPOSING,
            Option.objects.filter(**stands),
            "decision__cycle",
            "author",
            "created_at",
        ),
        Source(
            level.PROPOSING,
            SharedValue.objects.filter(**stands),
            "cycle",
            "proposed_by",
            "proposed_at",
        ),
        Source(
            level.PROPOSING,
            Finding.objects.filter(is_carried_forward=True),
            "cycle",
            "made_by",
            "made_at",
            stage=Stage.REVIEW,
        ),
        Source(
            level.TALKING, Understanding.objects.filter(**stands), "cycle", "author", "created_at"
        ),
        Source(
            level.TALKING,
            Comment.objects.filter(**stands),
            "decision__cycle",
            "author",
            "created_at",
        ),
        Source(
            level.TALKING,
            Attendance.objects.filter(first_present_at__isnull=False),
            "meeting__panel",
            "seat__user",
            "first_present_at",
            through="panel_id",
        ),
        Source(
            level.WEIGHING,
            ValuesAgreement.objects.all(),
            "edition__cycle",
            "agreed_by",
            "agreed_at",
            stage=Stage.ANALYSE,
        ),
        Source(
            level.WEIGHING,
            Rating.objects.live().filter(round__closed_at__isnull=False),
            "round__decision__cycle",
            "seat__user",
            "given_at",
        ),
        Source(
            level.WEIGHING, their_sentences, "option__decision__cycle", "written_by", "written_at"
        ),
        Source(level.WEIGHING, PillarView.objects.all(), "decision__cycle", "said_by", "said_at"),
        Source(
            level.WEIGHING,
            DecisionRecord.objects.all(),
            "decision__cycle",
            "recorded_by",
            "recorded_at",
        ),
        Source(
            level.DOING,
            Action.objects.filter(owner__isnull=False),
            "cycle",
            "owner",
            "created_at",
            stage=Stage.DO,
        ),
        Source(level.JUDGING, Finding.objects.all(), "cycle", "made_by", "made_at"),
    )
