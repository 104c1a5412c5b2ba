from django.db import models


class Stage(models.TextChoices):
    """Four stages of equal importance, and the end (Commissioning Friend, section 6)."""

    ANALYSE = "analyse", "Analyse"
    PLAN = "plan", "Plan"
    DO = "do", "Do"
    REVIEW = "review", "Review"
    CLOSED = "closed", "Closed"


STAGE_IN_PLAIN_WORDS: dict[str, str] = {
    Stage.ANALYSE: "We find out what people need.",
    Stage.PLAN: "We decide together what to do, and write it down.",
    Stage.DO: "We do it.",
    Stage.REVIEW: "We look at whether it worked.",
    Stage.CLOSED: "This cycle is finished.",
}


class DecisionStatus(models.TextChoices):
    PREPARING = "preparing", "Being prepared: options and evidence can be added"
    RATING = "rating", "Open for rating"
    WEIGHING = "weighing", "Rating has closed: the result is being talked about"
    RECORDED = "recorded", "Decided and recorded"
    DEFERRED = "deferred", "Put off, with the reason"


class Ballot(models.TextChoices):
    SECRET = "secret", "Secret: nobody sees who gave which rating"
    OPEN = "open", "Open: ratings are shown after the close"


BALLOT_IN_PLAIN_WORDS: dict[str, str] = {
    Ballot.SECRET: (
        "What service users and carers give is secret, so nobody sees who gave which rating; what "
        "is given for clinical expertise is shown with names after the close."
    ),
    Ballot.OPEN: (
        "Ratings are open: what everyone gave is shown after the close, and names may stand "
        "beside it."
    ),
}


class RecordType(models.TextChoices):
    CONSENSUS = "consensus", "Consensus: we agree"
    BALANCED = "balanced", "Balanced: we do not all agree, and the values stay in play"
    DEFERRED = "deferred", "Deferred: we do not decide now"


class Stance(models.TextChoices):
    FOR = "for", "For"
    NEUTRAL = "neutral", "Neutral, or a question"
    AGAINST = "against", "Against"


class Certainty(models.TextChoices):
    """How sure the evidence is. Source: the GRADE working group's four levels."""

    HIGH = "high", "High: more research is very unlikely to change it"
    MODERATE = "moderate", "Moderate: more research may change it"
    LOW = "low", "Low: more research is likely to change it"
    VERY_LOW = "very_low", "Very low: we are very unsure"


class EvidenceDirection(models.TextChoices):
    SUPPORTS = "supports", "Speaks for the option"
    MIXED = "mixed", "Points both ways"
    AGAINST = "against", "Speaks against the option"
    CONTEXT = "context", "Background"


class StrategyElement(models.TextChoices):
    """The seven elements of a commissioning strategy, in order.

    Source: Commissioning Friend for Mental Health Services (December 2009), section 6.4.1.
    """

    PURPOSE = "purpose", "What we are for and what we commit to"
    GUIDANCE = "guidance", "Law and national guidance that apply"
    NEEDS = "needs", "What people need, and how that is likely to change"
    SERVICES = "services", "Services now and services that could be, and whether they are enough"
    RESEARCH = "research", "Research and good practice"
    CHANGES = "changes", "What works, what does not, and what we will and will not commission"
    MONITORING = "monitoring", "How we will know whether it worked"


class ActionStatus(models.TextChoices):
    PLANNED = "planned", "Not started"
    UNDER_WAY = "under_way", "Under way"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped, with the reason"


class CarriedKind(models.TextChoices):
    FINDING = "finding", "Something we learned"
    ACTION = "action", "An action that goes on"
    OUTCOME = "outcome", "An outcome to keep watching"


class InvolvementLevel(models.TextChoices):
    """The levels of decision making at which people take part, from being there to judging.

    That service users are to have a part at each stage and at each level is from the Health Service
    Journal's article on values-based commissioning. Which levels there are is ours: they follow
    what this service writes down.
    """

    THERE = "there", "Being there"
    PROPOSING = "proposing", "Proposing"
    TALKING = "talking", "Talking it over"
    WEIGHING = "weighing", "Weighing and deciding"
    DOING = "doing", "Doing"
    JUDGING = "judging", "Judging the result"
