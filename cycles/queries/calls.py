"""Calls for views: what is open, what was answered, and what may be said of it in numbers.

No number below five leaves this module, and each is rounded down to whole fives by itself
(`stakeholders/disclosure/attendance.py` says why that is safe). What people answered counts for
nothing in a rating: it informs the pillar of service users and carers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from cycles.enums import QuestionKind, SpeaksFrom
from cycles.models import (
    AnswerNote,
    AnswerTheme,
    Call,
    CallAnswer,
    CallAnswerPart,
    CallListener,
    CallQuestion,
    CallReader,
    CallResponse,
    Cycle,
    Decision,
)
from evidence.disclosure.gaps import Pair
from evidence.models import Theme
from evidence.queries.experience import themes_of
from evidence.queries.gaps import ThemeGaps, gaps_by_theme
from stakeholders.disclosure.attendance import STEP, number_in_words
from stakeholders.enums import Perspective
from stakeholders.models import Panel, User
from stakeholders.queries.engagement import Happening, ToldElsewhere, tells_of
from stakeholders.queries.panels import members_of

# In whose part of the involvement matrix an answer counts.
GROUP_OF = {SpeaksFrom.USES: Perspective.SERVICE_USER, SpeaksFrom.CARES: Perspective.CARER}


@dataclass(frozen=True)
class Counted:
    """Something that many said, and how many, in words: "at least 10"."""

    label: str
    how_many: str


@dataclass(frozen=True)
class Chosen:
    """A question with a few answers, and how many chose which."""

    question: str
    answers: tuple[Counted, ...]


@dataclass(frozen=True)
class CallFacts:
    """What may be told to anybody of a call that has closed; without numbers below five people."""

    call: Call
    how_many: str
    has_numbers: bool
    themes: tuple[Counted, ...]
    chosen: tuple[Chosen, ...]


def calls_of(cycle: Cycle) -> QuerySet[Call]:
    """The calls of a cycle, the newest first."""
    return cycle.calls.select_related("decision", "cycle__organisation")


def calls_seen_by(user: Any) -> QuerySet[Call]:
    return Call.objects.visible_to(user).select_related(
        "cycle__organisation", "cycle__panel", "cycle__lead", "decision"
    )


@tells_of
def in_the_log(panel: Panel) -> list[Happening]:
    """The calls of a panel's cycles, in its involvement log: what was asked, what came of it."""
    responses = CallResponse.objects.filter(theme__isnull=True)
    found = (
        Call.objects.put_out()
        .filter(cycle__panel=panel)
        .select_related("cycle")
        .prefetch_related(Prefetch("responses", responses))
    )
    told = []
    for call in found:
        came_of_it = [each.we_did for each in call.responses.all() if call.answered_at]
        thing = ToldElsewhere(
            what=f"Call for views: {call.title}",
            said=call.why,
            url=call.get_absolute_url(),
            came_of_it="".join(came_of_it),
        )
        told.append(Happening(call.opens_on, call.pk, thing))
    return told


def public_call(slug: str) -> Call | None:
    """The call at a short address, once it has been put out."""
    return (
        Call.objects.put_out()
        .filter(slug=slug)
        .select_related("cycle__organisation")
        .prefetch_related("questions__theme")
        .first()
    )


def public_calls(today: date, most: int) -> tuple[list[Call], list[Call]]:
    """For whoever is not signed in: what can be answered today, what closes first on top; and of
    what came something, the newest."""
    put_out = Call.objects.put_out().select_related("cycle__organisation")
    open_now = put_out.filter(closed_at__isnull=True, opens_on__lte=today, closes_on__gte=today)
    answered = put_out.filter(answered_at__isnull=False)
    return (
        list(open_now.order_by("closes_on", "pk")[:most]),
        list(answered.order_by("-answered_at", "-pk")[:most]),
    )


def facts_of(calls: Iterable[Call]) -> list[CallFacts]:
    """What may be told of those that have closed: as many queries for one as for ten."""
    closed = [call for call in calls if call.is_closed]
    if not closed:
        return []
    people = dict(_standing(closed).values_list("call").annotate(count=Count("pk")))
    themes: dict[int, list[Counted]] = defaultdict(list)
    found = AnswerTheme.objects.filter(answer__call__in=closed, answer__held_at__isnull=True)
    for key, label, count in (
        found.values_list("answer__call", "theme__label")
        .annotate(count=Count("answer", distinct=True))
        .order_by("-count", "theme__label")
    ):
        themes[key].append(Counted(label, number_in_words(count)))
    chosen = _chosen(closed)
    return [
        CallFacts(
            call=call,
            how_many=number_in_words(people.get(call.pk, 0)),
            has_numbers=(shows := people.get(call.pk, 0) >= STEP),
            themes=tuple(themes[call.pk]) if shows else (),
            chosen=tuple(chosen[call.pk]) if shows else (),
        )
        for call in closed
    ]


