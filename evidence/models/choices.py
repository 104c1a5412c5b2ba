from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.enums import ChoiceAnswer, ChoicePoint
from evidence.models.services import Service
from vbc.core.models import Versioned
from vbc.core.models.base import Belongs


def _answer() -> "models.CharField[str, str]":
    return models.CharField(max_length=10, choices=ChoiceAnswer, blank=True)


class ChoiceAnswers(Belongs, Versioned):
    """An answer and a note for each choice point. Empty where nobody has said anything."""

    organisation_path = "service__organisation"

    life = _answer()
    life_note = models.TextField(blank=True)
    access = _answer()
    access_note = models.TextField(blank=True)
    assessment = _answer()
    assessment_note = models.TextField(blank=True)
    treatment = _answer()
    treatment_note = models.TextField(blank=True)

    class Meta:
        abstract = True

    def answer_to(self, point: str) -> str:
        return str(getattr(self, ChoicePoint(point).value))

    def note_on(self, point: str) -> str:
        return str(getattr(self, f"{ChoicePoint(point).value}_note"))


class ProviderChoice(ChoiceAnswers):
    """What a provider says of the choices its service gives. Never merged with what people live."""

    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="claimed_choice")


class LivedChoice(ChoiceAnswers):
    """What one person on a panel knows of the choices people really have, in one quarter of a year.

    It is shown with others' once the quarter is over (`shown_from` is the first day after it), and
    can be changed until then. Taken back after that, nothing says whose it was: the number it is in
    is shown already, its notes are gone.
    """

    has_one_writer = True

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="lived_choices")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shown_from = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "author", "shown_from"], name="one_voice_on_choice_a_quarter"
            ),
            models.CheckConstraint(
                name="choice_of_nobody_has_no_notes",
                condition=Q(author__isnull=False)
                | Q(life_note="", access_note="", assessment_note="", treatment_note=""),
                violation_error_message="Whoever took this back took their notes with it.",
            ),
        ]
