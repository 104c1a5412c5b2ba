"""Needs assessments: chapters, the numbers in brief, groups of people, gaps and plans."""

import enum

from django.db import models


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "Open for comments"
    PUBLISHED = "published", "Published"


class Display(models.TextChoices):
    """What a chart of a needs assessment shows."""

    TREND = "trend", "The years, beside England"
    GROUPS = "groups", "Groups of people, side by side"
    INEQUALITY = "inequality", "From the most to the least deprived"
    AREAS = "areas", "All areas of its kind"
    MAP = "map", "A map of areas"
    SPINE = "spine", "Where the area stands, indicator by indicator"
    RUG = "rug", "Indicators and areas as a grid"

    ABOUT_GROUPS = enum.nonmember(frozenset({"groups", "inequality"}))
    # These are about all indicators of the library that have figures of the area.
    ABOUT_AN_AREA = enum.nonmember(frozenset({"spine", "rug"}))


class NeedsChapter(models.TextChoices):
    """The chapters of a needs assessment, in order. The plain question each answers is in
    `CHAPTER_PROMPTS`.

    Sources: the contents lists of two published needs assessments (Bolton's chapter on mental
    health; Sandwell's mental health needs and assets assessment); for the wider determinants, the
    assets, the three pillars and the two pictures, Commissioning Friend for Mental Health Services
    (NMHDU and Commissioning Support for London, December 2009).
    """

    ABOUT = "about", "What this is for"
    PEOPLE = "people", "Who lives here"
    WIDER = "wider_determinants", "What shapes mental health here"
    WELLBEING = "wellbeing", "How well people feel"
    AT_RISK = "at_risk", "Who is at risk, and why"
    NEED = "need", "What people need now"
    FUTURE = "future", "How need is likely to change"
    SERVICES = "services", "What services there are"
    ASSETS = "assets", "What is strong here"
    EXPERIENCE = "experience", "What people say"
    CLINICAL_VIEW = "clinical_view", "What clinicians see"
    WORKS = "what_works", "What works"
    MONEY = "money", "What it costs"
    NATIONAL = "national", "The national picture"
    LOCAL = "local", "The local picture"
    GAPS = "gaps", "What is missing"
    PRIORITIES = "priorities", "What matters most"
    UNKNOWN = "unknown", "What we do not know yet"


CHAPTER_PROMPTS: dict[str, str] = {
    NeedsChapter.ABOUT: "What was looked at, what was left out, and who took part?",
    NeedsChapter.PEOPLE: "How many people live here, and what should a reader know about them?",
    NeedsChapter.WIDER: "What in daily life here helps or harms people's mental health?",
    NeedsChapter.WELLBEING: "How well do people here feel, and how do we know?",
    NeedsChapter.AT_RISK: "Who is more likely to become unwell here, and why?",
    NeedsChapter.NEED: "What do the figures say about need, and how big is it?",
    NeedsChapter.FUTURE: "What is likely to change in the next five years, and why?",
    NeedsChapter.SERVICES: "Which services are there, and how many people do they reach?",
    NeedsChapter.ASSETS: "What do people, groups and places here already do well?",
    NeedsChapter.EXPERIENCE: "What do people who use services and carers say, in their own words?",
    NeedsChapter.CLINICAL_VIEW: "What do the people who provide care see every day?",
    NeedsChapter.WORKS: "What is known to help, and how sure is that?",
    NeedsChapter.MONEY: "What is spent here, on what, and what does it cost to do nothing?",
    NeedsChapter.NATIONAL: "What does the country want to reach, and what does it do for it?",
    NeedsChapter.LOCAL: "What is wanted here, now and later, and who here can provide it?",
    NeedsChapter.GAPS: "Who needs help and does not get it? How many, if that is known?",
    NeedsChapter.PRIORITIES: "Which needs come first, and why?",
    NeedsChapter.UNKNOWN: "What do we not know, and what will be done to find out?",
}

# What a chapter should not forget, for whoever writes it.
CHAPTER_HINTS: dict[str, str] = {
    NeedsChapter.WIDER: (
        "Such as transport, leisure, education, housing, health and employment; and whether people "
        "get the information, advice and advocacy that they need to choose."
    ),
    NeedsChapter.NATIONAL: (
        "What the policies aim at and what supports them. Nine things bear on it: how good the "
        "commissioning is, policy, limited money, what has to be reached, skilled staff, care made "
        "to fit the person, stigma and discrimination, choice, and the part that service users and "
        "carers have."
    ),
    NeedsChapter.LOCAL: (
        "Work, money and daily life here, unfair differences in health, what is wanted now and "
        "later, and the partners who could offer more."
    ),
    NeedsChapter.UNKNOWN: "Say for each what you will do about it, and by when.",
}


