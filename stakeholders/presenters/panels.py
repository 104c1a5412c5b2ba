"""What pages about panels say: numbers as words, and never who or why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from unicodedata import combining, normalize

from django.urls import reverse
from django.utils import timezone

from stakeholders.enums import PanelAuthority, PanelStatus, Perspective, SeatStatus
from stakeholders.gates import Missing, to_open
from stakeholders.models import Panel, Seat
from stakeholders.permissions.panels import (
    may_manage_seats,
    may_read_roles,
    may_run_panel,
    panels_with_roles_for,
)
from stakeholders.presenters import panel_links, panel_now
from stakeholders.queries.panels import (
    Composition,
    compositions,
    invitations_waiting,
    members_of,
    seat_of,
    works_for,
)
from stakeholders.queries.seats import places_to_step_in_for
from stakeholders.queries.support import arranger_of
from stakeholders.services.panels import reading_until

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# In the one order in which a panel is described.
WORDS: dict[str, tuple[str, str]] = {
    Perspective.SERVICE_USER: ("service user", "service users"),
    Perspective.CARER: ("carer", "carers"),
    Perspective.CLINICIAN: ("clinician", "clinicians"),
    Perspective.SOCIAL_CARE: ("social-care professional", "social-care professionals"),
    Perspective.EVIDENCE_REVIEWER: ("evidence reviewer", "evidence reviewers"),
    Perspective.IN_ATTENDANCE: ("person in attendance", "people in attendance"),
}
WAITING = (
    "This panel is waiting for a member: nothing is decided meanwhile, reading and talking go on."
)
# What whoever has stepped away reads instead: nothing about what the panel does without them.
AWAY = "You have stepped away from this panel. There is nothing you need to do."
WANTED_CARERS = 2
NEEDED_PROFESSIONALS = 2
COUNTING = (
    "Seats of people who work for the commissioning body, or for a service the panel may decide "
    "about, do not count."
)
NO_CARER = (
    "No carer is on this panel at the moment. It can sit without, but what carers know is missed. "
    "If you know someone who looks after a friend or relative, tell the people who run the panel."
)
# To every member in the same words, whoever they are.
WHILE_IT_WAITS = (
    "There is nothing you need to do. No date runs out while the panel waits. You can go on "
    "reading and talking."
)
# To the organisation's staff, who are asked the same by e-mail.
LOOK_AFTER_FIRST = (
    "First, be in touch with its members today, everybody alike, and ask how they are. A meeting "
    "that is due today is best moved. Then there is time to look for somebody: no date runs out."
)
# Never how many: a chair who is a member could tell from the number who is missing.
NEEDS_MORE = f"To go on, the panel needs more service users. {COUNTING}"


def in_words(number: int) -> str:
    """Small numbers as words, up to ten; larger ones in figures."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else str(number)


def counted(number: int, one: str, many: str) -> str:
    """How many, with the right form: "one carer", "12 carers"."""
    return f"{in_words(number)} {one if number == 1 else many}"


def who_takes_part(composition: Composition) -> str:
    """Three service users, two carers and so on; empty where nobody takes part."""
    there = composition.by_perspective
    return ", ".join(counted(there[key], *WORDS[key]) for key in WORDS if there[key])


def still_needed(panel: Panel, composition: Composition) -> int:
    """How many more service users the panel needs before it may sit."""
    return max(0, panel.minimum_service_users - composition.service_users_counting)


def sentence(
    panel: Panel, composition: Composition, *, knows_roles: bool, tells_who_counts: bool = False
) -> str:
    """How the panel is, in a sentence. Of one that waits it is never said for whom, or why.

    `knows_roles`: to others it says how many people there are, and nothing of what they speak from:
    two names beside "two service users", or a name fewer beside "one carer", would tell.
    `tells_who_counts`, to staff alone: beside the names, the number still needed would tell others
    who is away, or works for a service that the panel may decide about.
    """
    if not knows_roles and panel.status in (PanelStatus.SITTING, PanelStatus.FORMING):
        return _without_roles(panel, composition)
    there = who_takes_part(composition)
    if panel.status == PanelStatus.SITTING:
        return f"This panel is sitting: {there}."
    if panel.status == PanelStatus.PAUSED:
        return WAITING
    if panel.status == PanelStatus.CLOSED:
        return "This panel has been closed. It can be read, but not changed."
    who = f"so far {there}" if there else "nobody has joined yet"
    there_now = composition.by_perspective[Perspective.SERVICE_USER]
    if tells_who_counts:
        there_now = composition.service_users_counting
    needed = max(0, panel.minimum_service_users - there_now)
    if not needed:
        enough = " Enough service users are on it to open." if tells_who_counts else ""
        return f"This panel is being formed: {who}.{enough}"
    more = "more " if there_now else ""
    return (
        f"This panel is being formed: {who}. "
        f"It needs {counted(needed, f'{more}service user', f'{more}service users')} "
        "before it can open."
    )


