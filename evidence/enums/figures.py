"""Areas, figures and the files they come in."""

from django.db import models


class AreaType(models.TextChoices):
    COUNTRY = "country", "Country"
    REGION = "region", "Region"
    ICB = "icb", "Integrated care board"
    SUB_ICB = "sub_icb", "Sub-ICB location"
    COUNTY = "county", "County"
    DISTRICT = "district", "District or borough"
    UNITARY = "unitary", "Unitary authority"
    OTHER = "other", "Other"


class Polarity(models.TextChoices):
    """Which way is better. Where nobody has said, nothing is called better or worse."""

    HIGH_IS_GOOD = "high", "Higher is better"
    LOW_IS_GOOD = "low", "Lower is better"
    NO_JUDGEMENT = "none", "Neither is better"


class ObservationState(models.TextChoices):
    """A figure, a figure kept secret by its publisher, or no figure. Three different things."""

    VALUE = "value", "Figure"
    SUPPRESSED = "suppressed", "Suppressed"
    MISSING = "missing", "No figure"


class ImportStatus(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    CHECKED = "checked", "Some rows need a decision"
    DONE = "done", "Imported"
    REFUSED = "refused", "Not imported"
    DISCARDED = "discarded", "Put aside"
