"""What binds a panel to its cycle: everything that its people said or did there.

Who may read a name beside its pillar, or how something stood before a name was taken out, is asked
of the panel that is linked. So once anybody of a panel has had a part, taken back or not, another
panel would read what was never said to it.
"""

from typing import Any

from django.db.models import Exists, Model, Q

from cycles.models import (
    Action,
    AnswerNote,
    AnswerTheme,
    Appraisal,
    AppraisalSignature,
    ChecklistAnswer,
    Comment,
    Cycle,
    CycleLens,
    Decision,
    DecisionOnAgenda,
    DecisionValue,
    Finding,
    Option,
    OptionEvidence,
    OptionInterest,
    SharedValue,
    Understanding,
    ValuesAgreement,
)
from cycles.queries.cycles import has_been_rated
from stakeholders.models import Seat

# Where each stands, from the row to its cycle and to the person. Of what follows a round there is
# nothing: a cycle with a round keeps its panel by that alone.
PARTS: tuple[tuple[type[Model], str, str], ...] = (
    (Understanding, "cycle", "author"),
    (SharedValue, "cycle", "proposed_by"),
    (ValuesAgreement, "edition__cycle", "agreed_by"),
    (Decision, "cycle", "created_by"),
    (DecisionValue, "decision__cycle", "linked_by"),
    (DecisionOnAgenda, "decision__cycle", "put_by"),
    (Option, "decision__cycle", "author"),
    (OptionInterest, "option__decision__cycle", "seat__user"),
    (OptionEvidence, "option__decision__cycle", "added_by"),
    (Comment, "decision__cycle", "author"),
    (Appraisal, "option__decision__cycle", "written_by"),
    (AppraisalSignature, "appraisal__option__decision__cycle", "signed_by"),
    (ChecklistAnswer, "decision__cycle", "answered_by"),
    (ChecklistAnswer, "option__decision__cycle", "answered_by"),
    (CycleLens, "cycle", "sheet__answers__answered_by"),
    (CycleLens, "cycle", "sheet__notes__author"),
    (AnswerTheme, "answer__call__cycle", "by"),
    (AnswerNote, "answer__call__cycle", "by"),
    (Action, "cycle", "owner"),
    (Finding, "cycle", "made_by"),
)


def keeps_its_panel(cycle: Cycle) -> bool:
    """Whether anybody who is on the panel, or ever was, has had a part in the cycle."""
    if cycle.panel_id is None:
        return False
    return has_been_rated(cycle) or _has_had_a_part(cycle)


def _has_had_a_part(cycle: Cycle) -> bool:
    people = Seat.objects.filter(panel=cycle.panel_id).values("user")
    had_a_part = Q()
    for kind, to_cycle, to_person in PARTS:
        rows: Any = kind._default_manager.filter(**{to_cycle: cycle.pk, f"{to_person}__in": people})
        had_a_part |= Q(Exists(rows))
    return Cycle.objects.filter(had_a_part, pk=cycle.pk).exists()
