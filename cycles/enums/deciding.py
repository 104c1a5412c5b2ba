from django.db import models

from stakeholders.enums import Pillar


class DecisionStatus(models.TextChoices):
    PREPARING = "preparing", "Being prepared: options and evidence can be added"
    RATING = "rating", "Open for rating"
    WEIGHING = "weighing", "Rating has closed: the result is being talked about"
    RECORDED = "recorded", "Decided and recorded"
    DEFERRED = "deferred", "Put off, with the reason"


class Ballot(models.TextChoices):
    SECRET = "secret", "Secret: nobody sees who gave which rating"
    ALL_SECRET = "sealed", "Secret, also what is given for clinical expertise"
    OPEN = "open", "Open: ratings are shown after the close"


BALLOT_IN_PLAIN_WORDS: dict[str, str] = {
    Ballot.SECRET: (
        "What service users and carers give is secret: nobody sees who gave which rating. What is "
        "given for clinical expertise is shown with names after the close."
    ),
    Ballot.ALL_SECRET: (
        "What anyone gives is secret: nobody sees who gave which rating. A clinician asked for "
        "that before the first round."
    ),
    Ballot.OPEN: (
        "Ratings are open: what everyone gave is shown after the close, and names may stand "
        "beside it."
    ),
}


# Whose ratings nobody sees, by how ballots are kept; a pillar is secret as a whole.
SECRET_PILLARS: dict[str, frozenset[str]] = {
    Ballot.SECRET: frozenset({Pillar.SERVICE_USERS_AND_CARERS}),
    Ballot.ALL_SECRET: frozenset({Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL}),
    Ballot.OPEN: frozenset(),
}


class RecordType(models.TextChoices):
    CONSENSUS = "consensus", "Consensus: we agree"
    BALANCED = "balanced", "Balanced: we do not all agree, and the values stay in play"
    DEFERRED = "deferred", "Deferred: we do not decide now"


class Heard(models.TextChoices):
    """What the people of a pillar say together of being heard; never how many say it."""

    YES = "yes", "Yes, we were heard"
    NOT_ALL = "not_all", "No, not all of us were heard"
    NO = "no", "No, we were not"


class DecisionKind(models.TextChoices):
    """What sort of question it is. The last two carry a list of questions of their own."""

    ORDINARY = "ordinary", "What to buy, change or keep"
    SPECIALISED = "specialised", "A specialised service, for few people and a large area"
    DISINVESTMENT = "disinvestment", "Whether to stop or shrink a service"


class BallotMethod(models.TextChoices):
    """How members say what they think of the options."""

    RATING = "rating", "A number from 1 to 9 for each option"
    RANKING = "ranking", "The options in order, the best first"
    YES_NO = "yes_no", "Yes or no to each option"


class YesNo(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"


class OptionKind(models.TextChoices):
    SERVICE = "service", "A service"
    STANDARD = "standard", "A standard that services have to meet"
    STOP = "stop", "Stop or shrink a service"
    ROLL_ON = "roll_on", "Let a contract run on as it is"
    NOTHING = "nothing", "Change nothing"


class Reach(models.TextChoices):
    """When in the course of things an option helps (Commissioning Friend, section 4.1)."""

    PREVENTION = "prevention", "Before anything is wrong"
    EARLY = "early", "Early, when it begins"
    TREATMENT = "treatment", "Treatment and support"
    CRISIS = "crisis", "In a crisis"


class Intensity(models.IntegerChoices):
    """How much an option asks of the people it is for, least first."""

    LIGHT = 1, "Light: information, peers, self-help"
    COMMUNITY = 2, "Regular help near home"
    INTENSIVE = 3, "Frequent help, at home or by day"
    RESIDENTIAL = 4, "A bed, by day and night"


class FundingRoute(models.TextChoices):
    """How the money reaches whoever helps (Commissioning Friend, sections 3.1.1 and 5.3)."""

    CONTRACT = "contract", "A contract with a provider"
    GRANT = "grant", "A grant"
    POOLED = "pooled", "A pooled fund of health and social care"
    PERSONAL_BUDGET = "personal_budget", "A personal health budget"
    INDIVIDUAL_BUDGET = "individual_budget", "An individual budget"
    DIRECT_PAYMENT = "direct_payment", "A direct payment to the person"
    NO_MONEY = "no_money", "It needs no money"


class ProviderKind(models.TextChoices):
    NHS = "nhs", "The NHS"
    COUNCIL = "council", "A council"
    VOLUNTARY = "voluntary", "A charity or community group"
    USER_LED = "user_led", "People who use services, or carers"
    INDEPENDENT = "independent", "A company"
    UNDECIDED = "undecided", "Not decided"


class Checklist(models.TextChoices):
    """Lists of questions that an option or a decision is held against."""

    FOUR_FAULTS = "four_faults", "Four faults of the past"
    SCORECARD = "scorecard", "Five things to balance"
    SPECIALISED = "specialised", "A specialised service, done well"
    DISINVESTMENT = "disinvestment", "Stopping a service, done well"


class ChecklistAnswerKind(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "We do not know"


class BoardAnswerKind(models.TextChoices):
    ACCEPTED = "accepted", "Accepted as the panel put it"
    VARIED = "varied", "Accepted with changes"
    REFUSED = "refused", "Not accepted"


class SignatureKind(models.TextChoices):
    SIGNED = "signed", "Says that the record is accurate"
    REFUSED = "refused", "Does not sign"
