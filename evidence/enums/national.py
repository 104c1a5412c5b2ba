"""National words and figures that a needs assessment quotes, each with its source."""

from dataclasses import dataclass

# The duty, in plain words. Source: section 116 of the Local Government and Public Involvement in
# Health Act 2007, in force for this since 1 April 2008.
DUTY = (
    "A needs assessment says who needs what in an area, how many they are, who goes without, and "
    "what is likely to change. The law asks for one: since 1 April 2008 councils and the NHS have "
    "had to assess together what the people of their area need (Local Government and Public "
    "Involvement in Health Act 2007, section 116). It comes first: plans start from it, and so "
    "does what is bought."
)

DEFINITION = (
    "a state of well-being in which the individual realises his or her own abilities, can cope "
    "with the normal stresses of life, can work productively and fruitfully and is able to make a "
    "contribution to his or her community"
)
DEFINITION_SOURCE = "World Health Organization, on mental health"


@dataclass(frozen=True, slots=True)
class Target:
    """A national figure. `number` is a count of people or times a year for all of England, of
    which a local share can be worked out; None where it is a change and not a count."""

    text: str
    number: int | None
    unit: str


# Source: Commissioning Friend for Mental Health Services (December 2009), appendix 1: targets
# of 2009/10, which even then no longer bound anybody to what is put in.
TARGETS = (
    Target("New cases of psychosis seen by early intervention teams", 7_500, "people a year"),
    Target("Times that people in a crisis were treated at home", 100_000, "times a year"),
    Target("Deaths by suicide, allowing for age: down by one fifth by 2010", None, ""),
)
TARGETS_SOURCE = (
    "Targets for England in 2009/10, from Commissioning Friend for Mental Health Services, 2009, "
    "appendix 1. They are old; they show what such a number means for a place of this size."
)


@dataclass(frozen=True, slots=True)
class NationalIndicator:
    """Something measured nationally; `word` finds it among the names in a library."""

    tier: str
    text: str
    word: str


# Source: the same, appendix 1, vital signs by tier.
INDICATORS = (
    NationalIndicator("Tier 1", "Deaths by suicide and injury of undetermined intent", "suicide"),
    NationalIndicator(
        "Tier 2",
        "Talking therapies: how many of those with depression or anxiety are offered them",
        "talking",
    ),
    NationalIndicator(
        "Tier 3",
        "Adults in contact with specialist mental health services who have settled accommodation",
        "accommodation",
    ),
    NationalIndicator(
        "Tier 3",
        "Adults in contact with specialist mental health services who are in work",
        "employment",
    ),
)
