"""My work: each thing a verb, a plain title, how long it takes, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.timezone import localdate

from cycles import gates
from cycles.enums import Stage
from cycles.machine import forward
from cycles.models import Action, BoardAnswer, Comment, Cycle, Option, Understanding
from cycles.presenters.boards import answer_sentence
from cycles.presenters.contributions import place_url
from cycles.presenters.signatures import result_url
from cycles.queries.boards import newest_answers_for
from cycles.queries.facts import Facts, facts_by_cycle
from cycles.queries.moderation import appeals_for
from cycles.queries.signatures import records_to_sign
from cycles.queries.values import editions_waiting_for
from evidence.queries.frameworks import sheets_with_notes_waiting
from stakeholders.enums import PanelStatus, SeatStatus
from stakeholders.models import Seat
from stakeholders.presenters import concerns
from stakeholders.presenters.panels import counted
from stakeholders.queries.meetings import coming_for, without_chair
from stakeholders.queries.panels import live_seats_of
from stakeholders.services.invitations import link
from vbc.home.presenters import taking_part
from vbc.home.presenters.task import Task
from vbc.home.queries import my_work as queries
from vbc.home.queries.my_words import waiting_from
from vbc.ui.dates import day_in_words, moment_in_words

MOST_WAITING = 7
MOST_WORDS = 5
MOST_CYCLES = 10
SOON = timedelta(days=14)
MINUTES_AN_OPTION = 2
# The line of a gate that asks for a panel that sits.
SITTING = "panel_sitting"


@dataclass(frozen=True)
class Words:
    """Something the reader said, and what became of it. Where they said nothing by themselves and
    a board answered what they decided together, `said` is empty."""

    said: str
    about: str
    outcome: str
    answer: str
    url: str
    link: str = "Read it where you said it"


@dataclass(frozen=True)
class CycleRow:
    """A cycle that the reader runs, and the next thing it lacks."""

    title: str
    url: str
    stage: str
    next_step: str
    next_url: str
    waiting_for: str
    panel_waits: str


def my_work(user: Any) -> dict[str, Any]:
    """Everything on the page, for one person."""
    seats = list(live_seats_of(user))
    rounds = queries.open_rounds(user, seats)
    meetings = list(coming_for(user))
    asked = taking_part.asking(meetings, seats)
    actions = list(queries.actions_of(user)[: MOST_WAITING * 3])
    cycles = list(queries.cycles_run_by(user)[: MOST_CYCLES + 1])
    facts = facts_by_cycle(cycles) if cycles else {}
    waiting = [
        *_concerns(concerns.to_read(user)),
        *_to_look_after(cycles, seats),
        *_to_find_a_chair(cycles),
        *_invitations(user),
        *taking_part.to_step_in(seats),
        *_to_rate(rounds),
        *_to_close(rounds),
        *_to_appraise(seats),
        *_to_agree(seats),
        *_to_answer(cycles, facts),
        *_notes_to_answer(user),
        *_to_look_at_again(user),
        *(_action(each) for each in actions if is_soon(each)),
        *taking_part.dates_to_answer(asked),
        *taking_part.coming_to_answer(asked),
        *taking_part.offers_to_answer(user),
        *taking_part.promised_in_meetings(user),
        *taking_part.to_begin_with(user, seats),
        *_to_sign(user, seats),
    ]
    waiting.sort(key=_by_date)
    coming_up = [
        *taking_part.coming_meetings(meetings),
        *_closing(rounds),
        *_talked_about(user, seats),
        *(_action(each) for each in actions if not is_soon(each)),
    ]
    coming_up.sort(key=_by_date)
    return {
        "waiting": waiting[:MOST_WAITING],
        "more_waiting": max(0, len(waiting) - MOST_WAITING),
        "words": _became_of_words(user),
        "words_waiting": _still_unanswered(waiting_from(user)),
        "coming_up": [*_concerns(concerns.news(user)), *_waiting_panels(seats), *coming_up],
        "cycles": [_cycle(each, facts[each.pk], seats) for each in cycles[:MOST_CYCLES]],
        "has_more_cycles": len(cycles) > MOST_CYCLES,
        "has_seat": bool(seats),
        "for_you": taking_part.for_one(user, seats),
    }


def is_soon(action: Action) -> bool:
    """Whether an action belongs to what waits now: due within two weeks, or without a date."""
    return action.due_on is None or action.due_on <= timezone.localdate() + SOON


def _by_date(task: Task) -> str:
    """Earliest first, what has no date last."""
    if task.until is None:
        return "9"
    if isinstance(task.until, datetime):
        return timezone.localtime(task.until).isoformat()
    return task.until.isoformat()


def _concerns(waiting: list[concerns.Waiting]) -> list[Task]:
    return [
        Task(title=each.title, url=each.url, when=each.when, until=each.until) for each in waiting
    ]


def _to_look_after(cycles: list[Cycle], seats: list[Seat]) -> list[Task]:
    """Panels that wait, for whoever runs what they work on. Of whoever sits on one, nothing is
    asked."""
    mine = {seat.panel_id for seat in seats}
    waiting = {
        each.panel.pk: each.panel
        for each in cycles
        if each.panel and each.panel.status == PanelStatus.PAUSED and each.panel.pk not in mine
    }
    return [
        Task(
            f"Look after {panel.name}: it is waiting for a member",
            panel.get_absolute_url(),
            when="be in touch with its members today, then invite people",
            until=timezone.localdate(),
        )
        for panel in waiting.values()
    ]


def _to_find_a_chair(cycles: list[Cycle]) -> list[Task]:
    """Panels that meet soon, and whose chair has left or was never named."""
    panels = {each.panel.pk: each.panel for each in cycles if each.panel}
    return [
        Task(
            f"Find somebody to chair {meeting.panel.name}",
            reverse("stakeholders:appoint-chair", args=[meeting.panel.public_id]),
            takes="a minute, once somebody has said yes",
            when=f"its next meeting is on {day_in_words(localdate(meeting.starts_at))}",
            until=localdate(meeting.starts_at),
        )
        for meeting in without_chair(panels.values())
    ]


def _invitations(user: Any) -> list[Task]:
    return [
        Task(
            title=f"Answer the invitation to {each.panel.name}",
            url=link(each),
            takes="about 5 minutes",
            when=f"until {moment_in_words(each.expires_at)}",
            until=each.expires_at,
        )
        for each in queries.invitations_to(user)
    ]


def _to_rate(rounds: list[queries.OpenRound]) -> list[Task]:
    return [
        Task(
            title=f"Rate the options in “{each.round.decision.title}”",
            url=each.round.decision.get_absolute_url(),
            takes=f"about {max(5, MINUTES_AN_OPTION * each.options_to_rate)} minutes",
            when=f"until {moment_in_words(each.closes_at)}" if each.closes_at else "",
            until=each.closes_at,
        )
        for each in rounds
        if each.options_to_rate and not each.is_over
    ]


def _to_close(rounds: list[queries.OpenRound]) -> list[Task]:
    return [
        Task(
            title=f"Close the round on “{each.round.decision.title}”",
            url=each.round.decision.get_absolute_url(),
            takes="a minute",
            when="its time has passed",
            until=each.closes_at,
        )
        for each in rounds
        if each.is_run_by_reader and each.is_over
    ]


def _to_appraise(seats: list[Seat]) -> list[Task]:
    return [_appraisal(each) for each in queries.appraisals_waiting(seats)]


def _appraisal(waiting: queries.AppraisalsWaiting) -> Task:
    """What comes first: writing, then reading and signing, then agreeing."""
    title = waiting.decision.title
    if waiting.to_write:
        verb, takes = f"Appraise the evidence on “{title}”", "about 20 minutes for each option"
    elif waiting.to_sign:
        verb, takes = f"Read and sign the appraisal of “{title}”", "about 10 minutes"
    else:
        verb, takes = f"Agree the appraisal of “{title}”", "about 5 minutes"
    return Task(title=verb, url=waiting.decision.get_absolute_url(), takes=takes)


def _to_agree(seats: list[Seat]) -> list[Task]:
    """The list of what matters to the panel, until the reader's pillar has agreed to it."""
    return [
        Task(
            title=f"Agree to what matters to all of us in “{each.cycle.title}”",
            url=reverse("cycles:values", args=[each.cycle.slug]),
            takes="about 5 minutes",
            when="or say what is missing from it",
        )
        for each in editions_waiting_for(seats)
    ]


