"""What has been written: what it is, how sure it is, what and whom it is about."""

from django.db import models

from evidence.enums.needs import ParticularGroup


class ReferenceKind(models.TextChoices):
    REVIEW = "review", "Systematic review"
    TRIAL = "trial", "Trial"
    STUDY = "study", "Other study"
    GUIDANCE = "guidance", "Guidance or policy"
    EXPERIENCE = "experience", "Account of experience"
    EXAMPLE = "example", "Good-practice example"
    LOCAL_DATA = "local_data", "Local data"


class StudyDesign(models.TextChoices):
    SYSTEMATIC_REVIEW = "systematic_review", "All studies of a question, put together"
    RANDOMISED_TRIAL = "randomised_trial", "Trial: chance decided who got what"
    CONTROLLED = "controlled", "Comparison: chance did not decide"
    COHORT = "cohort", "People followed over time"
    CASE_CONTROL = "case_control", "People with and without it, looking back"
    BEFORE_AFTER = "before_after", "Before and after, nothing to compare with"
    SURVEY = "survey", "Survey, at one moment"
    QUALITATIVE = "qualitative", "Talks with people, told in words"
    MIXED = "mixed", "Words and figures together"
    ECONOMIC = "economic", "Costs, and what they bring"
    CASE_STUDY = "case_study", "One case, described"
    OTHER = "other", "Something else"


class Certainty(models.TextChoices):
    """How sure the evidence is. Source: the GRADE working group's four levels."""

    HIGH = "high", "High: more research is very unlikely to change it"
    MODERATE = "moderate", "Moderate: more research may change it"
    LOW = "low", "Low: more research is likely to change it"
    VERY_LOW = "very_low", "Very low: we are very unsure"


class CertaintyReason(models.TextChoices):
    """Why one is less sure, or surer. Source: the GRADE working group's five and three reasons."""

    BIAS = "bias", "Less sure: the studies may lean one way (risk of bias)"
    INCONSISTENCY = "inconsistency", "Less sure: the studies disagree (inconsistency)"
    INDIRECTNESS = "indirectness", "Less sure: other people or another question (indirectness)"
    IMPRECISION = "imprecision", "Less sure: too few people took part (imprecision)"
    PUBLICATION = "publication", "Less sure: studies may be missing (publication bias)"
    LARGE_EFFECT = "large_effect", "Surer: it made a very large difference"
    DOSE_RESPONSE = "dose_response", "Surer: more of it did more"
    OPPOSED = "opposed", "Surer: whatever else played a part would have hidden it"


class Applicability(models.TextChoices):
    """Whether it was about people and places like ours."""

    DIRECT = "direct", "People and places like ours"
    PARTLY = "partly", "Alike in part"
    DIFFERENT = "different", "Different people or places"
    NOT_KNOWN = "not_known", "Not known"


class Standing(models.TextChoices):
    """Whether a document still holds, as far as its source says; empty where nobody has said."""

    IN_FORCE = "in_force", "In force"
    HISTORIC = "historic", "Historic"
    REPLACED = "replaced", "Replaced by something newer"
    RETRACTED = "retracted", "Taken back by its publisher"


class Topic(models.TextChoices):
    """What a reference is about.

    Source of the first four: recommendations of the National Survivor User Network, 2013. Of the
    next three: topics of the guides of the Joint Commissioning Panel for Mental Health.
    """

    ADDICTIONS = "addictions", "Addictions"
    COMPULSORY_TREATMENT = "compulsory_treatment", "Compulsory treatment"
    DEMENTIA = "dementia", "Dementia"
    LONG_TERM_CONDITIONS = "long_term_conditions", "Long-term conditions"
    PERINATAL = "perinatal", "Around birth (perinatal)"
    REHABILITATION = "rehabilitation", "Rehabilitation"
    YOUNG_PEOPLE = "young_people", "Young people"
    PREVENTION = "prevention", "Prevention and well-being"
    LEARNING_DISABILITIES = "learning_disabilities", "Learning disabilities"
    RECOVERY = "recovery", "Recovery and outcomes"
    CRISIS = "crisis", "Crisis"
    WORKFORCE = "workforce", "Workforce"
    RIGHTS = "rights", "Rights and the law"
    EQUALITY = "equality", "Equality"


class LibraryPart(models.TextChoices):
    """The parts of the reference library of the Collaborating Centre for Values-based Practice."""

    EDUCATION = "education", "Education"
    REGULATION = "regulation", "Regulation"
    INTEGRATION = "integration", "Integration"
    THEORY = "theory", "Theory"
    PRACTICE = "practice", "Practice"


class Process(models.TextChoices):
    """What a reference helps to do.

    Source: Commissioning Friend for Mental Health Services, December 2009, appendix 5.
    """

    ADVOCACY = "advocacy", "Advocacy"
    CARERS = "carers", "Carers"
    AGE_APPROPRIATE = "age_appropriate", "Places right for children and young people"
    OLDER_PEOPLE = "older_people", "Older people"
    PERSONALITY_DISORDER = "personality_disorder", "Personality disorder"
    NEEDS_ASSESSMENT = "needs_assessment", "Assessing needs (JSNA)"
    INVOLVEMENT = "involvement", "Involving people"
    PROCUREMENT = "procurement", "Buying services"
    OUTCOMES = "outcomes", "Outcomes"
    QUALITY_PAYMENTS = "quality_payments", "Paying for quality (CQUIN)"
    PAYMENT_BY_RESULTS = "payment_by_results", "Payment by results"
    CONTRACTS = "contracts", "Contracts"
    GENERAL = "general", "Commissioning in general"
    NEW_HORIZONS = "new_horizons", "New Horizons"
    PERSONALISATION = "personalisation", "Personal budgets and choice"
    AREA_ASSESSMENT = "area_assessment", "Assessing a whole area (CAA)"
    PRACTICE_BASED = "practice_based", "Commissioning by GP practices"


class TagFacet(models.TextChoices):
    """What a tag says of a reference; `TAGS` has the tags of each."""

    TOPIC = "topic", "Topic"
    GROUP = "group", "Group of people"
    PART = "part", "Part of values-based practice"
    PROCESS = "process", "What it helps with"


TAGS: dict[str, type[models.TextChoices]] = {
    TagFacet.TOPIC: Topic,
    TagFacet.GROUP: ParticularGroup,
    TagFacet.PART: LibraryPart,
    TagFacet.PROCESS: Process,
}
