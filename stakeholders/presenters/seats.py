"""What the page of one's own part in a panel shows, and the people page of who runs it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from stakeholders.enums import COVERED, SeatKind, SeatStatus
from stakeholders.models import Seat
from stakeholders.permissions.invitations import may_nominate_reserve
from stakeholders.presenters.panels import by_name
from stakeholders.queries.seats import (
    card_of,
    cover_of,
    member_covered_by,
    offer_of,
    places_to_step_in_for,
    seats_beside,
)
from vbc.ui.dates import day_in_words

WHAT_YOU_ARE = {
    SeatKind.MEMBER: "You are a member of this panel.",
    SeatKind.RESERVE: (
        "You are on the reserve list. When somebody steps away for a while, you are asked whether "
        "you can step in. You can always say no by doing nothing."
    ),
}
# What each line of one's own part is for.
HINTS = {
    "Who steps in for you": "When you step away, they are asked whether they can take your place.",
    "If you become unwell": "A card with what you want to happen then. Only you write it.",
    "Who else can step in": "If nobody you named can come. Service users and carers keep the list.",
    "Who is in touch with you": "Somebody you trust, who asks how you are when the panel waits.",
    "Who sits beside you": "A friend or an advocate who comes along and reads with you.",
}
READS_AND_SUPPORTS = "You can read everything they can read; talking and rating are theirs."


def your_part(seat: Seat) -> dict[str, Any]:
    """Everything about one's own seat, in the order in which people ask for it."""
    is_member = seat.kind == SeatKind.MEMBER
    has_cover = is_member and seat.perspective in COVERED
    return {
        "panel": seat.panel,
        "seat": seat,
        "what_you_are": _what_you_are(seat),
        "is_away": seat.status == SeatStatus.AWAY,
        "has_stepped_in": seat.kind == SeatKind.COVER and seat.status == SeatStatus.ACTIVE,
        "places": places_to_step_in_for(seat),
        "note": _note_for_cover(seat),
        "rows": _rows(seat, is_member=is_member, has_cover=has_cover),
    }


def _what_you_are(seat: Seat) -> str:
    if seat.kind == SeatKind.COVER:
        member = member_covered_by(seat)
        name = member.user.display_name if member else "a member"
        if seat.status == SeatStatus.ACTIVE:
            return f"You have stepped in for {name}. You take part like a member until they return."
        return f"You are ready to step in for {name}. You are asked when they step away."
    if seat.beside is not None:
        return f"You sit beside {seat.beside.user.display_name}. {READS_AND_SUPPORTS}"
    return WHAT_YOU_ARE[SeatKind(seat.kind)]


def _note_for_cover(seat: Seat) -> str:
    """What the member wrote for whoever steps in: shown while they have."""
    member = member_covered_by(seat)
    if member is None or seat.status != SeatStatus.ACTIVE:
        return ""
    return card_of(member).note_for_cover


def _rows(seat: Seat, *, is_member: bool, has_cover: bool) -> list[dict[str, Any]]:
    def to(name: str) -> str:
        return reverse(f"stakeholders:{name}", args=[seat.panel.public_id])

    rows = []
    if seat.kind != SeatKind.SUPPORTER:
        change = [_action(to("change-perspective"), "Change", "what you speak from")]
        rows.append(
            _row("You speak from", seat.get_perspective_display(), change if is_member else [])
        )
    if has_cover:
        cover = cover_of(seat)
        rows += [
            _row(
                "Who steps in for you",
                cover.user.display_name if cover else "Nobody yet",
                [_action(to("name-cover"), "Change" if cover else "Choose", "who steps in")],
            ),
            _row(
                "If you become unwell",
                "You have written a card" if card_of(seat).pk else "Nothing written",
                [_action(to("unwell-card"), "Open", "your card")],
            ),
        ]
    if may_nominate_reserve(seat.user, seat.panel):
        rows.append(
            _row(
                "Who else can step in",
                "The reserve list",
                [_action(to("reserve-list"), "Open", "the reserve list")],
            )
        )
    if is_member or seat.kind == SeatKind.COVER:
        beside = ", ".join(each.user.display_name for each in seats_beside(seat))
        rows += [
            _row(
                "Who is in touch with you",
                seat.liaison.display_name if seat.liaison else "Nobody yet",
                [_action(to("liaison"), "Change" if seat.liaison else "Choose", "who it is")],
            ),
            _row(
                "Who sits beside you",
                beside or "Nobody",
                [_action(to("bring-supporter"), "Change" if beside else "Ask", "beside you")],
            ),
        ]
    if offer_of(seat.user, seat.panel):
        rows.append(
            _row(
                "Who turns to you",
                "You offered to be in touch with members",
                [_action(to("who-chose-you"), "See who", "chose you")],
            )
        )
    if seat.term_ends_on:
        rows.append(_row("Your seat is agreed until", day_in_words(seat.term_ends_on), []))
    return rows


def _row(key: str, value: str, actions: list[dict[str, str]]) -> dict[str, Any]:
    return {"key": key, "value": value, "hint": HINTS.get(key, ""), "actions": actions}


def _action(url: str, text: str, hidden: str) -> dict[str, str]:
    return {"url": url, "text": text, "hidden": hidden}


@dataclass(frozen=True)
class PersonRow:
    """Somebody on the panel, for the organisation's staff."""

    name: str
    part: str
    until: str
    term_url: str
    remove_url: str


def people_rows(seats: Iterable[Seat]) -> list[PersonRow]:
    return [
        PersonRow(
            name=seat.user.display_name,
            part=_part(seat),
            until=day_in_words(seat.term_ends_on) if seat.term_ends_on else "no last day",
            term_url=reverse("stakeholders:set-term", args=[seat.panel.public_id, seat.public_id]),
            remove_url=reverse("stakeholders:remove", args=[seat.panel.public_id, seat.public_id]),
        )
        for seat in by_name(seats)
    ]


def _part(seat: Seat) -> str:
    """What the person is there for and speaks from. Never whether they are away."""
    if seat.kind == SeatKind.SUPPORTER:
        return "Sits beside a member"
    speaks = seat.get_perspective_display()
    return speaks if seat.kind == SeatKind.MEMBER else f"{speaks}, ready to step in"
