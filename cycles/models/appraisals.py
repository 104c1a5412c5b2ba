from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from cycles.enums import Applicability, Certainty, Criterion, EffectSize, EvidenceDirection
from cycles.models.decisions import Option
from evidence.models import Indicator, Reference
from stakeholders.models import Place
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs, paired


class OptionEvidence(Belongs):
    """That a reference or local figures speak to an option: which way, how far, how sure.

    An account of experience is a reference like any other. Used here it is evidence, and is not
    counted in the pillar of service users and carers as well.
    """

    organisation_path = "option__decision__cycle__organisation"

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="evidence")
    reference = models.ForeignKey(
        Reference, on_delete=models.PROTECT, null=True, blank=True, related_name="options"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="options"
    )
    direction = models.CharField(max_length=8, choices=EvidenceDirection)
    size = models.CharField("how much difference", max_length=9, choices=EffectSize, blank=True)
    certainty = models.CharField("how sure", max_length=8, choices=Certainty, blank=True)
    applicability = models.CharField(
        "does it fit people here?", max_length=9, choices=Applicability, blank=True
    )
    note = models.TextField(
        "what it tells us here, and what it does not", help_text="Does it fit people here?"
    )
    does_not_tell = models.TextField("what it does not tell us", blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["option", "reference"],
                name="one_link_a_reference_and_option",
                violation_error_message="This reference is already linked to this option.",
            ),
            models.UniqueConstraint(
                fields=["option", "indicator"],
                name="one_link_an_indicator_and_option",
                violation_error_message="These figures are already linked to this option.",
            ),
            models.CheckConstraint(
                name="evidence_is_a_reference_or_figures",
                condition=Q(reference__isnull=False, indicator__isnull=True)
                | Q(reference__isnull=True, indicator__isnull=False),
            ),
        ]


class Appraisal(Belongs, PublicId, Versioned):
    """The evidence pillar's one agreed judgement of an option, signed by named reviewers.

    `rating` is empty where no evidence was found: then `searched` says who looked, where and when.
    Unknown is never low. A signature stands under the version that was signed. Editing makes a
    new version, which nobody has signed or agreed yet, so nobody signs what they have not read.
    """

    organisation_path = "option__decision__cycle__organisation"

    option = models.OneToOneField(Option, on_delete=models.PROTECT, related_name="appraisal")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    certainty = models.CharField(max_length=8, choices=Certainty, blank=True)
    summary = models.TextField(
        "what the evidence says", help_text="In words a neighbour would understand."
    )
    searched = models.TextField(
        "who looked, where and when", blank=True, help_text="Needed where nothing was found."
    )
    dissent = models.TextField(
        "where a reviewer sees it differently", blank=True, help_text="Printed beside the rating."
    )
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appraisal_on_the_scale",
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 9)),
                violation_error_message="A rating is a whole number from 1 to 9.",
            ),
            models.CheckConstraint(
                name="appraisal_rating_with_certainty",
                condition=(Q(rating__isnull=True) & Q(certainty="") & ~Q(searched=""))
                | (Q(rating__isnull=False) & ~Q(certainty="")),
                violation_error_message=(
                    "Give a rating with how sure the evidence is; or, where no evidence was found, "
                    "leave both empty and say who looked, where and when."
                ),
            ),
            paired("appraisal_agreed_pair", "agreed_at", "agreed_by"),
        ]


class AppraisalSignature(Belongs):
    """A named evidence reviewer's signature under an appraisal as it stands."""

    organisation_path = "appraisal__option__decision__cycle__organisation"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="signatures")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField()
    appraisal_version = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "place", "appraisal_version"], name="signed_once_a_version"
            )
        ]


class CriterionJudgement(Belongs):
    """What the reviewers judge of an option by one criterion, and from what.

    It is part of the appraisal and of its version: a signature stands under all of them.
    """

    organisation_path = "appraisal__option__decision__cycle__organisation"

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="judgements")
    criterion = models.CharField(max_length=20, choices=Criterion)
    judgement = models.CharField(max_length=20)
    research = models.TextField("what studies and figures say", blank=True)
    considerations = models.TextField("what else matters here", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "criterion"], name="one_judgement_a_criterion"
            )
        ]
