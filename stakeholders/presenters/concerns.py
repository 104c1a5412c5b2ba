"""What pages about concerns say, and which page somebody came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from stakeholders.enums import ConcernStatus, ConcernStepKind
from stakeholders.models import Concern, ConcernStep
from stakeholders.permissions.concerns import (
    may_move_concern,
    may_reopen_concern,
    may_write_on_concern,
)
from stakeholders.queries.concerns import own_news
from vbc.ui.dates import day_in_words, moment_in_words

OURS = frozenset({"home", "stakeholders", "evidence", "cycles", "reports"})
# A page about a concern is nobody else's business, and neither is somebody's mail.
NOT_REMEMBERED = frozenset(
    {"concern", "raise-concern", "my-concerns", "concern-raised", "concerns"}
)
LONGEST_PAGE = 200


# --- The page they came from --------------------------------------------------------------------


def address_to_raise(request: Any) -> str:
    """Where to raise a concern, with the page that is open, signed for whoever has it open.

    Signed, so that the page is one that this person was shown. Nothing is remembered of an address
    that holds a code, nor of what comes after the question mark.
    """
    match = request.resolver_match
    address = reverse("stakeholders:raise-concern")
    if (
        match is None
        or match.namespace not in OURS
        or match.url_name in NOT_REMEMBERED
        or "code" in match.kwargs
        or len(request.path) > LONGEST_PAGE
    ):
        return address
    return f"{address}?{urlencode({'from': _signer(request.user).sign(request.path)})}"


def page_of(user: Any, signed: str) -> str:
    """The page in the address, if it was shown to `user`; else nothing."""
    try:
        return _signer(user).unsign(signed)
    except BadSignature:
        return ""


def likely(page: str, panels: Iterable[str]) -> str:
    """Of the choices `panels`, the one that the page belongs to."""
    parts = page.split("/")
    return next((key for key in panels if key.split(":")[1] in parts), "")


def _signer(user: Any) -> Signer:
    return Signer(salt=f"stakeholders.concern-page.{user.public_id}")


# --- Whoever raised it --------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnConcern:
    """A concern as whoever raised it reads it."""

    concern: Concern
    heading: str
    belongs_to: str
    state: str
    steps: list[str]


def own(concern: Concern) -> OwnConcern:
    steps = [each for each in concern.steps.all() if each.is_for_whoever_raised_it]
    return OwnConcern(
        concern=concern,
        heading=f"What you told us on {moment_in_words(concern.raised_at)}",
        belongs_to=belongs_to(concern),
        state=state(concern),
        steps=[_step_told(each) for each in steps],
    )


def belongs_to(concern: Concern) -> str:
    return concern.panel.name if concern.panel else concern.organisation.name


def state(concern: Concern) -> str:
    """Where it stands, and what happens next."""
    due = moment_in_words(concern.look_by)
    if concern.status != ConcernStatus.NEW:
        return {
            ConcernStatus.LOOKED_AT: "Somebody has read it and is looking at it.",
            ConcernStatus.PASSED_ON: "It was passed on, and is still being looked after.",
            ConcernStatus.CLOSED: "It is closed. What was done stands below.",
        }[ConcernStatus(concern.status)]
    if is_late(concern):
        return (
            f"It was to be looked at by {due}, and was not. That should not happen, and we are "
            "sorry. The people who read concerns are reminded."
        )
    return f"To be looked at by {due}."


def is_late(concern: Concern) -> bool:
    return concern.status == ConcernStatus.NEW and concern.look_by < timezone.now()


def _step_told(step: ConcernStep) -> str:
    when = day_in_words(step.at)
    if step.kind == ConcernStepKind.PASSED_ON and step.passed_on_day:
        to, day = step.get_passed_to_display().lower(), day_in_words(step.passed_on_day)
        return f"Passed on to {to} on {day}. {step.told}".strip()
    return {
        ConcernStepKind.LOOKED_AT: f"{when}: read for the first time.",
        ConcernStepKind.CLOSED: f"{when}: closed. {step.told}",
        ConcernStepKind.REOPENED: f"{when}: being looked at again.",
    }[ConcernStepKind(step.kind)]


# --- Whoever reads it ---------------------------------------------------------------------------

HEAD = ("Raised", "Belongs to", "Where it stands")


def queue_rows(concerns: Iterable[Concern]) -> list[list[Any]]:
    """The queue: never a word of what was written, nor by whom."""
    return [
        [
            {
                "text": moment_in_words(each.raised_at),
                "url": each.get_absolute_url(),
                "note": "Somebody is in danger now, it says" if each.is_in_danger else "",
            },
            belongs_to(each),
            {"text": each.get_status_display(), "note": _due(each)},
        ]
        for each in concerns
    ]


def _due(concern: Concern) -> str:
    if concern.status != ConcernStatus.NEW:
        return ""
    due = moment_in_words(concern.look_by)
    return f"Late: it was to be looked at by {due}" if is_late(concern) else f"By {due}"


def cover_page(concern: Concern) -> dict[str, Any]:
    """What stands on a concern before it is opened."""
    return {
        "concern": concern,
        "raised": moment_in_words(concern.raised_at),
        "belongs_to": belongs_to(concern),
        "due": _due(concern),
    }


def concern_page(concern: Concern, user: Any) -> dict[str, Any]:
    """The opened concern with everything that was done about it."""
    raised_by = concern.raised_by.display_name
    return cover_page(concern) | {
        "facts": [
            {"key": "Raised", "value": moment_in_words(concern.raised_at)},
            {"key": "By", "value": raised_by},
            {"key": "Who may know that", "value": concern.get_may_know_display()},
            {"key": "How to reach them", "value": concern.how_to_reach or "They answer here only"},
            {"key": "In danger then", "value": "Yes" if concern.is_in_danger else "No or not sure"},
            {"key": "Belongs to", "value": belongs_to(concern)},
            {"key": "Where it stands", "value": concern.get_status_display()},
        ],
        "steps": [
            {"step": each, "what": _step_for_leads(each)}
            for each in concern.steps.select_related("by")
        ],
        "may": {
            "write": bool(may_write_on_concern(user, concern)),
            "move": bool(may_move_concern(user, concern)),
            "reopen": bool(may_reopen_concern(user, concern)),
        },
    }


def _step_for_leads(step: ConcernStep) -> str:
    what = ConcernStepKind(step.kind).label
    if step.kind == ConcernStepKind.PASSED_ON and step.passed_on_day:
        to, day = step.get_passed_to_display().lower(), day_in_words(step.passed_on_day)
        what = f"Passed on to {to} on {day}"
    return f"{what}, written down by {step.by.display_name} on {moment_in_words(step.at)}"


# --- My work ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """Something for My work. It says as little as the page's reader needs."""

    title: str
    url: str
    when: str
    until: date | None = None


def to_read(user: Any) -> list[Waiting]:
    """What waits for `user` as a lead."""
    return [
        Waiting(
            "Read what somebody wrote to you as safeguarding lead",
            each.get_absolute_url(),
            _due(each),
            each.look_by,
        )
        for each in Concern.objects.visible_to(user).not_looked_at().order_by("look_by", "pk")
    ]


def news(user: Any) -> list[Waiting]:
    """What became of what `user` told a lead. Somebody may be looking over their shoulder."""
    address = reverse("stakeholders:my-concerns")
    return [
        Waiting(
            "Something you wrote",
            address,
            "Closed: read what was done" if each.is_closed else each.get_status_display(),
        )
        for each in own_news(user)
    ]
