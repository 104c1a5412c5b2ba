from django.db import models


class EvidenceDirection(models.TextChoices):
    SUPPORTS = "supports", "Speaks for the option"
    MIXED = "mixed", "Points both ways"
    AGAINST = "against", "Speaks against the option"
    CONTEXT = "context", "Background"


class EffectSize(models.TextChoices):
    """How much difference it made, in the words of the Evidence to Decision framework."""

    TRIVIAL = "trivial", "Hardly any"
    SMALL = "small", "Small"
    MODERATE = "moderate", "Middling"
    LARGE = "large", "Large"
    VARIES = "varies", "It varies"
    NOT_KNOWN = "not_known", "Not known"


class Criterion(models.TextChoices):
    """The criteria of the Evidence to Decision framework for health systems and public health.

    Source: Moberg and others 2018, Health Research Policy and Systems, doi
    10.1186/s12961-018-0320-2, with resources split in three as in the GRADE working group's form.
    """

    PRIORITY = "priority", "Is the problem a priority?"
    DESIRABLE = "desirable", "How much good would it do?"
    UNDESIRABLE = "undesirable", "How much harm could it do?"
    CERTAINTY = "certainty", "How sure is the evidence of what it does?"
    VALUES = "values", "Do people differ in how much they value the outcomes?"
    BALANCE = "balance", "Does the good outweigh the harm?"
    RESOURCES = "resources", "How much money and how many people does it need?"
    RESOURCES_CERTAINTY = "resources_certainty", "How sure is the evidence on that?"
    COST_EFFECTIVENESS = "cost_effectiveness", "Is it worth what it costs?"
    EQUITY = "equity", "What would it do to unfair differences between people?"
    ACCEPTABILITY = "acceptability", "Would those it concerns accept it?"
    FEASIBILITY = "feasibility", "Can it be done?"


_YES_TO_NO = (
    ("no", "No"),
    ("probably_no", "Probably no"),
    ("probably_yes", "Probably yes"),
    ("yes", "Yes"),
    ("varies", "It varies"),
    ("dont_know", "We do not know"),
)
_EFFECT = (
    ("trivial", "Hardly any"),
    ("small", "A little"),
    ("moderate", "Some"),
    ("large", "A lot"),
    ("varies", "It varies"),
    ("dont_know", "We do not know"),
)
_SURE = (
    ("very_low", "Very unsure"),
    ("low", "Unsure"),
    ("moderate", "Fairly sure"),
    ("high", "Sure"),
    ("no_studies", "There are no studies"),
)
_FAVOURS = (
    ("comparison", "No: things as they are come out better"),
    ("probably_comparison", "Probably no"),
    ("neither", "Neither way"),
    ("probably_option", "Probably yes"),
    ("option", "Yes"),
    ("varies", "It varies"),
    ("dont_know", "We do not know"),
)

# The answers to each criterion, as its source gives them, in plainer words.
JUDGEMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    Criterion.PRIORITY: _YES_TO_NO,
    Criterion.DESIRABLE: _EFFECT,
    Criterion.UNDESIRABLE: _EFFECT,
    Criterion.CERTAINTY: _SURE,
    Criterion.VALUES: (
        ("important", "Yes, and it matters"),
        ("possibly_important", "Possibly"),
        ("probably_not", "Probably not"),
        ("not_important", "No"),
    ),
    Criterion.BALANCE: _FAVOURS,
    Criterion.RESOURCES: (
        ("large_costs", "It costs a lot"),
        ("moderate_costs", "It costs something"),
        ("negligible", "Hardly anything either way"),
        ("moderate_savings", "It saves something"),
        ("large_savings", "It saves a lot"),
        ("varies", "It varies"),
        ("dont_know", "We do not know"),
    ),
    Criterion.RESOURCES_CERTAINTY: _SURE,
    Criterion.COST_EFFECTIVENESS: (*_FAVOURS, ("no_studies", "There are no studies")),
    Criterion.EQUITY: (
        ("reduced", "Makes them larger"),
        ("probably_reduced", "Probably makes them larger"),
        ("no_impact", "Probably changes nothing"),
        ("probably_increased", "Probably makes them smaller"),
        ("increased", "Makes them smaller"),
        ("varies", "It varies"),
        ("dont_know", "We do not know"),
    ),
    Criterion.ACCEPTABILITY: _YES_TO_NO,
    Criterion.FEASIBILITY: _YES_TO_NO,
}
