"""What the organisation of the demonstration holds its work against. The answers are invented."""

from datetime import timedelta

from django.utils import timezone

from cycles.enums import Stage
from cycles.models import Cycle, Decision
from cycles.services import lenses
from evidence.enums import FrameworkAnswerKind
from evidence.models import FrameworkAnswer, FrameworkSheet, FrameworkUse
from evidence.services import framework_notes, frameworks
from vbc.core.enums import ContributionStatus
from vbc.home.demonstration import knowledge
from vbc.home.demonstration.people import Cast

YES, PARTLY, NO = (
    FrameworkAnswerKind.YES,
    FrameworkAnswerKind.PARTLY,
    FrameworkAnswerKind.NO,
)
NOT_KNOWN = FrameworkAnswerKind.NOT_KNOWN
ONE, TWO, THREE, FOUR = FrameworkAnswerKind.levels()

Answers = dict[str, tuple[str, str]]

CAPABILITIES_BEFORE: Answers = {
    "partnership": (TWO, "We asked people once the plan was written."),
    "diversity": (TWO, "Letters went out in English only."),
    "inequality": (ONE, "Nobody had looked at who does not come."),
    "needs_strengths": (TWO, "The first call asks about problems only."),
    "learning": (THREE, "Every team has a training day."),
}
CAPABILITIES_NOW: Answers = {
    "partnership": (THREE, "The panel decides with us. It does not yet see every contract."),
    "diversity": (TWO, "Interpreters can be booked, and few people know it."),
    "inequality": (
        TWO,
        "The needs assessment shows who gets least out of it. Nothing is bought yet.",
    ),
    "recovery": (TWO, "We count who recovers by our scale, not by what people wanted."),
    "difference": (
        THREE,
        "The treatments are well tested, and people can say what matters to them.",
    ),
    "learning": (THREE, "Two members of the panel spoke at the training day."),
}
COMPETENCIES: Answers = {
    "3": (THREE, "Four afternoons in community centres, and a panel."),
    "5": (THREE, "Published figures by group, and what people say."),
    "9": (ONE, "We roll contracts on. We want to learn how to buy well."),
}
INGREDIENTS: Answers = {
    "experts": (PARTLY, "On the panel, yes. In the teams of the services, not yet."),
    "local": (YES, ""),
    "culture": (NOT_KNOWN, "We have not asked the staff of the services."),
}
VALUES_BASED: Answers = {
    "not_alone": (YES, "Three service users and two carers sit on the panel."),
    "understood": (YES, "Everybody said how they see it before there was an option."),
    "experience": (
        PARTLY,
        "What people told us is in the library. It has no figures beside it yet.",
    ),
    "answered": (PARTLY, "On the panel, yes. People from the afternoons have not all heard back."),
}
STOCK_TAKE: Answers = {
    "services": (PARTLY, "We know the four services. We do not know what charities do."),
}

# Of the cycle that went on to plan, in the words of its panel. (invented)
STOCK_TAKE_DONE: Answers = {
    "services": (
        PARTLY,
        "We know the four services and what they cost. Charities did not all answer.",
    ),
    "benchmarks": (YES, "Recovery and who finishes stand beside England in the needs assessment."),
    "patterns": (YES, "The needs assessment says who comes least and who gets least out of it."),
}


def tell(cast: Cast) -> None:
    """Three frameworks of the organisation, one of them from the past, and one in each cycle."""
    _capabilities(cast)
    _competencies(cast)
    _ingredients(cast)
    _analyse(cast)
    _plan(cast)
    _review(cast)


def _capabilities(cast: Cast) -> None:
    use = _on(cast, "ten-capabilities", "All of us work with people, also from behind a desk.")
    this_year = timezone.localdate().year
    before = frameworks.begin_year(use, year=this_year - 1, by=cast["alex"])
    _answer(cast, before, CAPABILITIES_BEFORE)
    now = frameworks.begin_year(use, year=this_year, by=cast["alex"])
    _answer(cast, now, CAPABILITIES_NOW)
    frameworks.link(
        now.answers.get(item="inequality"),
        reference=knowledge.reference(cast, "annual"),
        by=cast["alex"],
    )


