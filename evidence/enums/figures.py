"""Areas, figures and the files they come in."""

from django.db import models


class AreaType(models.TextChoices):
    COUNTRY = "country", "Country"
    REGION = "region", "Region"
    NHS_REGION = "nhs_region", "NHS region"
    ICB = "icb", "Integrated care board"
    SUB_ICB = "sub_icb", "Sub-ICB location"
    PCN = "pcn", "Primary care network"
    GP = "gp", "General practice"
    COMBINED = "combined", "Combined authority"
    COUNTY = "county", "County"
    DISTRICT = "district", "District or borough"
    UNITARY = "unitary", "Unitary authority"
    OTHER = "other", "Other"


class AreaLinkKind(models.TextChoices):
    """How one area stands to another, besides lying in its parent.

    Only `SAME` says that not a street moved, so that the figures of both are one line. A new code
    is mostly given because the borders changed.
    """

    LIES_IN = "lies_in", "Lies in"
    SAME = "same", "Is the same place by another name or code"
    NEW_CODE = "new_code", "Has new borders or a new code now"
    MERGED = "merged", "Is part of it now"
    SPLIT = "split", "Was divided; this is a part"

    @classmethod
    def became(cls) -> frozenset[str]:
        """The kinds that say what became of an area."""
        return frozenset({cls.SAME, cls.NEW_CODE, cls.MERGED, cls.SPLIT})


class Polarity(models.TextChoices):
    """Which way is better. Where nobody has said, nothing is called better or worse."""

    HIGH_IS_GOOD = "high", "Higher is better"
    LOW_IS_GOOD = "low", "Lower is better"
    NO_JUDGEMENT = "none", "Neither is better"


class DisclosureProfile(models.TextChoices):
    """What has to be hidden and rounded before figures are shown. See `evidence.disclosure`."""

    NONE = "none", "Published: shown as published"
    TALKING_THERAPIES = "talking_therapies", "Published and rounded: shown as published"
    HES = "hes", "Our own: small numbers hidden, others rounded"


class ObservationState(models.TextChoices):
    """A figure, a figure kept secret by its publisher, or no figure. Three different things."""

    VALUE = "value", "Figure"
    SUPPRESSED = "suppressed", "Suppressed"
    MISSING = "missing", "No figure"


class ImportKind(models.TextChoices):
    """What a file holds."""

    FIGURES = "figures", "Figures"
    AREAS = "areas", "A list of areas"
    BOUNDARIES = "boundaries", "Boundaries of areas"
    INDICATORS = "indicators", "What indicators mean"


class CodeSpace(models.TextChoices):
    """The register that the area codes of a file come from."""

    ONS = "ons", "Office for National Statistics, such as E08000006"
    ODS = "ods", "NHS organisations, such as QOP or 00L"


class ImportStatus(models.TextChoices):
    """Where a file is. `SAME` and `COLUMNS` and `CHECKED` wait for a person."""

    SAME = "same", "The same file was imported before"
    WAITING = "waiting", "Waiting to be read"
    COLUMNS = "columns", "Somebody has to say which column is what"
    CHECKED = "checked", "Some rows need a decision"
    DONE = "done", "Imported"
    REFUSED = "refused", "Not imported"
    DISCARDED = "discarded", "Put aside"
    UNDOING = "undoing", "Its figures are being taken out"
    UNDONE = "undone", "Its figures were taken out"

    @classmethod
    def at_work(cls) -> set["ImportStatus"]:
        """Those in which a worker is at a file, or is about to be."""
        return {cls.WAITING, cls.UNDOING}

    @classmethod
    def asking(cls) -> set["ImportStatus"]:
        """Those in which a file waits for a person."""
        return {cls.SAME, cls.COLUMNS, cls.CHECKED}
