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


class MeetingStatus(models.TextChoices):
    FINDING_DATE = "finding_date", "Finding a date"
    ARRANGED = "arranged", "Arranged"
    BEING_MOVED = "being_moved", "Being moved"
    HELD = "held", "Held"
    CANCELLED = "cancelled", "Cancelled"


# Every step a meeting can take: from, to. Nothing follows held or cancelled.
MEETING_STEPS = frozenset(
    {
        (MeetingStatus.FINDING_DATE, MeetingStatus.ARRANGED),
        (MeetingStatus.FINDING_DATE, MeetingStatus.CANCELLED),
        (MeetingStatus.ARRANGED, MeetingStatus.BEING_MOVED),
        (MeetingStatus.ARRANGED, MeetingStatus.HELD),
        (MeetingStatus.ARRANGED, MeetingStatus.CANCELLED),
        (MeetingStatus.BEING_MOVED, MeetingStatus.ARRANGED),
        (MeetingStatus.BEING_MOVED, MeetingStatus.CANCELLED),
    }
)


class DateChoice(models.TextChoices):
    YES = "yes", "Yes"
    IF_NEED_BE = "if_need_be", "If need be"
    NO = "no", "No"


class AgendaKind(models.TextChoices):
    """What the panel does with an item."""

    HEAR = "hear", "To hear"
    TALK = "talk", "To talk about"
    DECIDE = "decide", "To decide"


class AgendaStatus(models.TextChoices):
    ASKED = "asked", "Asked for"
    TAKEN = "taken", "On the agenda"
    NOT_TAKEN = "not_taken", "Not this time"


class Coming(models.TextChoices):
    YES = "yes", "Coming"
    NO = "no", "Cannot come"


class MinutesStatus(models.TextChoices):
    DRAFT = "draft", "Being written"
    SHARED = "shared", "Shared with the panel"
    AGREED = "agreed", "Agreed by the panel"


class InterestKind(models.TextChoices):
    WORK = "work", "Paid work"
    ROLE = "role", "An unpaid role, such as trustee or volunteer"
    MONEY = "money", "Money, shares or property"
    FAMILY = "family", "Someone close to me"
    OTHER = "other", "Something else"


# --- The stakeholder map, engagement, conditions --------------------------------------------------


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


# --- Safeguarding -------------------------------------------------------------------------------


class ConcernStatus(models.TextChoices):
    NEW = "new", "Waiting to be looked at"
    LOOKED_AT = "looked_at", "Being looked at"
    PASSED_ON = "passed_on", "Passed on"
    CLOSED = "closed", "Closed"


class ConcernStepKind(models.TextChoices):
    LOOKED_AT = "looked_at", "Looked at for the first time"
    NOTE = "note", "Note"
    PASSED_ON = "passed_on", "Passed on"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Looked at again"


class PassedTo(models.TextChoices):
    LOCAL_AUTHORITY = "local_authority", "The local council's safeguarding team"
    POLICE = "police", "The police"
    PROVIDER = "provider", "The service that it is about"


class MayKnow(models.TextChoices):
    """Who may be told who raised a concern, as that person decided."""

    READER = "reader", "Only the person who reads this"
    HELPERS = "helpers", "Also people whose help is needed"
    ANYONE = "anyone", "Anybody, I do not mind"


class PaymentKind(models.TextChoices):
    """What a payment is for, as the person and those who pay read it. `NEUTRAL_WORDS` is for
    everybody else: finance, and whoever reads a letter."""

    MEETING = "meeting", "Taking part in a meeting"
    READING = "reading", "Reading and preparing"
    LATE_CANCELLATION = "cancelled", "A meeting cancelled late"
    COVER = "cover", "Stepping in for a member"
    CARER_COVER = "care", "Someone to look after another person meanwhile"
    TRAVEL = "travel", "Travel"
    EXPENSES = "expenses", "Other expenses"

    @classmethod
    def money_back(cls) -> set[str]:
        """What only gives back what somebody has spent, or will."""
        return {cls.CARER_COVER, cls.TRAVEL, cls.EXPENSES}


# Says neither that somebody cares for anyone, nor that somebody was away.
NEUTRAL_WORDS: dict[str, str] = {
    PaymentKind.MEETING: "panel meeting",
    PaymentKind.READING: "reading",
    PaymentKind.LATE_CANCELLATION: "panel meeting",
    PaymentKind.COVER: "panel meeting",
    PaymentKind.CARER_COVER: "expenses",
    PaymentKind.TRAVEL: "travel",
    PaymentKind.EXPENSES: "expenses",
}