def _without_roles(panel: Panel, composition: Composition) -> str:
    """What everybody may know: how many people there are, and what holds for every panel that
    sits."""
    are = "person is" if composition.names == 1 else "people are"
    number = in_words(composition.names).capitalize()
    if panel.status == PanelStatus.SITTING:
        return (
            f"This panel is sitting. {number} {are} on it, and nobody who uses services sits alone."
        )
    there = f"{number} {are} on it so far." if composition.names else "Nobody has joined yet."
    least = counted(panel.minimum_service_users, *WORDS[Perspective.SERVICE_USER])
    return f"This panel is being formed. {there} It opens once at least {least} are on it."


def carers_note(panel: Panel, composition: Composition, *, knows_roles: bool) -> str:
    """Kind words where no carer takes part; empty where one does, and for whoever may not know."""
    # While the panel waits, who is on it is not said, and neither is who is not.
    silent = not knows_roles or panel.status in (PanelStatus.CLOSED, PanelStatus.PAUSED)
    if silent or composition.by_perspective[Perspective.CARER]:
        return ""
    return NO_CARER


@dataclass(frozen=True)
class PanelRow:
    """A panel in a list."""

    name: str
    url: str
    organisation: str
    sentence: str


def panel_rows(panels: Iterable[Panel], user: Any) -> list[PanelRow]:
    """The panels in a list, as `user` may read of each."""
    listed = list(panels)
    counts, known = compositions(listed), panels_with_roles_for(user, listed)
    return [
        PanelRow(
            panel.name,
            panel.get_absolute_url(),
            panel.organisation.name,
            sentence(panel, counts[panel.pk], knows_roles=panel.pk in known),
        )
        for panel in listed
    ]


@dataclass(frozen=True)
class Member:
    """Someone on the panel. `speaks_from` is empty for whoever may not know it."""

    name: str
    speaks_from: str
    is_chair: bool
    is_reader: bool


def panel_page(panel: Panel, user: Any) -> dict[str, Any]:
    """What the page of a panel shows to `user`."""
    composition = compositions([panel])[panel.pk]
    seat, is_staff = seat_of(user, panel), works_for(user, panel.organisation)
    knows, is_waiting = bool(may_read_roles(user, panel)), panel.status == PanelStatus.PAUSED
    is_away = seat is not None and seat.status == SeatStatus.AWAY
    can_step_in = seat is not None and bool(places_to_step_in_for(seat))
    members = [_member(each, panel, user, knows=knows) for each in by_name(members_of(panel))]
    return {
        "panel": panel,
        "organisation": panel.organisation,
        "sentence": AWAY
        if is_away
        else sentence(panel, composition, knows_roles=knows, tells_who_counts=is_staff),
        "carers_note": carers_note(panel, composition, knows_roles=knows),
        "authority": authority(panel),
        "members": members,
        "hides_roles": seat is not None and not knows and is_waiting,
        "knows_roles": knows,
        "seat": seat,
        "is_away": is_away,
        "while_it_waits": WHILE_IT_WAITS if seat is not None and is_waiting else "",
        **panel_now.for_reader(panel, seat, user, can_step_in=can_step_in),
        "whom_to_ask": _whom_to_ask(panel, members) if seat is not None else [],
        "link_groups": panel_links.for_readers(panel, seat),
        "running": running(panel, composition, manages=bool(may_manage_seats(user, panel)))
        if may_run_panel(user, panel)
        else None,
    }


def _whom_to_ask(panel: Panel, members: Iterable[Member]) -> list[str]:
    """Who answers a question about the panel: whoever chairs it, and whoever arranges things. To
    every member in the same words, to those two as well."""
    chairs = [f"{each.name} chairs this panel." for each in members if each.is_chair]
    arranger = arranger_of(panel)
    if arranger is None:
        return chairs
    return [*chairs, f"{arranger.display_name} arranges what people need: travel, times, papers."]