def hopes_in(call: Call) -> list[ThemeGaps]:
    """How it is and what people hope for, from this call alone; empty until it has closed."""
    if not call.is_closed:
        return []
    return gaps_by_theme(call.cycle.organisation, only=call.public_id)


def pairs_by_theme(call: Call) -> dict[Theme, list[Pair]]:
    """What was answered on hopes and is not held back, without whose it is."""
    parts = CallAnswerPart.objects.filter(
        answer__call=call, answer__held_at__isnull=True, actual__isnull=False
    )
    return one_pair_each(parts.select_related("question__theme").order_by("question__position"))


def one_pair_each(parts: Iterable[CallAnswerPart]) -> dict[Theme, list[Pair]]:
    """The first pair of each answer on each theme, so that so many pairs are so many people,
    whatever was asked."""
    found: dict[Theme, dict[Any, Pair]] = defaultdict(dict)
    for part in parts:
        theme, actual, hoped = part.question.theme, part.actual, part.hoped
        if theme is not None and actual is not None and hoped is not None:
            found[theme].setdefault(part.answer_id, (actual, hoped))
    return {theme: list(pairs.values()) for theme, pairs in found.items()}


def responses_of(call: Call) -> QuerySet[CallResponse]:
    """What came of it: of all that was said first, then theme by theme."""
    return call.responses.select_related("theme").order_by(
        F("theme__label").asc(nulls_first=True), "pk"
    )


def groups_answering(call: Call) -> frozenset[Perspective]:
    """Of which groups of the panel's pillar at least five answered. Never who: so answers that are
    held back count here too. Whoever holds one back and lets it go again would see by this what its
    author speaks from."""
    rows = (
        CallAnswer.objects.filter(call=call, perspective__in=GROUP_OF)
        .order_by()
        .values_list("perspective")
        .annotate(count=Count("pk"))
    )
    return frozenset(
        GROUP_OF[SpeaksFrom(perspective)] for perspective, count in rows if count >= STEP
    )


def groups_heard(cycle: Cycle) -> list[tuple[str, Any]]:
    """Which groups of the panel's pillar answered a call of the cycle, at least five of each in it,
    and when it closed. As it was then, whatever is taken back afterwards."""
    closed = Call.objects.filter(cycle=cycle, closed_at__isnull=False)
    rows = closed.values_list("closed_at", "heard_service_users", "heard_carers")
    return [
        (group, at)
        for at, *heard in rows
        for group, was_heard in zip(GROUP_OF.values(), heard, strict=True)
        if was_heard
    ]


# --- Reading the answers --------------------------------------------------------------------------


def is_reader(user: Any, call: Call) -> bool:
    return CallReader.objects.filter(call=call, user_id=user.pk, ended_at__isnull=True).exists()


def readers_of(call: Call) -> QuerySet[CallReader]:
    return call.readers.filter(ended_at__isnull=True).select_related("user").order_by("pk")


def people_to_name(call: Call) -> QuerySet[User]:
    """Everybody on the panel who does not read the answers yet."""
    if call.cycle.panel is None:
        return User.objects.none()
    return (
        User.objects.filter(pk__in=members_of(call.cycle.panel).values("user"))
        .exclude(pk__in=call.readers.filter(ended_at__isnull=True).values("user"))
        .order_by("display_name", "pk")
    )


def answers_to_read(call: Call, *, show: str = "", theme: Theme | None = None) -> QuerySet[Any]:
    """The answers in an order that has nothing to do with when they came.

    `show`: "uncoded" for those in which nobody has found a theme yet, "held" for those kept back;
    else all that are not kept back.
    """
    found: QuerySet[Any] = CallAnswer.objects.filter(call=call, held_at__isnull=show != "held")
    if show == "uncoded":
        found = found.filter(~Exists(AnswerTheme.objects.filter(answer=OuterRef("pk"))))
    if theme is not None:
        found = found.filter(Exists(AnswerTheme.objects.filter(answer=OuterRef("pk"), theme=theme)))
    return found.order_by("public_id")


def with_what_was_said(answers: QuerySet[Any]) -> QuerySet[Any]:
    """Each with its parts and the themes found in it."""
    parts = CallAnswerPart.objects.select_related("question").order_by("question__position")
    return answers.prefetch_related(
        Prefetch("parts", parts),
        Prefetch("themes", AnswerTheme.objects.select_related("theme").order_by("theme__label")),
    )


def beside(answers: QuerySet[Any], answer: CallAnswer) -> tuple[str, str]:
    """The public ids of the answers before and after this one in the list; empty at its ends."""
    ids = answers.order_by().values_list("public_id", flat=True)
    before = ids.filter(public_id__lt=answer.public_id).order_by("-public_id").first()
    after = ids.filter(public_id__gt=answer.public_id).order_by("public_id").first()
    return before or "", after or ""


