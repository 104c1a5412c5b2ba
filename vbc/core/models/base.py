"""What models share. Each is one promise that a test checks for every model that makes it."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from vbc.core.enums import ContributionStatus
from vbc.core.ids import new_public_id


class Belongs(models.Model):
    """A row that belongs to one organisation, by one stated path.

    `organisation_path` is the lookup that leads there, such as ``"panel__organisation"``. A test
    follows every path, so no table can be added that nobody owns.
    """

    organisation_path: ClassVar[str] = "organisation"

    class Meta:
        abstract = True

    @property
    def owning_organisation(self) -> Any:
        thing: Any = self
        for step in self.organisation_path.split("__"):
            thing = getattr(thing, step)
        return thing


class PublicId(models.Model):
    """A row with an address of its own, which is random."""

    public_id = models.CharField(max_length=16, unique=True, editable=False, default=new_public_id)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A text that people edit. The form carries the version it was opened with (`save_version`).

    `has_one_writer`: whether only the person whose it is ever changes it.
    """

    has_one_writer: ClassVar[bool] = False

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class AppendOnlyRefusal(TypeError):
    """Code tried to change or delete a row that is history."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyRefusal(f"{self.model.__name__} is history: rows are added, never changed.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyRefusal(f"{self.model.__name__} is history: rows are never deleted.")


class AppendOnly(models.Model):
    """History. Refused here in Python, and again by a trigger (`vbc.core.sql`)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyRefusal(
                f"{type(self).__name__} is history: rows are added, never changed."
            )
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyRefusal(f"{type(self).__name__} is history: rows are never deleted.")


class Contribution(Belongs, PublicId, Versioned):
    """Whatever a person contributes: their words, what became of them, and when they were told.

    Pairs are held by constraints in each concrete model through `contribution_constraints`.
    """

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="%(app_label)s_%(class)ss"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    status = models.CharField(
        max_length=20, choices=ContributionStatus, default=ContributionStatus.RECEIVED
    )
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    author_told_at = models.DateTimeField(null=True, blank=True)
    # Answers given in one go to several people carry one name, so that each can see the others.
    answer_group = models.CharField(max_length=16, blank=True, editable=False)
    # What it added, as the one who answered sees it; the app that shows it has the words.
    effect = models.CharField(max_length=16, blank=True)
    # Its author says that the answer does not answer them, until somebody answers again.
    not_answered_at = models.DateTimeField(null=True, blank=True)
    not_answered_words = models.TextField(blank=True, max_length=2000)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_answered(self) -> bool:
        """Whether it has an answer, and its author has not said that it answers something else."""
        return self.status in ContributionStatus.answered() and self.not_answered_at is None

    def clean(self) -> None:
        if self.is_answered and not self.answer.strip():
            raise ValidationError({"answer": "Say what became of it, or why not."})


def paired(name: str, first: str, second: str) -> models.CheckConstraint:
    """`first` and `second` are both set or both empty, such as closed_at with closed_by."""
    both_empty = models.Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both_set = models.Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return models.CheckConstraint(
        name=name,
        condition=both_empty | both_set,
        violation_error_message=f"{first} and {second} go together.",
    )


def contribution_constraints(prefix: str) -> list[models.BaseConstraint]:
    """The pairs every contribution keeps; `prefix` makes the constraint names unique."""
    return [
        paired(f"{prefix}_answered_pair", "answered_at", "answered_by"),
        models.CheckConstraint(
            name=f"{prefix}_answer_given",
            condition=~models.Q(status__in=sorted(ContributionStatus.answered()))
            | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
            violation_error_message="An answer needs its words, its date and its author.",
        ),
    ]