def _to_sign(user: Any, seats: list[Seat]) -> list[Task]:
    """What was written down of a decision. Asked, never owed; it says nothing of who is asked."""
    if not seats:
        return []
    return [
        Task(
            title=f"Say whether “{each.decision.title}” was written down as it was",
            url=reverse(
                "cycles:sign-record", args=[each.decision.cycle.slug, each.decision.public_id]
            ),
            takes="about 5 minutes",
            when="you are asked to sign the record, and you do not have to",
        )
        for each in records_to_sign(user)[:MOST_WAITING]
    ]


def _to_answer(cycles: list[Cycle], facts: dict[int, Facts]) -> list[Task]:
    on_decisions = [
        Task(
            title=f"Answer what people said in “{each.title}”",
            url=reverse("cycles:decisions", args=[each.slug]),
            takes=counted(
                facts[each.pk].contributions_unanswered, "comment or option", "comments and options"
            ),
        )
        for each in cycles
        if facts[each.pk].contributions_unanswered
    ]
    on_the_problem = [
        Task(
            title=f"Answer how people see the problem in “{each.title}”",
            url=reverse("cycles:understanding", args=[each.slug]),
            takes=counted(facts[each.pk].understandings_unanswered, "view", "views"),
        )
        for each in cycles
        if facts[each.pk].understandings_unanswered
    ]
    return [*on_decisions, *on_the_problem]


