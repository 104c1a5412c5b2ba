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


class BenchmarkMethod(models.TextChoices):
    """How we compare an area with England where the source does not. See `evidence.comparing`."""

    INTERVAL = "ci", "By its 95% interval"
    PROPORTION = "proportion", "By limits for a proportion of its size"
    QUINTILES = "quintiles", "By fifths of all areas"
    GOAL = "goal", "Against a goal"
    NONE = "none", "Not compared"


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


class ImportStatus(models.TextChoices):
    WAITING = "waiting", "Waiting to be read"
    CHECKED = "checked", "Some rows need a decision"
    DONE = "done", "Imported"
    REFUSED = "refused", "Not imported"
    DISCARDED = "discarded", "Put aside"
