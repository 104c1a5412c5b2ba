"""Services as they are: who runs them, where they sit, what is known of them."""

from django.db import models


class ProviderSector(models.TextChoices):
    """Who runs a service. Those run by people who use services stand beside the others, not under
    them."""

    NHS = "nhs", "NHS"
    COUNCIL = "council", "Local authority"
    INDEPENDENT = "independent", "Independent company"
    VOLUNTARY = "voluntary", "Voluntary and community"
    USER_LED = "user_led", "Run by people who use services"


class ServiceLevel(models.TextChoices):
    """From staying well to the most specialised care, in the order of the map.

    Prevention, early help, treatment and crisis are the four of section 4.1 of the Commissioning
    Friend for Mental Health Services (NMHDU, December 2009). Primary care, hospital and specialised
    care are added so that a map shows health, social care and third sector together.
    """

    PREVENTION = "prevention", "Prevention and staying well"
    EARLY = "early", "Early help"
    PRIMARY = "primary", "Primary care"
    COMMUNITY = "community", "Treatment and support in the community"
    CRISIS = "crisis", "Crisis"
    INPATIENT = "inpatient", "Hospital"
    SPECIALISED = "specialised", "Specialised care"


class ServiceStatus(models.TextChoices):
    PLANNED = "planned", "Planned"
    IN_USE = "in_use", "In use"
    CLOSING = "closing", "Closing"
    CLOSED = "closed", "Closed"

    @classmethod
    def open(cls) -> list[str]:
        """Those that people can go to today."""
        return [cls.IN_USE, cls.CLOSING]


class WayIn(models.TextChoices):
    SELF = "self", "They can just come or call"
    CARER = "carer", "A carer or relative can ask"
    GP = "gp", "Through a GP"
    PROFESSIONAL = "professional", "Through another professional"
    SOCIAL_CARE = "social_care", "Through social care"
    SCHOOL = "school", "Through school or college"
    EMERGENCY = "emergency", "Through 111, 999 or A&E"
    JUSTICE = "justice", "Through police, courts or prison"
    OTHER_SERVICE = "other_service", "Only from another service"


class FigureKind(models.TextChoices):
    """What is counted of a service. Each is either known, with its source, or said to be unknown,
    with why."""

    COST = "cost", "What it costs"
    CAPACITY = "capacity", "How much it can do"
    ACTIVITY = "activity", "How much it does"
    WAITING = "waiting", "How long people usually wait"
    LENGTH = "length", "How long help usually lasts"
    UNMET = "unmet", "How many need it and do not get it"

    @classmethod
    def in_days(cls) -> set[str]:
        return {cls.WAITING, cls.LENGTH}

    @classmethod
    def with_unit(cls) -> set[str]:
        """Those that need to say what is counted, and over how long."""
        return {cls.CAPACITY, cls.ACTIVITY}


class FigurePeriod(models.TextChoices):
    AT_ONCE = "at_once", "at any one time"
    WEEK = "week", "a week"
    MONTH = "month", "a month"
    YEAR = "year", "a year"


class CostBasis(models.TextChoices):
    CONTRACT = "contract", "What the contract says"
    BUDGET = "budget", "What was budgeted"
    SPENT = "spent", "What was spent"
    GRANT = "grant", "A grant"
    ESTIMATE = "estimate", "An estimate"


class ServiceEventKind(models.TextChoices):
    OPENED = "opened", "Opened"
    CHANGED = "changed", "Changed"
    MOVED = "moved", "Moved"
    EVALUATED = "evaluated", "Evaluated"
    CLOSED = "closed", "Closed"


class ChoicePoint(models.TextChoices):
    """Where people should have a choice.

    Source: the four choice points of Our Choices in Mental Health, as section 2.2.6 of the
    Commissioning Friend for Mental Health Services (NMHDU, December 2009) gives them.
    """

    LIFE = "life", "How to live their life"
    ACCESS = "access", "How they come to the service"
    ASSESSMENT = "assessment", "How they are assessed"
    TREATMENT = "treatment", "Which help they get"


CHOICE_QUESTIONS: dict[str, str] = {
    ChoicePoint.LIFE: "Can people choose help with their life, such as work, home and friends?",
    ChoicePoint.ACCESS: "Can people choose how, where and when they first come?",
    ChoicePoint.ASSESSMENT: "Can people choose where, when and with whom they are assessed?",
    ChoicePoint.TREATMENT: "Can people choose between kinds of help, and who gives it?",
}


class ChoiceAnswer(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class FallsOut(models.TextChoices):
    """Whether people are lost between one step and the next."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Nobody has counted"