def _notes_to_answer(user: Any) -> list[Task]:
    """What members wrote beside the answers to frameworks, for whoever answers those."""
    return [
        Task(
            title=f"Reply to what members said on “{each.use.definition.name}”",
            url=each.get_absolute_url(),
            takes=counted(each.waiting_count, "note", "notes"),
        )
        for each in sheets_with_notes_waiting(user)[:MOST_WAITING]
    ]


def _to_look_at_again(user: Any) -> list[Task]:
    """What was kept out of a talk, and whose author asks somebody else to look."""
    return [
        Task(
            title=f"Look again at something in the talk about “{each.decision.title}”",
            url=reverse(
                "cycles:answer-appeal",
                args=[each.decision.cycle.slug, each.decision.public_id, each.public_id],
            ),
            takes="about 5 minutes",
        )
        for each in appeals_for(user, MOST_WAITING)
    ]


def _action(action: Action) -> Task:
    if action.due_on is None:
        when = "no date yet"
    elif action.due_on < timezone.localdate():
        when = f"was for {day_in_words(action.due_on)}"
    else:
        when = f"by {day_in_words(action.due_on)}"
    return Task(
        title=f"Do, or say how it stands: {action.title}",
        url=reverse("cycles:action", args=[action.cycle.slug, action.public_id]),
        when=f"{when}, in “{action.cycle.title}”",
        until=action.due_on,
    )


def _waiting_panels(seats: list[Seat]) -> list[Task]:
    """Panels that stand still for the reader. Nothing is asked of them."""
    tasks = []
    for seat in seats:
        url = seat.panel.get_absolute_url()
        # Whoever is away reads of themselves, and not that the panel waits.
        if seat.status == SeatStatus.AWAY:
            tasks.append(
                Task(
                    f"You have stepped away from {seat.panel.name}",
                    url,
                    when="Come back whenever you like.",
                )
            )
        elif seat.panel.status == PanelStatus.PAUSED:
            tasks.append(
                Task(
                    f"{seat.panel.name} is waiting for a member",
                    url,
                    when="Dates move by as long as it waits. You need do nothing.",
                )
            )
    return tasks