class PaymentStatus(models.TextChoices):
    OFFERED = "offered", "Offered"
    CLAIMED = "claimed", "Claimed"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    APPROVED = "approved", "To be paid"
    REFUSED = "refused", "Not paid"
    PAID = "paid", "Paid"

    @classmethod
    def owed(cls) -> set[str]:
        """States in which the person waits for money, so that it can be late."""
        return {cls.CLAIMED, cls.ACCEPTED, cls.APPROVED}


# From each state, those that may follow. A person can change their mind until it is paid.
PAYMENT_STEPS: dict[str, set[str]] = {
    PaymentStatus.OFFERED: {
        PaymentStatus.ACCEPTED,
        PaymentStatus.DECLINED,
        PaymentStatus.REFUSED,
    },
    PaymentStatus.CLAIMED: {
        PaymentStatus.APPROVED,
        PaymentStatus.DECLINED,
        PaymentStatus.REFUSED,
    },
    PaymentStatus.ACCEPTED: {
        PaymentStatus.APPROVED,
        PaymentStatus.DECLINED,
        PaymentStatus.REFUSED,
    },
    PaymentStatus.DECLINED: {PaymentStatus.ACCEPTED},
    PaymentStatus.APPROVED: {PaymentStatus.PAID, PaymentStatus.DECLINED},
    PaymentStatus.REFUSED: set(),
    PaymentStatus.PAID: set(),
}


class InductionStep(models.TextChoices):
    """The short guided start, one idea a page. The first nine are for everyone."""

    COMMISSIONING = "commissioning", "What this is about"
    CYCLE = "cycle", "Four steps, round and round"
    PANEL = "panel", "How a panel works"
    PILLARS = "pillars", "Three kinds of knowledge"
    DECIDING = "deciding", "How a choice is made"
    LEAVING = "leaving", "You can leave at any time"
    SUPPORT = "support", "What you can ask for"
    YOUR_WORDS = "your-words", "What becomes of your words"
    ASKING = "asking", "How to ask, and whom"
    STANDING_IN = "standing-in", "If you stand in for someone"
    BESIDE = "beside-someone", "If you sit beside someone"
    WORKING_TOGETHER = "working-together", "If you work in health or social care"
    READING_STUDIES = "reading-studies", "If you read and judge studies"

    @classmethod
    def for_everyone(cls) -> list["InductionStep"]:
        return list(cls)[:9]


class Guide(models.TextChoices):
    """Longer guides that anyone can read without signing in."""

    INFLUENCE = "how-to-influence", "How to influence what is bought"
    BEING_ON_A_PANEL = "being-on-a-panel", "Being on a panel"


class Characteristic(models.TextChoices):
    """What members may say of themselves, each if they like."""

    AGE = "age", "Age"
    SEX = "sex", "Sex"
    GENDER = "gender_identity", "Gender the same as the sex registered at birth"
    ETHNIC_GROUP = "ethnic_group", "Ethnic group"
    DISABILITY = "disability", "Disability"
    ORIENTATION = "sexual_orientation", "Sexual orientation"
    RELIGION = "religion", "Religion or belief"


PREFER_NOT_TO_SAY = "prefer_not"

# The answers, as the Census of 2021 for England and Wales asks and sums them up (Office for
# National Statistics), so that they can stand beside its figures.
CATEGORIES: dict[str, tuple[tuple[str, str], ...]] = {
    Characteristic.AGE: (
        ("under_25", "Under 25"),
        ("25_34", "25 to 34"),
        ("35_49", "35 to 49"),
        ("50_64", "50 to 64"),
        ("65_74", "65 to 74"),
        ("75_over", "75 or over"),
    ),
    Characteristic.SEX: (("female", "Female"), ("male", "Male")),
    Characteristic.GENDER: (("same", "The same"), ("different", "Different")),
    Characteristic.ETHNIC_GROUP: (
        ("asian", "Asian, Asian British or Asian Welsh"),
        ("black", "Black, Black British, Black Welsh, Caribbean or African"),
        ("mixed", "Mixed or multiple ethnic groups"),
        ("white", "White"),
        ("other", "Another ethnic group"),
    ),
    Characteristic.DISABILITY: (("disabled", "Disabled"), ("not_disabled", "Not disabled")),
    Characteristic.ORIENTATION: (
        ("straight", "Straight or heterosexual"),
        ("gay_lesbian", "Gay or lesbian"),
        ("bisexual", "Bisexual"),
        ("another", "Another sexual orientation"),
    ),
    Characteristic.RELIGION: (
        ("none", "No religion"),
        ("christian", "Christian"),
        ("buddhist", "Buddhist"),
        ("hindu", "Hindu"),
        ("jewish", "Jewish"),
        ("muslim", "Muslim"),
        ("sikh", "Sikh"),
        ("another", "Another religion or belief"),
    ),
}