class NumberKind(models.TextChoices):
    """The five numbers that a needs assessment is asked for first.

    Source: a study of 23 London needs assessments, of which none gave the size of unmet need or
    what it costs, and about one in seventeen a local level of wellbeing.
    """

    PREVALENCE = "prevalence", "With the condition"
    TREATED = "treated", "Treated"
    UNMET = "unmet", "The gap"
    WELLBEING = "wellbeing", "How well people feel"
    COST = "cost", "What it costs"

    @property
    def question(self) -> str:
        return _QUESTIONS[self]

    @property
    def hundredths(self) -> bool:
        """Whether its amount is kept in hundredths: pence, or a score with two decimals."""
        return self in (NumberKind.WELLBEING, NumberKind.COST)


_QUESTIONS: dict[str, str] = {
    NumberKind.PREVALENCE: "How many people have the condition?",
    NumberKind.TREATED: "How many people are treated?",
    NumberKind.UNMET: "How many people go without?",
    NumberKind.WELLBEING: "How well do people feel?",
    NumberKind.COST: "What does it cost?",
}


class Horizon(models.TextChoices):
    NOW = "now", "Now"
    LATER = "later", "Expected later"


class NumberState(models.TextChoices):
    KNOWN = "known", "It is known, or estimated"
    WORKED_OUT = "worked_out", "Work it out: those with the condition, less those treated"
    NOT_KNOWN = "not_known", "It is not known"


class CoverageState(models.TextChoices):
    ASSESSED = "assessed", "Assessed"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class ParticularGroup(models.TextChoices):
    """The groups whose needs a needs assessment must speak of, or say that it does not.

    Source: Commissioning Friend for Mental Health Services (NMHDU and Commissioning Support for
    London, December 2009), appendix 4.
    """

    CHILDREN = "children", "Children and young people"
    OLDER = "older", "Older people"
    DEMENTIA = "dementia", "People with dementia"
    LEARNING_DISABILITY = "learning_disability", "People with learning disabilities"
    ETHNIC_MINORITIES = "ethnic_minorities", "Black and minority ethnic communities"
    OFFENDERS = "offenders", "People in contact with the justice system"
    SOCIAL_INCLUSION = "social_inclusion", "People at risk of social exclusion"
    CHRONIC_EXCLUSION = "chronic_exclusion", "Adults facing chronic exclusion"
    PERSONALITY_DISORDER = "personality_disorder", "People with a personality disorder diagnosis"
    SUBSTANCE_MISUSE = "substance_misuse", "People who use drugs or alcohol harmfully"


class Challenge(models.TextChoices):
    """What makes a need hard to meet, as a tag on a gap.

    Source: the same, section 1, on the challenges of commissioning mental health services.
    """

    BALANCE = "balance", "Balancing efficiency, effectiveness and quality"
    TWO_CULTURES = "two_cultures", "Health and social care work in different ways"
    HEARD_IN_PLANS = "heard_in_plans", "Mental health is left out of partners' plans"
    INEQUALITY = "inequality", "Unfair differences in health"
    PERSONAL = "personal", "Care that fits the person"
    CHOICE = "choice", "More kinds of help to choose from"
    PATHWAYS = "pathways", "The way through care"
    CONTRACTS = "contracts", "Looking after contracts"
    SKILLS = "skills", "Buying skills"
    INVESTMENT = "investment", "Choosing where money goes first"
    NEW_THINGS = "new_things", "New things that rest on evidence"
    TOGETHER = "together", "Making it together"


class Outcome(models.TextChoices):
    """What it would change in people's lives; the first four as a national strategy names them.

    Source: No Health Without Mental Health (HM Government, 2011), section 2.3.
    """

    HOME = "home", "A suitable and stable place to live"
    EDUCATION = "education", "Chances to learn"
    JOBS = "jobs", "A job"
    SOCIAL = "social", "Contact with other people"
    OTHER = "other", "Something else that matters to people"


class InPlan(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "We have not looked yet"
