from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.enums import AreaLinkKind, AreaType

ENGLAND_CODE = "E92000001"


class Area(models.Model):
    """A place with published figures. Shared reference data: the codes are national.

    `code` is the ONS code where there is one, else the ODS code that its publisher uses; the two
    are different spaces, so both are kept and either finds the area. `parent` is the next larger
    place that it lies in; other places that it lies in, and what it became, are its links.
    """

    organisation_path = None  # National reference data.

    code = models.CharField(max_length=12, unique=True)
    ods_code = models.CharField("ODS code", max_length=8, blank=True)
    name = models.CharField(max_length=160)
    area_type = models.CharField(max_length=10, choices=AreaType, default=AreaType.OTHER)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ods_code"], condition=~Q(ods_code=""), name="one_area_an_ods_code"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("evidence:area", args=[self.code])

    @property
    def is_england(self) -> bool:
        return self.code == ENGLAND_CODE


class AreaLink(models.Model):
    """How an area stands to another: it lies in it as well, or it became it.

    `happened_on` is the day where a list gives it.
    """

    organisation_path = None  # National reference data.

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=10, choices=AreaLinkKind)
    happened_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["area", "other", "kind"], name="one_link_a_pair"),
            models.CheckConstraint(
                name="link_between_two_areas",
                condition=~Q(area=F("other")),
                violation_error_message="An area cannot be linked with itself.",
            ),
            models.CheckConstraint(
                name="link_dated_when_it_happened",
                condition=Q(happened_on__isnull=True) | ~Q(kind="lies_in"),
                violation_error_message="Only what happened has a day.",
            ),
        ]


class AreaBoundary(models.Model):
    """The outline of an area, simplified for maps: a GeoJSON Polygon or MultiPolygon in degrees of
    longitude and latitude (WGS 84), rounded to four decimals."""

    organisation_path = None  # National reference data.

    area = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="boundary")
    geometry = models.JSONField()
    data_import = models.ForeignKey(
        "evidence.DataImport", on_delete=models.PROTECT, related_name="boundaries"
    )
