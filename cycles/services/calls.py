"""Calls for views: asking, closing, and saying what came of it.

Lock order: call; the audit's head last.
"""

import smtplib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from cycles.enums import QuestionKind
from cycles.models import (
    Call,
    CallListener,
    CallQuestion,
    CallReader,
    CallResponse,
    Cycle,
    Decision,
)
from cycles.models.calls import MOST_QUESTIONS
from cycles.notices.calls import CALL_ANSWERED, CALL_OUT
from cycles.queries import calls as queries
from cycles.queries.cycles import people_to_tell
from evidence.models import Theme
from evidence.services import gaps
from stakeholders.enums import Perspective
from vbc.core.ids import new_public_id
from vbc.core.refusals import Refused
from vbc.core.services import audit, jobs, notices
from vbc.core.services.versions import save_version

TELL_LISTENERS = "cycles.tell_listeners"
# How long an address is kept at most if nobody ever says what came of the call.
KEEP_LISTENERS = timedelta(days=365)

# What is said of one address. All else that a mail server says may be about all of them, such as
# that it does not take the message: then nobody's address is deleted before they are told.
REFUSED = (smtplib.SMTPRecipientsRefused, ValueError)


class NotAllTold(Exception):
    """Some who left an address have not been told yet. Nothing in it says who."""


@transaction.atomic
def start(cycle: Cycle, *, by: Any, decision: Decision | None = None, **said: Any) -> Call:
    """A call that nobody outside can see yet. `said`: title, why, what_happens, is_anonymous,
    opens_on, closes_on, hear_by."""
    _refuse_days_out_of_order(said)
    call = Call.objects.create(
        cycle=cycle, decision=decision, slug=_free_slug(said["title"]), created_by=by, **said
    )
    audit.record("call.started", call, by=by)
    return call


@transaction.atomic
def edit(call: Call, *, expected: int, by: Any, **said: Any) -> None:
    """Change it until it is put out. Raises EditedMeanwhile."""
    _not_out(call)
    _refuse_days_out_of_order(said)
    save_version(call, expected=expected, fields=said)
    audit.record("call.edited", call, by=by)


@transaction.atomic
def ask(
    call: Call,
    *,
    kind: str,
    text: str,
    choices: list[str] | None = None,
    theme: Theme | None = None,
    by: Any,
) -> CallQuestion:
    """Add a question, the fifth at most, and on hopes for a theme the only one: two would count
    each person twice, and numbers come from five people."""
    call = _not_out(call)
    last = call.questions.aggregate(last=Max("position"))["last"] or 0
    if last >= MOST_QUESTIONS:
        raise Refused(
            "There are five questions, which is as much as somebody answers in two minutes. "
            "Nothing was saved. Take one out first."
        )
    if kind == QuestionKind.CHOICE and len(choices or []) < 2:
        raise Refused("Write at least two answers to choose from. Nothing was saved.")
    if kind == QuestionKind.HOPES and theme is None:
        raise Refused("Choose which theme it is about. Nothing was saved.")
    if kind == QuestionKind.HOPES and call.questions.filter(theme=theme).exists():
        raise Refused(
            "A question asks about this theme already, and everybody counts once on each theme. "
            "Nothing was saved. Choose another theme, or take the other question out first."
        )
    question = CallQuestion.objects.create(
        call=call,
        position=last + 1,
        kind=QuestionKind(kind),
        text=text.strip(),
        choices=choices or [] if kind == QuestionKind.CHOICE else [],
        theme=theme if kind == QuestionKind.HOPES else None,
    )
    audit.record("call.question_added", call, by=by)
    return question


@transaction.atomic
def take_out(question: CallQuestion, *, by: Any) -> None:
    """Take a question out; those after it move up."""
    call = _not_out(question.call)
    question.delete()
    for position, each in enumerate(call.questions.order_by("position"), start=1):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
    audit.record("call.question_taken_out", call, by=by)


@transaction.atomic
def put_out(call: Call, *, by: Any) -> None:
    """From now on anybody who has the address can open it. The panel is told."""
    locked = _not_out(call)
    if not locked.questions.exists():
        raise Refused("It asks nothing yet. Nothing was changed. Add a question first.")
    if locked.closes_on < timezone.localdate():
        raise Refused("Its last day is over. Nothing was changed. Choose another day first.")
    locked.published_at, locked.published_by = timezone.now(), by
    locked.save(update_fields=["published_at", "published_by"])
    call.refresh_from_db()
    audit.record("call.put_out", call, by=by)
    notices.tell_everyone(people_to_tell(call.cycle), CALL_OUT, call)


@transaction.atomic
def close(call: Call, *, by: Any) -> None:
    """Take no more answers. What was said on hopes is kept from now on without whose it is, and so
    is which groups were heard: neither changes when an answer is taken back."""
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if locked.published_at is None or locked.is_closed:
        return
    answering = queries.groups_answering(locked)
    locked.closed_at = timezone.now()
    locked.heard_service_users = Perspective.SERVICE_USER in answering
    locked.heard_carers = Perspective.CARER in answering
    locked.save(update_fields=["closed_at", "heard_service_users", "heard_carers"])
    call.refresh_from_db()
    if pairs := queries.pairs_by_theme(call):
        gaps.record_call(
            call.cycle.organisation,
            key=call.public_id,
            name=f"Call for views: {call.title}",
            by_theme=pairs,
            by=by,
        )
    audit.record("call.closed", call, by=by)


