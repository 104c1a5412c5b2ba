from typing import ClassVar

from django.db import models
from django.db.models import Q

from evidence.enums import AreaType

ENGLAND_CODE = "E92000001"


class Area(models.Model):
    """A place with published figures. Shared reference data: the codes are national.

    `code` is the ONS code where there is one, else the ODS code that its publisher uses; the two
    are different spaces, so both are kept and either finds the area.
    """

    organisation_path = None  # National reference data.

    code = models.CharField(max_length=12, unique=True)
    ods_code = models.CharField("ODS code", max_length=8, blank=True)
    name = models.CharField(max_length=160)
    area_type = models.CharField(max_length=10, choices=AreaType, default=AreaType.OTHER)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ods_code"], condition=~Q(ods_code=""), name="one_area_an_ods_code"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_england(self) -> bool:
        return self.code == ENGLAND_CODE
