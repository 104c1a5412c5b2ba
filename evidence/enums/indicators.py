"""What is said of an indicator besides its figures."""

from dataclasses import dataclass

from django.db import models


class BenchmarkMethod(models.TextChoices):
    """How an area is compared with a benchmark where the source does not say it of the figure.

    The publisher's choice where its description of the indicator names one. The methods are in
    `evidence.comparing`.
    """

    INTERVAL = "ci", "By its 95% interval"
    PROPORTION = "proportion", "By limits for a proportion of its size"
    QUINTILES = "quintiles", "By fifths of all areas, from lowest to highest"
    GOAL = "goal", "Against a goal"
    NONE = "none", "Not compared"


class Tier(models.TextChoices):
    """Who chose that this is measured. Source: the Vital Signs of the NHS Operating Framework, as
    told in The Commissioning Friend for Mental Health Services (December 2009), chapter 6.2.
    """

    MUST = "must", "National must-do"
    NATIONAL = "national", "National priority, delivered locally"
    LOCAL = "local", "Local choice"


TIER_MEANING: dict[str, str] = {
    Tier.MUST: "A few things that every area has to do. What and when is laid down nationally.",
    Tier.NATIONAL: "Few national priorities. Each area decides how to get there.",
    Tier.LOCAL: (
        "Chosen here, after asking communities and partners. No one outside manages it. The page "
        "of each says which consultation it came from."
    ),
}


@dataclass(frozen=True, slots=True)
class VitalSign:
    """An indicator that the Vital Signs named for mental health."""

    code: str
    name: str
    unit: str
    tier: Tier
    polarity: str


# Source: The Commissioning Friend for Mental Health Services (December 2009), appendix 1.
VITAL_SIGNS = (
    VitalSign(
        "vital-sign-suicide",
        "Mortality rate from suicide and injury of undetermined intent",
        "per 100,000",
        Tier.MUST,
        "low",
    ),
    VitalSign(
        "vital-sign-therapies",
        "People with depression or anxiety disorders who are offered psychological therapy",
        "%",
        Tier.NATIONAL,
        "high",
    ),
    VitalSign(
        "vital-sign-accommodation",
        "Adults in contact with secondary mental health services in settled accommodation",
        "%",
        Tier.LOCAL,
        "high",
    ),
    VitalSign(
        "vital-sign-employment",
        "Adults in contact with secondary mental health services in employment",
        "%",
        Tier.LOCAL,
        "high",
    ),
)
