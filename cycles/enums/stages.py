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
    RISK = "risk", "A risk to keep watching"


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
