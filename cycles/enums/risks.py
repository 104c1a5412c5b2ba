"""Risks: what kind, how likely, how bad."""

from django.db import models


class RiskKind(models.TextChoices):
    """Digital and new ways of working stand first: they bring steps forward, and risks that have
    to be managed openly (Valued care in mental health model)."""

    DIGITAL = "digital", "Digital"
    INNOVATION = "innovation", "A new way of working"
    SAFETY = "safety", "People's safety"
    MONEY = "money", "Money"
    PEOPLE = "people", "Staff, and people who take part"
    PARTNERSHIP = "partnership", "Working with partners"
    OTHER = "other", "Something else"


class Likelihood(models.IntegerChoices):
    RARE = 1, "1: hardly ever"
    UNLIKELY = 2, "2: not likely"
    POSSIBLE = 3, "3: may well happen"
    LIKELY = 4, "4: likely"
    CERTAIN = 5, "5: nearly certain"


class Impact(models.IntegerChoices):
    SLIGHT = 1, "1: hardly felt"
    MINOR = 2, "2: a small setback"
    MODERATE = 3, "3: people notice, and it can be mended"
    MAJOR = 4, "4: people are harmed, or a service fails"
    SEVERE = 5, "5: people are badly harmed, or a service ends"
