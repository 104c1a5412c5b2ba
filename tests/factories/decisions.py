"""Decisions in each state, built through the services, so that they cannot break a rule."""

import itertools
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.enums import Ballot, Certainty, RecordType, Stage
from cycles.models import Appraisal, Cycle, Decision, Option, Rating, Round
from cycles.queries.equality import newest_edition_of
from cycles.queries.options import options_on
from cycles.queries.rounds import open_round_of
from cycles.services import (
    appraisals,
    cycles,
    decision_values,
    decisions,
    options,
    ratings,
    records,
    rounds,
)
from evidence.models import Area
from stakeholders.enums import PILLAR_OF, Perspective, Pillar
from stakeholders.models import Panel, Seat
from tests.factories import equality, stakeholders, values
from tests.kept import kept

# No number begins with another, so that no name stands inside another.
_numbers = itertools.count(10_001)
# Of a round: long enough for a test that travels in time to stay inside it.
LENGTH = timedelta(days=14)


@kept
def planning_cycle(panel: Panel | None = None, **panel_of: int) -> Cycle:
    """A cycle in Plan, with a sitting panel. `panel_of`: how many of each perspective sit."""
    organisation = panel.organisation if panel else stakeholders.organisation()
    runner = panel.created_by if panel else stakeholders.commissioner(organisation)
    panel = panel or stakeholders.sitting_panel(organisation, by=runner, **panel_of)
    number = next(_numbers)
    cycle = cycles.start(
        organisation,
        title=f"Crisis care {number}",
        summary="Help in a mental health crisis, at night and at weekends.",
        area=_area(),
        lead=runner,
        panel=panel,
        by=runner,
    )
    # The gates are another part's; a decision only needs the stage.
    Cycle.objects.filter(pk=cycle.pk).update(stage=Stage.PLAN)
    cycle.refresh_from_db()
    return cycle


@kept
def decision(cycle: Cycle | None = None, ballot: str = Ballot.SECRET, **panel_of: int) -> Decision:
    """A question without options."""
    cycle = cycle or planning_cycle(**panel_of)
    return decisions.propose(
        cycle,
        title=f"Out of hours {next(_numbers)}",
        question="Which of these shall we buy first?",
        why="At night there is only the emergency department.",
        ballot=ballot,
        by=cycle.lead,
    )


@kept
def option(of: Decision, title: str = "", by: Any = None) -> Option:
    return options.propose(
        of,
        title=title or f"Option {next(_numbers)}",
        plain_summary="A house to go to at night, with people who have been there themselves.",
        cost="About £400,000 a year",
        by=by or of.cycle.lead,
    )


@kept
def ready(count: int = 2, ballot: str = Ballot.SECRET, **panel_of: int) -> Decision:
    """A decision with `count` options, before the first round."""
    return with_options(decision(ballot=ballot, **panel_of), count)


@kept
def with_options(made: Decision, count: int = 2) -> Decision:
    for _ in range(count):
        option(made)
    return made


@kept
def rating(count: int = 2, ballot: str = Ballot.SECRET, **panel_of: int) -> Decision:
    """A decision that is open for rating."""
    return opened(ready(count, ballot, **panel_of))


@kept
def opened(made: Decision) -> Decision:
    rounds.open_round(made, closes_at=timezone.now() + LENGTH, by=made.cycle.lead)
    made.refresh_from_db()
    return made


def round_of(made: Decision) -> Round:
    """The open round."""
    found = open_round_of(made)
    assert found is not None
    return found


def options_of(made: Decision) -> list[Option]:
    return list(options_on(made))


def members(made: Decision, perspective: str) -> list[Any]:
    return stakeholders.members(made.cycle.panel, perspective)


@kept
def cast(made: Decision, person: Any, values: Iterable[int | None]) -> list[Rating]:
    """One person's ratings of the options, in their order."""
    round_ = round_of(made)
    return [
        ratings.cast(round_, option=each, value=value, reason="I have seen both.", by=person)
        for each, value in zip(options_of(made), values, strict=True)
    ]


