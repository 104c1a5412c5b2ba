from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from evidence.enums import ReferenceKind
from vbc.core.models import PublicId, Versioned
from vbc.core.models.base import Belongs


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def kept(self) -> "ReferenceQuerySet":
        return self.filter(withdrawn_at__isnull=True)


class Reference(Belongs, PublicId, Versioned):
    """Something written that a decision can lean on, with a summary a neighbour understands."""

    organisation = models.ForeignKey(
        "stakeholders.Organisation", on_delete=models.PROTECT, related_name="references"
    )
    kind = models.CharField("what it is", max_length=12, choices=ReferenceKind)
    title = models.CharField(max_length=400)
    authors = models.CharField(max_length=400, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    published_in = models.CharField(max_length=240, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    web_address = models.URLField(max_length=400, blank=True)
    plain_summary = models.TextField(
        help_text="What it found and how sure that is, in words a neighbour would understand."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: Any = ReferenceQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "doi"],
                condition=~Q(doi="") & Q(withdrawn_at__isnull=True),
                name="one_reference_a_doi",
                violation_error_message="The library already has a reference with this DOI.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence:reference", args=[self.public_id])