def _closing(rounds: list[queries.OpenRound]) -> list[Task]:
    return [
        Task(
            title=f"Rating closes on “{each.round.decision.title}”",
            url=each.round.decision.get_absolute_url(),
            when=moment_in_words(each.closes_at),
            until=each.closes_at,
        )
        for each in rounds
        if each.closes_at and not each.is_over and not each.options_to_rate
    ]


def _talked_about(user: Any, seats: list[Seat]) -> list[Task]:
    return [
        Task(
            title=f"“{each.title}” is being talked about",
            url=reverse("cycles:decision-result", args=[each.cycle.slug, each.public_id]),
            when="Read the result, and say what it means.",
        )
        for each in queries.being_talked_about(user, seats)
    ]


def _became_of_words(user: Any) -> list[Words]:
    """Answers to the reader's own words, and of boards to what was decided together: the newest."""
    answered = [
        (each.answered_at or each.created_at, _words(each))
        for each in queries.words_answered(user, MOST_WORDS)
    ]
    answered += [
        (each.entered_at, _board_answered(each)) for each in newest_answers_for(user)[:MOST_WORDS]
    ]
    answered.sort(key=lambda both: both[0], reverse=True)
    return [words for _, words in answered[:MOST_WORDS]]


def _board_answered(answer: BoardAnswer) -> Words:
    return Words(
        said="",
        about=f"You took part in “{answer.decision.title}”",
        outcome=answer_sentence(answer).removesuffix("."),
        answer="\n".join(filter(None, [answer.what_changed, answer.why])),
        url=f"{result_url(answer.decision)}#board",
        link="Read the answer",
    )


def _words(each: Any) -> Words:
    if isinstance(each, Understanding):
        about = f"You said of the problem in “{each.cycle.title}”"
    elif isinstance(each, Comment):
        about = f"You said about “{each.decision.title}”"
    else:
        about = f"You proposed for “{each.decision.title}”"
    return Words(
        said=Truncator(each.title if isinstance(each, Option) else each.text).words(40),
        about=about,
        outcome=each.get_status_display(),
        answer=each.answer,
        **_where(each),
    )


def _where(each: Any) -> dict[str, str]:
    """Where it is read: among the reader's own words, where they no longer see the rest."""
    if each.is_open:
        return {"url": place_url(each)}
    return {"url": reverse("home:my-words"), "link": "Read it in My words"}


def _still_unanswered(count: int) -> str:
    if not count:
        return ""
    subject = counted(count, "thing you said still waits", "things you said still wait")
    return f"{subject[0].upper()}{subject[1:]} for an answer. You are told when there is one."


def _cycle(cycle: Cycle, facts: Facts, seats: list[Seat]) -> CycleRow:
    missing = gates.unmet(cycle, facts)
    step = forward(cycle.stage)
    onwards = Stage(step.target).label if step else ""
    return CycleRow(
        title=cycle.title,
        url=cycle.get_absolute_url(),
        stage=Stage(cycle.stage).label,
        next_step=missing[0].missing
        if missing
        else f"Nothing is missing: it can go on to {onwards}.",
        next_url=missing[0].url if missing else cycle.get_absolute_url(),
        waiting_for=missing[0].waiting_for if missing else "",
        panel_waits=_panel_waits(cycle, seats, said=bool(missing) and missing[0].key == SITTING),
    )


def _panel_waits(cycle: Cycle, seats: list[Seat], *, said: bool) -> str:
    """That the panel waits for a member, never who or why; empty where it does not, where the line
    of the next step says it, and for whoever is away from it themselves."""
    is_away = any(
        seat.panel_id == cycle.panel_id and seat.status == SeatStatus.AWAY for seat in seats
    )
    if said or is_away or cycle.panel is None or cycle.panel.status != PanelStatus.PAUSED:
        return ""
    return "The panel is waiting for a member: nothing is decided meanwhile."