@kept
def cast_all(made: Decision, **given: list[tuple[int | None, ...]]) -> None:
    """`service_user=[(9, 3), (8, None)]`: what the first and the second of them gave."""
    for perspective, rows in given.items():
        people = members(made, perspective)
        for person, row in zip(people, rows, strict=False):
            cast(made, person, row)


@kept
def over(made: Decision) -> Round:
    """The open round, with its close a minute ago. The database's clock cannot be set, so the
    round is moved instead."""
    now = timezone.now()
    round_ = round_of(made)
    round_.opened_at, round_.closes_at = now - LENGTH, now - timedelta(minutes=1)
    round_.save(update_fields=["opened_at", "closes_at"])
    return round_


@kept
def closed(made: Decision) -> Decision:
    """The round of `made`, closed after its close."""
    rounds.close_round(over(made), by=made.cycle.lead)
    made.refresh_from_db()
    return made


@kept
def appraised(of: Option, rating: int | None = 6) -> Appraisal:
    """An agreed appraisal with one signature; None: no evidence was found."""
    reviewer = members(of.decision, Perspective.EVIDENCE_REVIEWER)[0]
    written = appraisals.write(
        of,
        rating=rating,
        certainty=Certainty.MODERATE if rating else "",
        summary="Three trials found fewer admissions.",
        searched="" if rating else "Two reviewers searched three databases in May.",
        by=reviewer,
    )
    appraisals.sign(written, version=written.version, by=reviewer)
    return appraisals.agree(written, version=written.version, by=reviewer)


@kept
def weighing(
    first: int = 8, second: int = 4, ballot: str = Ballot.SECRET, **panel_of: int
) -> Decision:
    """Closed, everyone having given `first` and `second`, the evidence appraised at 6 and 6."""
    made = rating(2, ballot, **panel_of)
    for each in options_of(made):
        appraised(each)
    for seat in Seat.objects.active().filter(panel=made.cycle.panel).select_related("user"):
        if PILLAR_OF.get(seat.perspective) not in (None, Pillar.EVIDENCE):
            cast(made, seat.user, (first, second))
    return closed(made)


@kept
def with_sentences(made: Decision) -> Decision:
    """Every pillar has agreed its sentence about every option."""
    for pillar, perspective in (
        (Pillar.SERVICE_USERS_AND_CARERS, Perspective.SERVICE_USER),
        (Pillar.CLINICAL, Perspective.CLINICIAN),
        (Pillar.EVIDENCE, Perspective.EVIDENCE_REVIEWER),
    ):
        person = members(made, perspective)[0]
        for each in options_of(made):
            records.agree_sentence(
                each, pillar=pillar, text=f"What we think of {each.title}.", by=person
            )
    return made


@kept
def recordable(made: Decision) -> Decision:
    """Everything that the record of a decision needs beside its round: sentences, the three Rs,
    the equality assessment, and the questions of a list of its own."""
    with_sentences(made)
    three_rs(made)
    if newest_edition_of(made) is None:
        equality.published(made)
    equality.all_answered(made)
    return made


@kept
def three_rs(made: Decision) -> None:
    """Which value bears on it, how everybody was heard, how people treated each other."""
    if not made.values_in_play.exists():
        values.linked(made)
    made.refresh_from_db()
    if made.raised_awareness and made.mutual_respect:
        return
    decision_values.say_how_heard(
        made,
        expected=made.version,
        raised_awareness="We asked in two places, and everybody spoke once before anybody twice.",
        mutual_respect="Nobody was talked round.",
        by=made.cycle.lead,
    )
    made.refresh_from_db()


@kept
def recorded(made: Decision | None = None) -> Decision:
    """Decided for the first option."""
    made = recordable(made or weighing())
    records.record(
        made,
        record_type=RecordType.CONSENSUS,
        chosen=options_of(made)[0],
        reasons="It is nearest to what people asked for.",
        by=made.cycle.lead,
    )
    made.refresh_from_db()
    return made


def _area() -> Area:
    area, _ = Area.objects.get_or_create(
        code="E54000052", defaults={"name": "Norfolk and Waveney", "area_type": "icb"}
    )
    return area
