"""Needs assessments that everybody may read, and what keeps one from being shown to everybody."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import QuerySet

from evidence.disclosure.rounding import LARGEST_SMALL, is_small
from evidence.enums import AssessmentStatus, NumberKind
from evidence.models import NeedsAssessment, Quote
from evidence.queries.experience import quotes_for
from evidence.queries.needs import coverage_of, gaps_of, plans_of, texts_of
from evidence.queries.needs_numbers import numbers_of

_OF_PEOPLE = {NumberKind.PREVALENCE, NumberKind.TREATED, NumberKind.UNMET}


def public_needs() -> QuerySet[NeedsAssessment]:
    """Those that everybody may read, the newest first."""
    return NeedsAssessment.objects.filter(
        status=AssessmentStatus.PUBLISHED, public_at__isnull=False
    ).select_related("area", "organisation", "newer", "supersedes")


def not_for_everybody(assessment: NeedsAssessment) -> list[str]:
    """What in it not everybody may read, each as a sentence; empty where there is nothing.

    Small numbers of people, and passages of accounts whose tellers do not leave them to the public
    but that somebody copied into a text. Names nobody but a reader can find.

    It is asked whenever somebody opens it, because tellers can take their leave away.
    """
    return [*_small_numbers(assessment), *_passages(assessment)]


def _small_numbers(assessment: NeedsAssessment) -> Iterator[str]:
    for gap in gaps_of(assessment):
        if _is_small(gap.people):
            yield f"“{gap.need}” says a number from 1 to {LARGEST_SMALL} people."
    for number in numbers_of(assessment):
        amount = number.amount
        if number.kind not in _OF_PEOPLE or amount is None:
            continue
        if any(map(_is_small, (amount.best, amount.low, amount.high))):
            yield f"The number “{number.heading}” is from 1 to {LARGEST_SMALL} people."


def _is_small(people: int | None) -> bool:
    return people is not None and is_small(Decimal(people))


def _passages(assessment: NeedsAssessment) -> Iterator[str]:
    """Where words of an account stand that the public may not read."""
    allowed = {quote.words for quote in quotes_for(assessment, "public")}
    chosen = Quote.objects.filter(experience__organisation=assessment.organisation)
    every = {each.words for each in chosen.select_related("experience")}
    words = {_plain(each) for each in every - allowed}
    for name, text in _texts(assessment):
        if any(each and each in _plain(text) for each in words):
            yield f"“{name}” repeats words of an account that not everybody may read."


def _texts(assessment: NeedsAssessment) -> Iterator[tuple[str, str]]:
    yield "In short", assessment.statement
    for text in texts_of(assessment).values():
        yield text.get_chapter_display(), f"{text.text} {text.easy_text}"
    for each in coverage_of(assessment):
        if each.line:
            yield each.label, f"{each.line.text} {each.line.figure} {each.line.voice}"
    for gap in gaps_of(assessment):
        said = (gap.what_there_is, gap.gap, gap.could_be_done, gap.outcome_words, gap.reasons)
        yield gap.need, " ".join((gap.need, *said))
    for plan in plans_of(assessment):
        yield plan.title, f"{plan.title} {plan.where}"
    for number in numbers_of(assessment):
        yield number.heading, f"{number.sentence} {number.method} {number.source}"


def _plain(text: str) -> str:
    """Words alone, so that marks and lines between them hide nothing."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
