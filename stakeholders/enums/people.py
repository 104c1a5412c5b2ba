"""Who takes part: organisations, panels, seats, and what people speak from."""

from django.db import models


class OrganisationKind(models.TextChoices):
    ICB = "icb", "Integrated care board"
    CCG = "ccg", "Clinical commissioning group"
    PCT = "pct", "Primary care trust"
    LOCAL_AUTHORITY = "la", "Local authority"


class OrganisationRole(models.TextChoices):
    ADMIN = "admin", "Administrator"
    COMMISSIONER = "commissioner", "Commissioner"


class Pillar(models.TextChoices):
    """The three equal pillars, in the one order in which they are always shown."""

    SERVICE_USERS_AND_CARERS = "service_users_and_carers", "Service users and carers"
    CLINICAL = "clinical", "Clinical expertise"
    EVIDENCE = "evidence", "Evidence"


class Perspective(models.TextChoices):
    """What a person speaks from, in their own words chosen from these."""

    SERVICE_USER = "service_user", "Service user"
    CARER = "carer", "Carer"
    CLINICIAN = "clinician", "Clinician"
    SOCIAL_CARE = "social_care", "Social-care professional"
    EVIDENCE_REVIEWER = "evidence_reviewer", "Evidence reviewer"
    IN_ATTENDANCE = "in_attendance", "In attendance"

    @property
    def pillar(self) -> "Pillar | None":
        return PILLAR_OF.get(self)


PILLAR_OF: dict[str, Pillar] = {
    Perspective.SERVICE_USER: Pillar.SERVICE_USERS_AND_CARERS,
    Perspective.CARER: Pillar.SERVICE_USERS_AND_CARERS,
    Perspective.CLINICIAN: Pillar.CLINICAL,
    Perspective.SOCIAL_CARE: Pillar.CLINICAL,
    Perspective.EVIDENCE_REVIEWER: Pillar.EVIDENCE,
}


# Whose places have cover: whoever may become unwell, or have somebody at home who does.
COVERED = frozenset({Perspective.SERVICE_USER, Perspective.CARER})


class PanelStatus(models.TextChoices):
    FORMING = "forming", "Being formed"
    SITTING = "sitting", "Sitting"
    PAUSED = "paused", "Waiting for a member"
    CLOSED = "closed", "Closed"


class PanelAuthority(models.TextChoices):
    ADVISORY = "advisory", "Advises the board, which decides"
    DELEGATED = "delegated", "Decides, on behalf of the board"


class SeatKind(models.TextChoices):
    """What a person is on the panel for. Only members and, while they are away, their cover have a
    voice."""

    MEMBER = "member", "Member"
    COVER = "cover", "Cover"
    RESERVE = "reserve", "On the reserve list"
    SUPPORTER = "supporter", "Beside a member"


class SeatStatus(models.TextChoices):
    ACTIVE = "active", "Taking part"
    AWAY = "away", "Away"
    STANDBY = "standby", "Ready to step in"
    LEFT = "left", "Left"
