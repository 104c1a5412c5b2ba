from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import Checklist, ChecklistAnswerKind
from cycles.models.decisions import Decision, Option
from vbc.core.models import Versioned
from vbc.core.models.base import Belongs


class ChecklistAnswer(Belongs, Versioned):
    """The answer to one question of a list, about a decision or about one of its options.

    Which questions a list has is in `cycles/enums/checklists.py`.
    """

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="checklist_answers"
    )
    option = models.ForeignKey(
        Option, on_delete=models.PROTECT, null=True, blank=True, related_name="checklist_answers"
    )
    checklist = models.CharField(max_length=14, choices=Checklist)
    item = models.CharField(max_length=40)
    answer = models.CharField(max_length=9, choices=ChecklistAnswerKind)
    note = models.TextField("in a sentence", blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "checklist", "item"],
                condition=Q(option__isnull=True),
                name="one_answer_a_question_of_a_decision",
            ),
            models.UniqueConstraint(
                fields=["option", "checklist", "item"],
                condition=Q(option__isnull=False),
                name="one_answer_a_question_of_an_option",
            ),
        ]
