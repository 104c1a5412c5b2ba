from calendar import monthrange
from datetime import date, timedelta

from django.db import models


class ReportKind(models.TextChoices):
    STRATEGY = "strategy", "Commissioning strategy"
    JSNA = "jsna", "Needs assessment (JSNA)"
    DECISION = "decision", "Decision record"
    EQUALITY = "equality", "Equality impact assessment"
    BOARD = "board", "Board pack"
    INVOLVEMENT = "involvement", "Involvement report"
    PAPERS = "papers", "Meeting papers"
    MINUTES = "minutes", "Minutes"


class Subject(models.TextChoices):
    """What a document can be about."""

    CYCLE = "cycle", "A commissioning cycle"
    DECISION = "decision", "A decision"
    MEETING = "meeting", "A meeting of a panel"


class Version(models.TextChoices):
    """The same facts for different readers."""

    FULL = "full", "The whole document"
    ONE_PAGE = "one-page", "On one page"
    EASY_READ = "easy-read", "In easy words"


class FileFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word file"
    TABLES = "xlsx", "Excel file"
    CSV = "zip", "CSV files"


class Rhythm(models.TextChoices):
    """How often a document is made by itself."""

    WEEKLY = "weekly", "Every week"
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every three months"

    def after(self, day: date) -> date:
        """The next day of this rhythm. A month that has no such day has its last one instead."""
        if self is Rhythm.WEEKLY:
            return day + timedelta(days=7)
        months = day.year * 12 + day.month - 1 + (1 if self is Rhythm.MONTHLY else 3)
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
