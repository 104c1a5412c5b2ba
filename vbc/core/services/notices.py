"""The one door to telling people things. Words are made at the moment of sending."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from vbc.core.enums import NoticeStatus
from vbc.core.models import Notification
from vbc.core.services import jobs

DELIVER = "core.deliver_notice"


@dataclass(frozen=True)
class Words:
    """What a person reads. The subject never says a role, an illness or a name."""

    subject: str
    paragraphs: tuple[str, ...]
    link: str = ""
    link_text: str = "Open it"


Writer = Callable[[Notification], Words | None]
Holder = Callable[[Notification], bool]
_writers: dict[str, Writer] = {}
_reminders: set[str] = set()
_holders: list[Holder] = []


def writes(kind: str, *, is_reminder: bool = False) -> Callable[[Writer], Writer]:
    """Register the function that words notices of `kind`: None when no longer visible.

    A reminder may be held back from whoever asked for quiet; nothing else ever is.
    """

    def register(writer: Writer) -> Writer:
        _writers[kind] = writer
        if is_reminder:
            _reminders.add(kind)
        return writer

    return register


def holds_back(holder: Holder) -> Holder:
    """Register a function that is asked of each reminder, as it is sent, whether to leave it."""
    _holders.append(holder)
    return holder


def tell(
    recipient: Any,
    kind: str,
    thing: models.Model,
    *,
    once: str = "",
    after: timedelta = timedelta(0),
) -> None:
    """Tell `recipient` about `thing`, once for each `once` (by default: once for the thing).

    It is sent when `after` has passed.
    """
    tell_everyone([recipient], kind, thing, once=once, after=after)


def tell_everyone(
    recipients: Iterable[Any],
    kind: str,
    thing: models.Model,
    *,
    once: str = "",
    after: timedelta = timedelta(0),
) -> None:
    """Tell each of them the same, in as many statements for thirty people as for one.

    What tells a whole panel is often written with the panel locked, and others wait for it.
    """
    if kind not in _writers:
        raise LookupError(f"No notices.py writes notices of kind {kind}.")
    object_id = str(getattr(thing, "public_id", thing.pk))
    key = f"{kind}:{object_id}:{once}"[:120]
    made = [
        Notification(recipient=person, kind=kind, object_id=object_id, dedupe_key=key)
        for person in recipients
    ]
    with transaction.atomic():
        # Whoever was told already keeps that notice, and no second one is written.
        Notification.objects.bulk_create(made, ignore_conflicts=True)
        new = Notification.objects.filter(public_id__in=[notice.public_id for notice in made])
        jobs.enqueue_new(DELIVER, new, by=None, after=after)


def can_be_told(person: Any) -> bool:
    """Whether anything reaches this person: not once their account is closed."""
    return bool(person.is_active)


def told(author: Any, said: str) -> str:
    """`said`, which tells whoever answered that `author` is told; or that they cannot be."""
    if can_be_told(author):
        return said
    return (
        "Your answer is saved. Whoever said this no longer has an account here, so they cannot be "
        "told."
    )


def in_my_words(words: Words) -> Words:
    """The same, for whoever no longer sees the place where they said it: there they read their own
    words, and the answer to them."""
    return replace(words, link=reverse("home:my-words"), link_text="Read it in My words")


def words_of(notice: Notification) -> Words | None:
    """What the notice says to its reader now; None if they may no longer see it."""
    return _writers[notice.kind](notice)


def deliver(notice: Notification) -> None:
    """Send one notice by e-mail, unless its reader may no longer see what it is about.

    A reminder that is held back is dropped like one that is no longer visible: nothing tells the
    two apart afterwards, and nobody finds a heap of them on coming back.
    """
    words = words_of(notice) if can_be_told(notice.recipient) else None
    # Without an address there is nothing to send: the person's work shows what waits for them.
    has_address = getattr(notice.recipient, "has_email", True)
    if words is None or not has_address or _is_held_back(notice):
        _settle(notice, NoticeStatus.DROPPED)
        return
    context = {
        "words": words,
        "name": notice.recipient.display_name,
        "address": settings.SITE_ADDRESS + words.link if words.link else "",
        "service_name": settings.SERVICE_NAME,
    }
    message = EmailMultiAlternatives(
        subject=f"{words.subject} – {settings.SERVICE_NAME}",
        body=render_to_string("mail/notice.txt", context),
        to=[notice.recipient.email],
    )
    message.attach_alternative(render_to_string("mail/notice.html", context), "text/html")
    message.send()
    _settle(notice, NoticeStatus.SENT)


def _is_held_back(notice: Notification) -> bool:
    return notice.kind in _reminders and any(holder(notice) for holder in _holders)


def _settle(notice: Notification, status: str) -> None:
    Notification.objects.filter(pk=notice.pk).update(status=status, sent_at=timezone.now())