def authority(panel: Panel) -> str:
    """What the panel may do, as a sentence."""
    return {
        PanelAuthority.ADVISORY: "It advises the board, which decides.",
        PanelAuthority.DELEGATED: "It decides, on behalf of the board.",
    }[PanelAuthority(panel.authority)]


def by_name(seats: Iterable[Seat]) -> list[Seat]:
    """By the names people chose, as a reader would look them up: Š beside S. The order tells
    nothing of who came when."""
    return sorted(seats, key=lambda seat: (_plain(seat.user.display_name), seat.pk))


def _plain(name: str) -> str:
    """Without accents and capitals."""
    return "".join(c for c in normalize("NFKD", name) if not combining(c)).casefold()


def _member(seat: Seat, panel: Panel, user: Any, *, knows: bool) -> Member:
    return Member(
        name=seat.user.display_name,
        speaks_from=seat.get_perspective_display() if knows else "",
        is_chair=panel.chair_id == seat.user_id,
        is_reader=seat.user_id == user.pk,
    )


def running(panel: Panel, composition: Composition, *, manages: bool) -> dict[str, Any]:
    """What whoever runs the panel can do next, and what is missing."""
    needed = still_needed(panel, composition)
    is_forming = panel.status == PanelStatus.FORMING
    missing = to_open(panel) if is_forming else []
    is_paused = panel.status == PanelStatus.PAUSED
    reads_until = reading_until(panel) if is_paused and not needed else None
    still_reading = reads_until is not None and reads_until > timezone.now()
    return {
        "tasks": _tasks(panel, composition, needed, missing) if is_forming else [],
        "first": LOOK_AFTER_FIRST if is_paused and needed and manages else "",
        "needs": NEEDS_MORE if is_paused and needed else "",
        "can_open": is_forming and not needed and not missing,
        "can_resume": is_paused and not needed and not still_reading,
        "reading_until": reads_until if still_reading else None,
        "link_groups": panel_links.for_those_who_run_it(
            panel, invitations=invitations_waiting(panel).count(), manages=manages
        ),
    }


def _tasks(
    panel: Panel, composition: Composition, needed: int, missing: list[Missing]
) -> list[dict[str, str]]:
    """What a panel that is being formed needs, and what it is better with."""
    there = composition.by_perspective
    invite = reverse("stakeholders:invite", args=[panel.public_id])
    professionals = there[Perspective.CLINICIAN] + there[Perspective.SOCIAL_CARE]
    reviewers = there[Perspective.EVIDENCE_REVIEWER]
    to_decide = "The panel can open without, but cannot record a decision."
    return [
        _task(
            f"At least {in_words(panel.minimum_service_users)} service users",
            COUNTING,
            "to_do" if needed else "done",
            invite,
        ),
        _task(
            "Two carers, so that no carer is alone",
            "The panel can open without, and is better with.",
            "done" if there[Perspective.CARER] >= WANTED_CARERS else "optional",
            invite,
        ),
        _task(
            "Two clinicians or social-care professionals",
            to_decide,
            "done" if professionals >= NEEDED_PROFESSIONALS else "to_do",
            invite,
        ),
        _task("An evidence reviewer", to_decide, "done" if reviewers else "to_do", invite),
        _task(
            "Somebody who reads concerns about people's safety",
            "The safeguarding lead. The panel does not open without one.",
            "to_do" if any(each.key == "safeguarding" for each in missing) else "done",
            reverse("stakeholders:safeguarding-lead", args=[panel.public_id]),
        ),
        _task(
            "What people can rely on, in six short texts",
            "What is written there is shown to everyone who is invited.",
            "to_do" if any(each.key == "conditions" for each in missing) else "done",
            reverse("stakeholders:conditions", args=[panel.public_id]),
        ),
        _task(
            "Somebody to chair",
            "Anyone on the panel can chair, service users and carers included.",
            "done" if panel.chair_id else "optional",
            reverse("stakeholders:appoint-chair", args=[panel.public_id]),
        ),
    ]


def _task(title: str, hint: str, status: str, url: str) -> dict[str, str]:
    is_done = status == "done"
    return {
        "title": title,
        "hint": "" if is_done else hint,
        "status": status,
        "url": "" if is_done else url,
    }
