from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from stakeholders.enums import CATEGORIES, PREFER_NOT_TO_SAY, Characteristic
from stakeholders.models.organisations import Organisation
from vbc.core.models import AppendOnly
from vbc.core.models.base import Belongs


def _answer(characteristic: str) -> models.CharField:
    """One answer: a category, "prefer not to say", or empty for no answer."""
    return models.CharField(
        Characteristic(characteristic).label,
        max_length=12,
        blank=True,
        choices=[*CATEGORIES[characteristic], (PREFER_NOT_TO_SAY, "I prefer not to say")],
    )


def _known_answers(characteristic: str) -> models.CheckConstraint:
    known = [value for value, _ in CATEGORIES[characteristic]]
    return models.CheckConstraint(
        name=f"described_{characteristic}",
        condition=Q(**{f"{characteristic}__in": ["", PREFER_NOT_TO_SAY, *known]}),
        violation_error_message="Choose one of the answers.",
    )


class SelfDescription(Belongs):
    """How a person describes themselves to one organisation, as far as they like.

    Only they read it. It is counted, never shown; it can be deleted at any moment, and is deleted
    for them when they hold no seat there any more. Nothing here leads to a seat or a place.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="self_descriptions"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="self_descriptions"
    )
    age = _answer(Characteristic.AGE)
    sex = _answer(Characteristic.SEX)
    gender_identity = _answer(Characteristic.GENDER)
    ethnic_group = _answer(Characteristic.ETHNIC_GROUP)
    disability = _answer(Characteristic.DISABILITY)
    sexual_orientation = _answer(Characteristic.ORIENTATION)
    religion = _answer(Characteristic.RELIGION)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_description_a_person_and_organisation"
            ),
            *[_known_answers(each) for each in Characteristic.values],
        ]


class PopulationShare(Belongs):
    """How many in a thousand of the people an organisation serves are of a category, and whence."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="population_shares"
    )
    characteristic = models.CharField(max_length=18, choices=Characteristic)
    category = models.CharField(max_length=12)
    per_mille = models.PositiveSmallIntegerField("how many in a thousand")
    source = models.CharField("where it is from", max_length=240)
    as_of = models.DateField("of which day")

    class Meta:
        ordering: ClassVar[list[str]] = ["characteristic", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "characteristic", "category"], name="one_share_a_category"
            ),
            models.CheckConstraint(
                name="share_of_a_thousand",
                condition=Q(per_mille__lte=1000),
                violation_error_message="A share is from nothing to all.",
            ),
            models.CheckConstraint(name="share_has_a_source", condition=~Q(source="")),
        ]


class CompositionEdition(Belongs, AppendOnly):
    """Who the members of an organisation's panels are, counted on one day, as it may be shown.

    Pages show the newest edition and never count anew, so that nobody can watch a number move as
    somebody joins or answers. It holds what `stakeholders.disclosure.composition` lets out, and
    nothing else.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="composition_editions"
    )
    made_at = models.DateTimeField()
    schema_version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
