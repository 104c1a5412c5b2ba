"""What has been written."""

from django.db import models


class ReferenceKind(models.TextChoices):
    REVIEW = "review", "Systematic review"
    TRIAL = "trial", "Trial"
    STUDY = "study", "Other study"
    GUIDANCE = "guidance", "Guidance or policy"
    EXPERIENCE = "experience", "Account of experience"
    LOCAL_DATA = "local_data", "Local data"
