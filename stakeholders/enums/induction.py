"""The guided start, the guides, and how members describe themselves."""

from django.db import models


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
    ASKING = "asking", "Who to ask, and how"
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
    WHERE_FROM = "where-this-comes-from", "Where this way of working comes from"


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
