from django.db import models


class Effect(models.TextChoices):
    POSITIVE = "positive", "Better for them"
    NEGATIVE = "negative", "Worse for them"
    BOTH = "both", "Better in some ways, worse in others"
    NONE = "none", "No different"
    NOT_KNOWN = "not_known", "We do not know yet"


class Screening(models.TextChoices):
    FULL = "full", "A full assessment is needed"
    ENOUGH = "enough", "This first look is enough, for the reason given"


class EqualityList(models.TextChoices):
    """Two lists of groups, each with its date: a decision speaks to both."""

    SIX_GROUPS = "six_groups", "The six groups of 2009"
    EQUALITY_ACT = "equality_act", "The Equality Act 2010, and carers"


class EqualityGroup(models.TextChoices):
    """The groups of both lists.

    Sources: Commissioning Friend for Mental Health Services (December 2009), section 2.3.10; the
    nine protected characteristics of the Equality Act 2010, section 4.
    """

    ETHNIC_BACKGROUND = "ethnic_background", "People of different ethnic backgrounds"
    DISABLED_PEOPLE = "disabled_people", "Disabled people"
    MEN_AND_WOMEN = "men_and_women", "Men and women, including transgender people"
    ORIENTATIONS = "orientations", "People of different sexual orientations"
    AGE_GROUPS = "age_groups", "People of different ages"
    RELIGIONS = "religions", "People of different religions or beliefs"
    AGE = "age", "Age"
    DISABILITY = "disability", "Disability"
    GENDER_REASSIGNMENT = "gender_reassignment", "Gender reassignment"
    MARRIAGE = "marriage", "Marriage and civil partnership"
    PREGNANCY = "pregnancy", "Pregnancy and maternity"
    RACE = "race", "Race"
    RELIGION = "religion", "Religion or belief"
    SEX = "sex", "Sex"
    ORIENTATION = "orientation", "Sexual orientation"
    # Its value stands in addresses, and no address has the name of a role in it.
    CARERS = "unpaid_care", "Carers"


GROUPS_OF: dict[str, tuple[EqualityGroup, ...]] = {
    EqualityList.SIX_GROUPS: tuple(EqualityGroup)[:6],
    EqualityList.EQUALITY_ACT: tuple(EqualityGroup)[6:],
}


# Groups of the Act that are the same people as a group of the guidance, there in plainer words.
SAME_PEOPLE: dict[str, str] = {
    EqualityGroup.AGE: EqualityGroup.AGE_GROUPS,
    EqualityGroup.DISABILITY: EqualityGroup.DISABLED_PEOPLE,
    EqualityGroup.RACE: EqualityGroup.ETHNIC_BACKGROUND,
    EqualityGroup.RELIGION: EqualityGroup.RELIGIONS,
    EqualityGroup.SEX: EqualityGroup.MEN_AND_WOMEN,
    EqualityGroup.ORIENTATION: EqualityGroup.ORIENTATIONS,
}


class Duty(models.TextChoices):
    """What public bodies must do for equality, from the duties of 2007 to 2009.

    Source: Commissioning Friend for Mental Health Services (December 2009), sections 2.3.6 to
    2.3.8. The Equality Act 2010 (section 149) later joined them into one duty.
    """

    GENDER_DISCRIMINATION = (
        "gender_discrimination",
        "Sex and gender: end unlawful discrimination and harassment",
    )
    GENDER_EQUALITY = "gender_equality", "Sex and gender: promote equality"
    RACE_DISCRIMINATION = "race_discrimination", "Race: end unlawful discrimination"
    RACE_OPPORTUNITY = "race_opportunity", "Race: promote equality of opportunity"
    RACE_RELATIONS = "race_relations", "Race: promote good relations between groups"
    DISABILITY_OPPORTUNITY = "disability_opportunity", "Disability: promote equal opportunity"
    DISABILITY_DISCRIMINATION = (
        "disability_discrimination",
        "Disability: end unlawful discrimination",
    )
    DISABILITY_HARASSMENT = "disability_harassment", "Disability: end harassment"
    DISABILITY_ATTITUDES = "disability_attitudes", "Disability: promote positive attitudes"
    DISABILITY_PUBLIC_LIFE = (
        "disability_public_life",
        "Disability: encourage taking part in public life",
    )
    DISABILITY_NEEDS = (
        "disability_needs",
        "Disability: meet people's needs, even by treating them more favourably",
    )
