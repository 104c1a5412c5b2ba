"""My work: each thing a verb, a plain title, how long it takes, until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from cycles.models import Action, BoardAnswer, Comment, Option, Understanding
from cycles.presenters.boards import answer_sentence
from cycles.presenters.contributions import place_url
from cycles.presenters.signatures import result_url
from cycles.queries.boards import newest_answers_for
from cycles.queries.facts import facts_by_cycle
from stakeholders.enums import PanelStatus, SeatStatus
from stakeholders.models import Seat
from stakeholders.presenters import concerns
from stakeholders.presenters.panels import counted
from stakeholders.queries.meetings import coming_for
from stakeholders.queries.panels import live_seats_of
from stakeholders.services.invitations import link
from vbc.home.presenters import deciding, running, taking_part
from vbc.home.presenters.task import MOST_WAITING, Task
from vbc.home.queries import my_work as queries
from vbc.home.queries.my_words import waiting_from
from vbc.ui.dates import day_in_words, moment_in_words

MOST_WORDS = 5
MOST_CYCLES = 10
SOON = timedelta(days=14)


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
        *running.to_look_after(cycles, seats),
        *running.to_find_a_chair(cycles),
        *_invitations(user),
        *taking_part.to_step_in(seats),
        *deciding.to_rate(rounds),
        *deciding.to_close(rounds),
        *deciding.to_appraise(seats),
        *deciding.to_agree(seats),
        *running.to_answer(cycles, facts),
        *running.notes_to_answer(user),
        *running.to_look_at_again(user),
        *(_action(each) for each in actions if _is_soon(each)),
        *taking_part.dates_to_answer(asked),
        *taking_part.coming_to_answer(asked),
        *taking_part.offers_to_answer(user),
        *taking_part.promised_in_meetings(user),
        *taking_part.to_begin_with(user, seats),
        *deciding.to_sign(user, seats),
    ]
    waiting.sort(key=_by_date)
    coming_up = [
        *taking_part.coming_meetings(meetings),
        *deciding.closing(rounds),
        *deciding.talked_about(user, seats),
        *(_action(each) for each in actions if not _is_soon(each)),
    ]
    coming_up.sort(key=_by_date)
    return {
        "waiting": waiting[:MOST_WAITING],
        "more_waiting": max(0, len(waiting) - MOST_WAITING),
        "words": _became_of_words(user),
        "words_waiting": _still_unanswered(waiting_from(user)),
        "coming_up": [*_concerns(concerns.news(user)), *_waiting_panels(seats), *coming_up],
        "cycles": [running.cycle_row(each, facts[each.pk], seats) for each in cycles[:MOST_CYCLES]],
        "has_more_cycles": len(cycles) > MOST_CYCLES,
        "has_seat": bool(seats),
        "for_you": taking_part.for_one(user, seats),
    }


def _is_soon(action: Action) -> bool:
    """Whether an action belongs to what waits now: due within two weeks, or without a date."""
    return action.due_on is None or action.due_on <= timezone.localdate() + SOON


def _by_date(task: Task) -> str:
    """What comes before all else, then earliest first, what has no date last."""
    if task.is_first:
        return "0"
    if task.until is None:
        return "9"
    if isinstance(task.until, datetime):
        return timezone.localtime(task.until).isoformat()
    return task.until.isoformat()


def _concerns(waiting: list[concerns.Waiting]) -> list[Task]:
    return [
        Task(title=each.title, url=each.url, when=each.when, until=each.until) for each in waiting
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