def close_due(today: date) -> None:
    """Close every call whose last day is over, and forget addresses that were kept too long."""
    for call in queries.due_to_close(today):
        close(call, by=None)
    queries.listeners_forgotten(today - KEEP_LISTENERS).delete()


@transaction.atomic
def name_reader(call: Call, *, reader: Any, by: Any) -> None:
    """Let a member of the panel read the answers. Doing this twice does nothing more."""
    _, is_new = CallReader.objects.get_or_create(
        call=call, user=reader, ended_at=None, defaults={"named_by": by}
    )
    if is_new:
        audit.record("call.reader_named", call, by=by, subject=reader)


@transaction.atomic
def end_reader(reader: CallReader, *, by: Any) -> None:
    live = CallReader.objects.filter(pk=reader.pk, ended_at__isnull=True)
    if live.update(ended_at=timezone.now()):
        audit.record("call.reader_ended", reader.call, by=by, subject=reader.user)


@transaction.atomic
def respond(
    call: Call, *, theme: Theme | None, you_said: str, we_did: str, expected: int, by: Any
) -> None:
    """Write what came of one theme or, without one, of all that was said. `expected` is 0 where
    nothing was written yet. Raises EditedMeanwhile."""
    locked = _closed(call)
    fields = {"you_said": you_said.strip(), "we_did": we_did.strip()}
    response = CallResponse.objects.filter(call=locked, theme=theme).first()
    if response is None:
        try:
            with transaction.atomic():
                response = CallResponse.objects.create(call=locked, theme=theme, **fields)
        except IntegrityError as error:
            raise Refused("Somebody wrote one in the same moment. Read it first.") from error
    else:
        save_version(response, expected=expected, fields=fields)
    audit.record("call.responded", call, by=by, data={"theme": theme.public_id if theme else ""})


@transaction.atomic
def publish_responses(call: Call, *, by: Any) -> None:
    """Show what came of it at the call's own address, and tell the panel and whoever left an
    address. What is changed afterwards shows at once, and nobody is told a second time."""
    locked = _closed(call)
    if not locked.responses.filter(theme__isnull=True).exists():
        raise Refused(
            "Say first what came of all that was said together. Nothing was changed: then it goes "
            "out with what you wrote on the themes."
        )
    if locked.answered_at is not None:
        return
    locked.answered_at, locked.answered_by = timezone.now(), by
    locked.save(update_fields=["answered_at", "answered_by"])
    call.refresh_from_db()
    audit.record("call.answered", call, by=by)
    notices.tell_everyone(people_to_tell(call.cycle), CALL_ANSWERED, call)
    jobs.enqueue(TELL_LISTENERS, call, by=by)


def tell_listeners(call: Call, *, is_last: bool) -> None:
    """Send each address what came of the call, and delete it. Safe to run again at any time.

    An address that the mail server refuses stops nobody after it; it is deleted too if this is the
    last attempt. Raises `NotAllTold` while addresses are left.
    """
    context = {
        "address": settings.SITE_ADDRESS + call.public_url,
        "service_name": settings.SERVICE_NAME,
    }
    body = render_to_string("mail/what_came_of_it.txt", context)
    left = 0
    for listener in call.listeners.all():
        try:
            EmailMessage(
                subject=f"What came of what people told us – {settings.SERVICE_NAME}",
                body=body,
                to=[listener.email],
            ).send()
        except (smtplib.SMTPException, ValueError) as error:
            if not (is_last and isinstance(error, REFUSED)):
                left += 1
                continue
        listener.delete()
    if left:
        # Raised here, where nothing of the errors hangs on it: they have the addresses in them.
        raise NotAllTold(f"{left} were not told yet")


def tell_those_left() -> None:
    """Try again to tell what came of a call where a mail server took nothing for long."""
    for call in queries.calls_with_people_left_to_tell():
        jobs.enqueue(TELL_LISTENERS, call, by=None)


@transaction.atomic
def listen(call: Call, *, email: str, by: None = None) -> None:
    """Keep an address until somebody can tell it what came of the call. Nobody is told who left
    one, and the audit does not say when."""
    if call.answered_at is not None:
        raise Refused("What came of it is out already: you can read it at this address.")
    CallListener.objects.get_or_create(call=call, email=email.strip().lower())


def _not_out(call: Call) -> Call:
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if locked.published_at is not None:
        raise Refused(
            "It was put out meanwhile, so its questions and its promise stay as they are. Nothing "
            "was saved."
        )
    return locked


def _closed(call: Call) -> Call:
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if not locked.is_closed:
        raise Refused("It is not closed yet. Nothing was saved.")
    return locked


def _refuse_days_out_of_order(said: dict[str, Any]) -> None:
    if not said["opens_on"] <= said["closes_on"] <= said["hear_by"]:
        raise Refused(
            "The days are not in order: a call opens, closes, and then people hear what came of "
            "it. Nothing was saved."
        )


def _free_slug(title: str) -> str:
    """Short enough to be read out, and never one that is taken."""
    base = slugify(title)[:30].strip("-") or "views"
    taken = set(Call.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else f"{base}-{new_public_id()[:4]}"
