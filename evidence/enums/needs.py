"""Needs assessments: chapters, and groups of people."""

import enum

from django.db import models


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
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
    `CHAPTER_PROMPTS`."""

    PEOPLE = "people", "Who lives here"
    NEED = "need", "What people need now"
    FUTURE = "future", "How need is likely to change"
    SERVICES = "services", "What services there are"
    EXPERIENCE = "experience", "What people say"
    CLINICAL_VIEW = "clinical_view", "What clinicians see"
    GAPS = "gaps", "What is missing"
    PRIORITIES = "priorities", "What matters most"


CHAPTER_PROMPTS: dict[str, str] = {
    NeedsChapter.PEOPLE: "How many people live here, and what should a reader know about them?",
    NeedsChapter.NEED: "What do the figures say about need, and how big is it?",
    NeedsChapter.FUTURE: "What is likely to change in the next five years, and why?",
    NeedsChapter.SERVICES: "Which services are there, and how many people do they reach?",
    NeedsChapter.EXPERIENCE: "What do people who use services and carers say, in their own words?",
    NeedsChapter.CLINICAL_VIEW: "What do the people who provide care see every day?",
    NeedsChapter.GAPS: "Who needs help and does not get it? How many, if that is known?",
    NeedsChapter.PRIORITIES: "Which needs come first, and why?",
}


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
