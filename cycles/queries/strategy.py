"""The strategy's seven parts: their texts, and what the cycle already knows for each."""

from dataclasses import dataclass

from cycles.enums import ActionStatus, DecisionStatus, RecordType, StrategyElement
from cycles.models import Cycle, Option, OutcomeMeasure, StrategyText
from cycles.queries.outcomes import figure
from evidence.enums import NeedsChapter, ReferenceKind
from evidence.models import NeedsText, Reference
from evidence.queries.needs_numbers import numbers_of

NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven")


@dataclass(frozen=True)
class Point:
    """Something the cycle already knows: where it comes from, the words, where to read more."""

    source: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class StartingPoints:
    """What the cycle offers for one part. `will_not` are suggestions for the sixth part only."""

    points: tuple[Point, ...] = ()
    will_not: tuple[Point, ...] = ()

    def as_text(self) -> str:
        """The points as a first text, each under where it comes from."""
        return _text(self.points)

    def will_not_as_text(self) -> str:
        return _text(self.will_not)


def texts(cycle: Cycle) -> dict[str, StrategyText]:
    """The text of each of the seven parts, in order; one nobody has begun is there, and empty."""
    kept = {text.element: text for text in cycle.strategy_texts.all()}
    return {
        element: kept.get(element) or StrategyText(cycle=cycle, element=element, version=0)
        for element in StrategyElement.values
    }


def is_complete(text: StrategyText) -> bool:
    """The sixth part is complete only when it also says what will not be commissioned."""
    if text.element == StrategyElement.CHANGES:
        return bool(text.text and text.will_not_commission)
    return bool(text.text)


def completeness(parts: dict[str, StrategyText]) -> str:
    """How much is there, in words: "Five of seven parts are written."."""
    written = sum(bool(text.text) for text in parts.values())
    if written == len(parts):
        if is_complete(parts[StrategyElement.CHANGES]):
            return "All seven parts are written."
        return "All seven parts are written. What will not be commissioned is still missing."
    verb = "is" if written <= 1 else "are"
    return f"{NUMBERS[written]} of seven parts {verb} written{'' if written else ' yet'}."


def easy_words(parts: dict[str, StrategyText]) -> str:
    """How many parts have easy words: "Three of seven parts have easy words."."""
    written = sum(bool(text.easy_text) for text in parts.values())
    if written == len(parts):
        return "All seven parts have easy words."
    verb = "has" if written <= 1 else "have"
    return f"{NUMBERS[written]} of seven parts {verb} easy words{'' if written else ' yet'}."


def starting_points(cycle: Cycle) -> dict[str, StartingPoints]:
    """For each of the seven parts, what the cycle already knows; the same few queries for all."""
    chapters = _chapters(cycle)
    references = Reference.objects.filter(
        options__option__decision__cycle=cycle, withdrawn_at__isnull=True
    ).distinct()
    guidance = [r for r in references if r.kind == ReferenceKind.GUIDANCE]
    research = [r for r in references if r.kind != ReferenceKind.GUIDANCE]
    decided, not_chosen = _decisions(cycle)
    statement = _statement(cycle)
    return {
        StrategyElement.PURPOSE: StartingPoints(
            (
                Point("What this cycle is about", cycle.summary, cycle.get_absolute_url()),
                *(
                    Point(f"Carried forward: {item.get_kind_display().lower()}", item.text)
                    for item in cycle.carried_items.all()
                ),
            )
        ),
        StrategyElement.GUIDANCE: StartingPoints(
            (*map(_reference, guidance), *_of(chapters, NeedsChapter.NATIONAL))
        ),
        StrategyElement.NEEDS: StartingPoints(
            (
                *statement,
                *_numbers(cycle),
                *_of(
                    chapters,
                    NeedsChapter.NEED,
                    NeedsChapter.FUTURE,
                    NeedsChapter.LOCAL,
                    NeedsChapter.PRIORITIES,
                ),
            )
        ),
        StrategyElement.SERVICES: StartingPoints(
            _of(
                chapters,
                NeedsChapter.SERVICES,
                NeedsChapter.GAPS,
                NeedsChapter.EXPERIENCE,
                NeedsChapter.CLINICAL_VIEW,
            )
        ),
        StrategyElement.RESEARCH: StartingPoints(
            (*map(_reference, research), *_of(chapters, NeedsChapter.WORKS))
        ),
        StrategyElement.CHANGES: StartingPoints(decided, not_chosen),
        StrategyElement.MONITORING: StartingPoints(_monitoring(cycle)),
    }


