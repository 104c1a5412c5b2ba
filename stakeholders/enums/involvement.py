"""The stakeholder map, engagement, and the conditions of taking part."""

from django.db import models


class StakeholderKind(models.TextChoices):
    """Never a person: a map names organisations, groups and roles."""

    ORGANISATION = "organisation", "An organisation"
    GROUP = "group", "A group of people"
    ROLE = "role", "A role, such as senior nurses"


class Sector(models.TextChoices):
    """Three sectors of equal standing, and whoever is in none of them."""

    HEALTH = "health", "Health"
    SOCIAL_CARE = "social_care", "Social care"
    THIRD = "third", "Voluntary and community"
    OTHER = "other", "Other"


class Level(models.IntegerChoices):
    LOW = 1, "Low"
    MIDDLE = 2, "Middle"
    HIGH = 3, "High"


class ProviderStanding(models.TextChoices):
    NONE = "none", "Does not provide services"
    CURRENT = "current", "Provides services now"
    POTENTIAL = "potential", "Could provide services"


class ContactRhythm(models.TextChoices):
    """How often somebody is in touch; `months` is what lies between."""

    NONE = "none", "When there is something to say"
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every three months"
    HALF_YEARLY = "half_yearly", "Every six months"
    YEARLY = "yearly", "Every year"

    @property
    def months(self) -> int:
        return {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}.get(self.value, 0)


class ContactMeans(models.TextChoices):
    MEETING = "meeting", "A meeting"
    VISIT = "visit", "A visit"
    PHONE = "phone", "A phone or video call"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "A letter"


class EngagementKind(models.TextChoices):
    WORKSHOP = "workshop", "Workshop"
    FOCUS_GROUP = "focus_group", "Focus group"
    BOARD = "board", "Board meeting"
    DEPARTMENT = "department", "Departmental meeting"
    ONE_TO_ONE = "one_to_one", "One-to-one talk"


class CameAs(models.TextChoices):
    """In what part people came to an event. Each person is counted in one of them."""

    SERVICE_USERS = "service_users", "Service users"
    CARERS = "carers", "Carers"
    PROFESSIONALS = "professionals", "Clinicians and social-care professionals"
    STAFF = "staff", "Commissioners and managers"
    OTHERS = "others", "Others"


class EngagementEffect(models.TextChoices):
    """What involvement can add (row A3-48)."""

    IDEAS = "ideas", "A new way to solve a problem"
    NETWORKS = "networks", "Links between people, and support from peers"
    LEADERSHIP = "leadership", "People leading and learning where they live"
    ADVOCATES = "advocates", "People who speak up for others"
    PREJUDICE = "prejudice", "Prejudice was challenged"
    INCLUSION = "inclusion", "People were included who had not been"
    STANDARDS = "standards", "A standard that people can trust"
    OTHERS_ENGAGE = "others_engage", "Others were helped to take part"


class ConditionKind(models.TextChoices):
    """The conditions under which people take part (row A3-47), in the order they are read."""

    PROCESS = "process", "How this works, from start to end"
    LIMITS = "limits", "What we can and cannot do"
    DOCUMENTS = "documents", "Papers, and where to find them"
    HURDLES = "hurdles", "What can make it hard to take part, and what we do about it"
    CHANNELS = "channels", "How to get in touch"
    INDUCTION = "induction", "Getting started, and training"