def _competencies(cast: Cast) -> None:
    use = _on(
        cast, "wcc-competencies", "It is from 2009, and still a good list of what we should know."
    )
    _answer(cast, use.sheets.get(), COMPETENCIES)


def _ingredients(cast: Cast) -> None:
    use = _on(cast, "valued-care", "The services asked us what they need to become better.")
    sheet = use.sheets.get()
    _answer(cast, sheet, INGREDIENTS)
    frameworks.add_item(
        sheet,
        name="Places people know",
        question="Do services work where people already are?",
        by=cast["alex"],
    )
    # As it would stand if nobody had looked at it since the year before last.
    FrameworkAnswer.objects.filter(sheet=sheet, item="local").update(
        answered_at=timezone.now() - timedelta(days=400)
    )


def _analyse(cast: Cast) -> None:
    why = "Before we plan anything, we want to know what there is."
    _answer(cast, _lens(cast, Stage.ANALYSE, "stock-take", why), STOCK_TAKE)


def _plan(cast: Cast) -> None:
    why = "We say that we work like this. Here we look whether it is so."
    sheet = _lens(cast, Stage.PLAN, "values-based", why)
    _answer(cast, sheet, VALUES_BASED)
    why = "Before we planned anything, we wanted to know what there is."
    _answer(cast, _lens(cast, Stage.PLAN, "stock-take", why), STOCK_TAKE_DONE)
    why = "What the organisation found out about itself matters for this plan."
    _lens(cast, Stage.PLAN, "ten-capabilities", why)
    told = framework_notes.add(
        sheet,
        item="answered",
        text="I was at the afternoon in the market hall, and I have not heard anything since.",
        by=cast["linnet"],
    )
    framework_notes.answer(
        told,
        status=ContributionStatus.ACTED_ON,
        text="You are right. A letter with what was decided goes out on Friday.",
        version=told.version,
        by=cast["alex"],
    )
    framework_notes.add(
        sheet,
        item="answered",
        text="Our team would like to hear it too. We only learn of decisions from the newsletter.",
        by=cast["lukasz"],
    )
    why = "To see what moves each thing that we want."
    objectives = _lens(cast, Stage.PLAN, "objectives", why)
    item = frameworks.add_item(
        objectives,
        name="People get help in a place they know",
        lever="A line in the contracts of all four services: two days a week in a community centre",
        by=cast["alex"],
    )
    found = frameworks.answer(
        objectives,
        item=item.public_id,
        answer=NO,
        words="It is in no contract yet.",
        expected=0,
        by=cast["alex"],
    )
    frameworks.link(found, reference=knowledge.reference(cast, "stories"), by=cast["alex"])
    decision = Decision.objects.get(cycle__organisation=cast.organisation, cycle__stage=Stage.PLAN)
    where = {"title": "The decision about it", "address": decision.get_absolute_url()}
    frameworks.link(found, **where, by=cast["alex"])


def _review(cast: Cast) -> None:
    why = "We want to know which part of working like this did the most."
    sheet = _lens(cast, Stage.REVIEW, "values-elements", why)
    frameworks.answer(
        sheet,
        item="strengths",
        answer=PARTLY,
        words="In the second half. In the first we spoke of problems only.",
        effect="Two options came from it that nobody had thought of before.",
        expected=0,
        by=cast["alex"],
    )


def _on(cast: Cast, framework: str, why: str) -> FrameworkUse:
    return frameworks.switch_on(cast.organisation, framework, why=why, by=cast["alex"])


def _lens(cast: Cast, stage: str, framework: str, why: str) -> FrameworkSheet:
    """Look at the cycle of that stage through it; where it is answered."""
    cycle = Cycle.objects.get(organisation=cast.organisation, stage=stage)
    lens = lenses.choose(cycle, framework, why=why, by=cast["alex"])
    return lens.sheet or lens.use.sheets.latest("year")


def _answer(cast: Cast, sheet: FrameworkSheet, answers: Answers) -> None:
    for item, (answer, words) in answers.items():
        frameworks.answer(sheet, item=item, answer=answer, words=words, expected=0, by=cast["alex"])