def _statement(cycle: Cycle) -> tuple[Point, ...]:
    needs = cycle.needs_assessment
    if needs is None or not needs.statement.strip():
        return ()
    return (Point("The needs in one paragraph", needs.statement, needs.get_absolute_url()),)


def _numbers(cycle: Cycle) -> tuple[Point, ...]:
    """The numbers of the needs assessment that are known, one a line."""
    needs = cycle.needs_assessment
    known = [each for each in numbers_of(needs) if each.is_known] if needs else []
    if needs is None or not known:
        return ()
    text = "\n".join(f"{each.heading}: {each.figure}. {each.sentence}" for each in known)
    return (Point("The numbers in brief", text, f"{needs.get_absolute_url()}#numbers"),)


def _chapters(cycle: Cycle) -> dict[str, Point]:
    needs = cycle.needs_assessment
    if needs is None:
        return {}
    return {
        text.chapter: Point(
            f"Needs assessment: {NeedsChapter(text.chapter).label.lower()}",
            text.text,
            needs.get_absolute_url(),
        )
        for text in NeedsText.objects.filter(assessment=needs).exclude(text="")
    }


def _of(chapters: dict[str, Point], *wanted: str) -> tuple[Point, ...]:
    return tuple(chapters[chapter] for chapter in wanted if chapter in chapters)


def _reference(reference: Reference) -> Point:
    by = ", ".join(str(part) for part in (reference.authors, reference.year) if part)
    return Point(
        reference.title,
        f"{reference.plain_summary} ({by})" if by else reference.plain_summary,
        reference.get_absolute_url(),
    )


def _decisions(cycle: Cycle) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """What was chosen and why; and the options that stood beside it and were not."""
    options = (
        Option.objects.filter(
            decision__cycle=cycle,
            decision__status=DecisionStatus.RECORDED,
            withdrawn_at__isnull=True,
        )
        .exclude(decision__record__record_type=RecordType.DEFERRED)
        .select_related("decision__cycle", "decision__record")
        .order_by("decision__created_at", "decision_id", "pk")
    )
    chosen, others = [], []
    for option in options:
        decision = option.decision
        url = decision.get_absolute_url()
        if decision.record.chosen_id == option.pk:
            words = f"{option.title}. {option.plain_summary} Why: {decision.record.reasons}"
            chosen.append(Point(f"We decided: {decision.title}", words, url))
        else:
            words = f"{option.title}. {option.plain_summary}"
            others.append(Point(f"Not chosen in: {decision.title}", words, url))
    return tuple(chosen), tuple(others)


def _monitoring(cycle: Cycle) -> tuple[Point, ...]:
    measures = (
        Point("What we measure", ". ".join([measure.title, *_figures(measure)]))
        for measure in cycle.outcome_measures.all()
    )
    actions = (
        Point("What will be done", action.title)
        for action in cycle.actions.exclude(status=ActionStatus.STOPPED)
    )
    return (*measures, *actions)


def _figures(measure: OutcomeMeasure) -> list[str]:
    baseline = figure(measure.baseline, measure.unit)
    hoped = figure(measure.hoped, measure.unit)
    return [
        *([f"Where we started: {baseline}"] if baseline else []),
        *([f"What we hope for: {hoped}"] if hoped else []),
    ]


def _text(points: tuple[Point, ...]) -> str:
    return "\n\n".join(f"{point.source}:\n{point.text.strip()}" for point in points)
