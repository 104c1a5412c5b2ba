"""Calls for views, built through the services."""

import itertools
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.models import Call, CallAnswer, Cycle
from cycles.services import answers, calls
from cycles.services.answers import Said
from evidence.models import Theme
from stakeholders.services import codes
from tests.factories import experience
from tests.kept import kept

_numbers = itertools.count(10_001)
CHOICES = ["By phone", "At my door"]


def days(**given: Any) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "opens_on": today,
        "closes_on": today + timedelta(days=14),
        "hear_by": today + timedelta(days=60),
        **given,
    }


@kept
def started(cycle: Cycle, **given: Any) -> Call:
    """A call with one question of each kind, that nobody outside can see."""
    said = {
        "title": f"Help at night {next(_numbers)}",
        "why": "Because nobody rings back.",
        "what_happens": "We read all of it.",
        "is_anonymous": True,
        **days(),
        **given,
    }
    by = cycle.lead
    call = calls.start(cycle, **said, by=by)
    theme = experience.theme(cycle.organisation, by)
    calls.ask(call, kind="words", text="What should change?", by=by)
    calls.ask(call, kind="choice", text="How should we reach you?", choices=CHOICES, by=by)
    calls.ask(call, kind="hopes", text="Getting help at night", theme=theme, by=by)
    return call


@kept
def opened(cycle: Cycle, **given: Any) -> Call:
    call = started(cycle, **given)
    calls.put_out(call, by=cycle.lead)
    return call


def theme_of(call: Call) -> Theme:
    theme = call.questions.get(kind="hopes").theme
    assert theme is not None
    return theme


@kept
def given(
    call: Call,
    words: str = "Somebody should ring back.",
    *,
    choice: str = CHOICES[0],
    pair: tuple[int, int] | None = (3, 8),
    **more: Any,
) -> CallAnswer:
    """An answer to all three questions."""
    one, two, three = call.questions.all()
    said = [Said(one, words=words), Said(two, choice=choice)]
    if pair:
        said.append(Said(three, actual=pair[0], hoped=pair[1]))
    code = answers.give(call, said=said, **more)
    return CallAnswer.objects.get(follow_digest=codes.digest(code))


@kept
def answered(cycle: Cycle, *, people: int, perspective: str = "uses", **given_: Any) -> Call:
    """A call that so many people answered, and that has closed."""
    call = opened(cycle, **given_)
    for _ in range(people):
        given(call, perspective=perspective)
    calls.close(call, by=cycle.lead)
    return call


@kept
def told(cycle: Cycle, *, people: int = 6, **given_: Any) -> Call:
    """One that has closed, with a theme found in each answer and what came of it put out."""
    call = answered(cycle, people=people, **given_)
    theme = theme_of(call)
    for answer in call.answers.all():
        answers.toggle_theme(answer, theme=theme, by=cycle.lead)
    words = {"you_said": "Nobody rings back.", "we_did": "Now somebody does."}
    calls.respond(call, theme=None, **words, expected=0, by=cycle.lead)
    calls.respond(call, theme=theme, **words, expected=0, by=cycle.lead)
    calls.publish_responses(call, by=cycle.lead)
    return call


@kept
def shown(cycle: Cycle, *, reader: Any) -> dict[str, str]:
    """What the test of all addresses opens: one that is being written, one that is read, one that
    is told."""
    being_written = started(cycle)
    being_read = opened(cycle)
    answer = given(being_read)
    calls.name_reader(being_read, reader=reader, by=cycle.lead)
    over = told(cycle)
    return {
        "draft-call": being_written.public_id,
        "call": being_read.public_id,
        "call-answer": answer.public_id,
        "call-reader": str(being_read.readers.get().pk),
        "call-theme": theme_of(over).public_id,
        "over-call": over.public_id,
        "say": being_read.slug,
        "position": "1",
    }