@dataclass(frozen=True)
class Progress:
    """How far reading is, for those who read: exact, because they see every answer anyway."""

    answers: int
    uncoded: int
    held: int
    by_theme: Counter[int]


def progress_of(call: Call) -> Progress:
    counted = CallAnswer.objects.filter(call=call).aggregate(
        answers=Count("pk", filter=Q(held_at__isnull=True)),
        held=Count("pk", filter=Q(held_at__isnull=False)),
        uncoded=Count(
            "pk",
            filter=Q(held_at__isnull=True)
            & ~Q(Exists(AnswerTheme.objects.filter(answer=OuterRef("pk")))),
        ),
    )
    by_theme = (
        AnswerTheme.objects.filter(answer__call=call, answer__held_at__isnull=True)
        .order_by()
        .values_list("theme")
        .annotate(count=Count("answer", distinct=True))
    )
    return Progress(**counted, by_theme=Counter(dict(by_theme)))


def themes_to_find(call: Call) -> QuerySet[Theme]:
    """Those to choose from, in an order that does not change while somebody works through them."""
    return themes_of(call.cycle.organisation).order_by("label", "pk")


def notes_on(answer: CallAnswer) -> QuerySet[AnswerNote]:
    return answer.notes.select_related("by").order_by("pk")


def answer_by_code(call: Call, digest: str) -> CallAnswer | None:
    """The answer that a typed code belongs to."""
    return CallAnswer.objects.filter(call=call, follow_digest=digest).first()


# --- The table of answers -------------------------------------------------------------------------


def table_of(call: Call) -> tuple[list[str], list[list[str]]]:
    """Every answer that is not kept back, as a table. From which part somebody speaks is never in
    it: they were promised that nobody sees it beside what they said."""
    questions = list(call.questions.all())
    answers = answers_to_read(call).prefetch_related(
        Prefetch("parts", CallAnswerPart.objects.select_related("question"))
    )
    rows = []
    for answer in answers:
        parts = {part.question_id: part for part in answer.parts.all()}
        cells: list[str] = []
        for question in questions:
            cells += _cells(question, parts.get(question.pk))
        rows.append(cells)
    return _columns(questions), rows


def _columns(questions: Sequence[CallQuestion]) -> list[str]:
    columns = []
    for question in questions:
        if question.kind == QuestionKind.HOPES:
            columns += [f"{question.text} (now)", f"{question.text} (hoped for)"]
        else:
            columns.append(question.text)
    return columns


def _cells(question: CallQuestion, part: CallAnswerPart | None) -> list[str]:
    if question.kind == QuestionKind.HOPES:
        return [str(part.actual), str(part.hoped)] if part else ["", ""]
    return [(part.words or part.choice) if part else ""]


def _standing(calls: Iterable[Call]) -> QuerySet[CallAnswer]:
    return CallAnswer.objects.filter(call__in=calls, held_at__isnull=True).order_by()


def _chosen(calls: Sequence[Call]) -> dict[int, list[Chosen]]:
    """Of each question with a few answers, how many chose which, in the order they were offered."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    parts = CallAnswerPart.objects.filter(
        answer__call__in=calls, answer__held_at__isnull=True
    ).exclude(choice="")
    for question, choice, count in (
        parts.order_by().values_list("question", "choice").annotate(count=Count("pk"))
    ):
        counted[question][choice] = count
    found: dict[int, list[Chosen]] = defaultdict(list)
    questions = CallQuestion.objects.filter(call__in=calls, kind=QuestionKind.CHOICE)
    for each in questions.order_by("call", "position"):
        answers = (
            Counted(choice, number_in_words(counted[each.pk][choice])) for choice in each.choices
        )
        found[each.call_id].append(Chosen(each.text, tuple(answers)))
    return found


def calls_about(decision: Decision) -> QuerySet[Call]:
    """The calls on a decision that anybody can open or could."""
    return decision.calls.filter(published_at__isnull=False).select_related("cycle__organisation")


def calls_shown_in(cycle: Cycle) -> QuerySet[Call]:
    """The calls of a cycle that anybody can open or could, on a decision of it or not."""
    return cycle.calls.filter(published_at__isnull=False).select_related("cycle__organisation")


def due_to_close(today: date) -> QuerySet[Call]:
    return Call.objects.put_out().filter(closed_at__isnull=True, closes_on__lt=today)


def calls_with_people_left_to_tell() -> QuerySet[Call]:
    """Those of which it is out what came of them, with an address that has not been told."""
    waiting = CallListener.objects.filter(call=OuterRef("pk"))
    return Call.objects.filter(Exists(waiting), answered_at__isnull=False)


def listeners_forgotten(before: date) -> QuerySet[Any]:
    """Addresses that were left with calls about which people should have heard before that day."""
    return CallListener.objects.filter(call__hear_by__lt=before)


def decisions_to_ask_about(cycle: Cycle) -> QuerySet[Decision]:
    return cycle.decisions.order_by(F("created_at"), "pk")
