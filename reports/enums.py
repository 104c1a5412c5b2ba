from django.db import models


class ReportKind(models.TextChoices):
    STRATEGY = "strategy", "Commissioning strategy"
    JSNA = "jsna", "Needs assessment (JSNA)"


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
