"""The list of NHS areas that comes with the service."""

from typing import Any

from django.core.files.base import ContentFile

from evidence.importers import nhs_areas
from evidence.models import DataImport
from evidence.services import imports


def start(organisation: Any, *, by: Any) -> DataImport:
    """Read the list in the background, by the same door as any other list of areas.

    Reading it again adds what is new in it and changes nothing else; a row that the register
    knows by another name stays out, and is named.
    """
    return imports.start(
        ContentFile(nhs_areas.content(), name=nhs_areas.NAME),
        organisation=organisation,
        by=by,
        source=nhs_areas.SOURCE,
        licence=nhs_areas.LICENCE,
        keep_good_rows=True,
        again=True,
    )
