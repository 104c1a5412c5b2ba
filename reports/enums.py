from django.db import models


class ReportKind(models.TextChoices):
    STRATEGY = "strategy", "Commissioning strategy"
    JSNA = "jsna", "Needs assessment (JSNA)"
