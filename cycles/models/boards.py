from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cycles.enums import BoardAnswerKind
from cycles.models.cycles import Cycle
from cycles.models.decisions import Decision
from vbc.core.models import AppendOnly, PublicId, Versioned
from vbc.core.models.base import Belongs


class BoardAnswer(Belongs, PublicId, AppendOnly):
    """What the board made of a panel's decision, and why. A board that thinks again answers again;
    the newest answer counts, and the ones before stay."""

    organisation_path = "decision__cycle__organisation"

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="board_answers")
    body = models.CharField("which board", max_length=160)
    met_on = models.DateField("when it met")
    minute = models.CharField("where in its minutes", max_length=80)
    answer = models.CharField(max_length=8, choices=BoardAnswerKind)
    what_changed = models.TextField("what was changed", blank=True)
    why = models.TextField("why")
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="board_says_what_it_changed",
                condition=~Q(answer="varied") | ~Q(what_changed=""),
                violation_error_message="Say what the board changed.",
            )
        ]


class UrgentDecision(Belongs, PublicId, Versioned):
    """A decision taken outside the panel because it could not wait: by whom, on what basis, until
    when; brought to the panel afterwards, and counted in public.

    Without a place to write it down, urgency goes into e-mail and out of sight.
    """

    organisation_path = "cycle__organisation"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="urgent_decisions")
    title = models.CharField(max_length=120)
    what_was_decided = models.TextField()
    why_it_could_not_wait = models.TextField()
    legal_basis = models.CharField("under which power", max_length=240)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="urgent_decisions"
    )
    decided_on = models.DateField()
    expires_on = models.DateField("until when it holds")
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_on = models.DateField("when the panel looked at it", null=True, blank=True)
    what_the_panel_said = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="urgent_decision_ends",
                condition=Q(expires_on__gt=F("decided_on")),
                violation_error_message="It must end after the day it was taken.",
            ),
            models.CheckConstraint(
                name="urgent_decision_reviewed_in_words",
                condition=Q(reviewed_on__isnull=True, what_the_panel_said="")
                | Q(reviewed_on__isnull=False) & ~Q(what_the_panel_said=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
