"""Calls for views: what is asked, and what those who answer speak from."""

from django.db import models


class QuestionKind(models.TextChoices):
    WORDS = "words", "In their own words"
    CHOICE = "choice", "Choose one of a few answers"
    HOPES = "hopes", "How it is now, and what they hope for"


class SpeaksFrom(models.TextChoices):
    """Coarse on purpose, and nobody has to say it."""

    USES = "uses", "I use services, or have used them"
    CARES = "cares", "I care for somebody who does"
    WORKS = "works", "I work in health or social care"
    OTHER = "other", "None of these"
