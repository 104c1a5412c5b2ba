"""Frameworks: how far something is, and in whose words."""

from django.db import models


class SheetAbout(models.TextChoices):
    """What a sheet of answers is about."""

    ORGANISATION = "organisation", "The organisation"
    CYCLE = "cycle", "One cycle"


class FrameworkAnswerKind(models.TextChoices):
    """The answer to one item: how it is, or in a self-assessment how far we are.

    The four levels of a self-assessment and their words are ours.
    """

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    LEVEL_1 = "level_1", "We have not begun"
    LEVEL_2 = "level_2", "We have begun"
    LEVEL_3 = "level_3", "We do it most of the time"
    LEVEL_4 = "level_4", "We always do it, and others learn from us"
    NOT_RELEVANT = "not_relevant", "Does not apply to us"
    NOT_KNOWN = "not_known", "Not known"

    @classmethod
    def levels(cls) -> tuple["FrameworkAnswerKind", ...]:
        """Lowest first."""
        return (cls.LEVEL_1, cls.LEVEL_2, cls.LEVEL_3, cls.LEVEL_4)

    @classmethod
    def beside(cls) -> tuple["FrameworkAnswerKind", ...]:
        """Answers that say neither how it is nor how far."""
        return (cls.NOT_RELEVANT, cls.NOT_KNOWN)

    @classmethod
    def choices_for(cls, *, is_yearly: bool) -> tuple["FrameworkAnswerKind", ...]:
        states = cls.levels() if is_yearly else (cls.YES, cls.PARTLY, cls.NO)
        return (*states, *cls.beside())

    @property
    def level(self) -> int | None:
        """1 to 4, or None where it is no level."""
        levels = FrameworkAnswerKind.levels()
        return levels.index(self) + 1 if self in levels else None

    @property
    def needs_words(self) -> bool:
        """All but a plain yes says nothing without a sentence beside it."""
        return self != FrameworkAnswerKind.YES
