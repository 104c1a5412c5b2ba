"""What ought to become of panels, told again without the code: the oracle of the state machine.

It reads nothing from the database and calls nothing of the product. It counts on its own, so a
mistake in the product's counting cannot hide in it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

VIEW, TAKE_PART, CHAIR = "view_panel", "take_part_in_panel", "chair_panel"
NEW = 0  # A place that the product has just made; its key is learned when rows are compared.


@dataclass(eq=False)
class Person:
    pk: int
    email: str
    is_active: bool = True
    works_here: bool = False


@dataclass(eq=False)
class Panel:
    pk: int
    status: str
    minimum: int = 2
    waits_since: int | None = None
    chair: Person | None = None


@dataclass(eq=False)
class Seat:
    pk: int
    panel: Panel
    person: Person
    perspective: str
    kind: str = "member"
    status: str = "active"
    place: int = NEW
    is_employed: bool = False
    beside: "Seat | None" = None
    takes_back: bool = False
    term: date | None = None
    joined: int = 0

    @property
    def is_live(self) -> bool:
        return self.status != "left"

    @property
    def takes_part(self) -> bool:
        return self.is_live and (
            self.kind == "member" or (self.kind == "cover" and self.status == "active")
        )


@dataclass
class Oracle:
    people: list[Person]
    panels: list[Panel]
    seats: list[Seat] = field(default_factory=list)
    # Which panel a place belongs to, by the place's key.
    places: dict[int, Panel] = field(default_factory=dict)
    # What each person may on each panel.
    grants: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    clock: int = 0
    days_passed_at: int = 0

    def add(self, seat: Seat) -> None:
        """A seat that was there before the first act."""
        self.seats.append(seat)
        self.places[seat.place] = seat.panel
        self.grant(seat, takes_part=seat.kind == "member")

    # --- Reading ---------------------------------------------------------------------------------

    def live(self, panel: Panel | None = None) -> list[Seat]:
        return [s for s in self.seats if s.is_live and (panel is None or s.panel is panel)]

    def at(self, place: int) -> list[Seat]:
        return [s for s in self.live() if s.place == place]

    def seat_of(self, person: Person, panel: Panel) -> Seat | None:
        return next((s for s in self.live(panel) if s.person is person), None)

    def count(self, panel: Panel) -> int:
        """Service users who count: taking part now, not employed, with an account in use."""
        return sum(
            s.perspective == "service_user"
            and s.status == "active"
            and not s.is_employed
            and s.person.is_active
            for s in self.live(panel)
        )

    def has_enough(self, panel: Panel) -> bool:
        return self.count(panel) >= panel.minimum

    def newcomers(self, panel: Panel) -> list[Seat]:
        since = panel.waits_since
        return [
            s
            for s in self.live(panel)
            if since is not None and s.takes_part and s.status == "active" and s.joined >= since
        ]

    def can_step_in(self, seat: Seat, place: int) -> bool:
        here = self.at(place)
        away = [
            s
            for s in here
            if (s.kind, s.status) == ("member", "away")
            and s.perspective in ("service_user", "carer")
        ]
        return (
            bool(away)
            and not any(s.status == "active" for s in here)
            and seat.status == "standby"
            and seat.person.is_active
            and seat.panel is self.places[place]
            and seat.perspective == away[0].perspective
            and (seat.kind == "reserve" or (seat.kind == "cover" and seat.place == place))
        )

    # --- The rule --------------------------------------------------------------------------------

    def settle(self, panel: Panel) -> None:
        """After every act by the door."""
        if panel.status == "sitting":
            self.backstop(panel)
        elif panel.status == "paused" and self.has_enough(panel) and not self.newcomers(panel):
            self.sit(panel)

    def backstop(self, panel: Panel) -> None:
        """After every act round it: the database pauses, and lets nothing go on by itself."""
        if panel.status == "sitting" and not self.has_enough(panel):
            panel.status, panel.waits_since = "paused", self.clock

    def sit(self, panel: Panel) -> None:
        panel.status, panel.waits_since = "sitting", None

    # --- Acts by the door ------------------------------------------------------------------------

    def place_of_old(self, person: Person, panel: Panel) -> int:
        """The newest place that was this person's as a member, if nobody has it now."""
        once = {
            s.place
            for s in self.seats
            if s.person is person and s.kind == "member" and self.places[s.place] is panel
        }
        free = [
            place
            for place in once
            if not any(
                s.status == "active" or (s.kind == "member" and s.panel is panel)
                for s in self.at(place)
            )
        ]
        return max(free, default=NEW)

    def accept(self, seat: Seat, covered: Seat | None) -> str | None:
        """Fill in what the product ought to make of a new seat; the refusal, if it refuses."""
        if covered is not None and not covered.is_live:
            return "InvitationOver"
        if not seat.person.is_active:
            return "AccountNotInUse"
        if self.seat_of(seat.person, seat.panel):
            return "AlreadySeated"
        if seat.kind == "supporter":
            seat.perspective, seat.beside = "in_attendance", covered
        if seat.kind == "cover" and covered is not None:
            if seat.perspective != covered.perspective:
                return "NotForThisPlace"
            if any(s.kind == "cover" for s in self.at(covered.place)):
                return "NotForThisPlace"
            seat.place = covered.place
        if seat.kind == "reserve" and seat.perspective not in ("service_user", "carer"):
            return "NotForThisPlace"
        if seat.kind == "member":
            seat.place = self.place_of_old(seat.person, seat.panel)
        seat.status = "standby" if seat.kind in ("cover", "reserve") else "active"
        seat.is_employed = seat.is_employed or seat.person.works_here
        seat.joined = self.clock
        self.seats.append(seat)
        self.grant(seat, takes_part=seat.kind == "member")
        self.settle(seat.panel)
        return None

    def grant(self, seat: Seat, *, takes_part: bool) -> None:
        held = self.grants[seat.person.pk, seat.panel.pk]
        held.add(VIEW)
        (held.add if takes_part else held.discard)(TAKE_PART)
        if not takes_part and seat.panel.chair is seat.person:
            seat.panel.chair = None
            held.discard(CHAIR)

    def end(self, seat: Seat, *, takes_back: bool = False) -> None:
        seat.status, seat.takes_back = "left", takes_back
        if seat.panel.chair is seat.person:
            seat.panel.chair = None
        self.grants[seat.person.pk, seat.panel.pk].clear()
        for each in [s for s in self.live() if s.beside is seat]:
            self.end(each)
        if seat.kind == "member":
            for cover in [s for s in self.at(seat.place) if s.kind == "cover"]:
                if cover.status == "active":
                    cover.kind = "member"
                else:
                    self.to_reserve(cover)

    def to_reserve(self, cover: Seat) -> None:
        cover.kind, cover.status, cover.place = "reserve", "standby", NEW
        self.grant(cover, takes_part=False)

    def leave(self, seat: Seat, *, takes_back: bool = False) -> None:
        if seat.is_live:
            self.end(seat, takes_back=takes_back)
        self.settle(seat.panel)

    def end_terms(self, today: date) -> None:
        over = [s for s in self.live() if s.term and s.term < today]
        for seat in sorted(over, key=lambda s: (s.panel.pk, s.pk)):
            if seat.is_live:
                self.leave(seat)

    def go_away(self, seat: Seat) -> None:
        if seat.status == "active" and seat.kind != "supporter":
            seat.status = "standby" if seat.kind == "cover" else "away"
            if seat.kind == "cover":
                self.grant(seat, takes_part=False)
        self.settle(seat.panel)

    def come_back(self, seat: Seat) -> None:
        if seat.status == "away":
            for cover in [s for s in self.at(seat.place) if s.status == "active"]:
                cover.status = "standby"
                self.grant(cover, takes_part=False)
            seat.status = "active"
        self.settle(seat.panel)

    def step_in(self, seat: Seat, place: int) -> str | None:
        if not self.can_step_in(seat, place):
            return "NothingToStepInFor"
        for cover in [s for s in self.at(place) if s.kind == "cover" and s is not seat]:
            self.to_reserve(cover)
        seat.kind, seat.place, seat.status = "cover", place, "active"
        self.grant(seat, takes_part=True)
        self.settle(seat.panel)
        return None

    def change_perspective(self, seat: Seat, perspective: str, is_employed: bool) -> str | None:
        if seat.kind != "member" and perspective != seat.perspective:
            return "NotForThisPlace"
        seat.perspective = perspective
        seat.is_employed = is_employed or seat.person.works_here
        for cover in [s for s in self.at(seat.place) if s.kind == "cover"]:
            if cover.perspective != perspective:
                self.to_reserve(cover)
        self.settle(seat.panel)
        return None

    def works_here(self, person: Person) -> None:
        person.works_here = True
        theirs = [s for s in self.live() if s.person is person and not s.is_employed]
        for seat in sorted(theirs, key=lambda s: s.panel.pk):
            self.change_perspective(seat, seat.perspective, True)

    def account_disabled(self, person: Person) -> None:
        person.is_active = False
        for seat in [s for s in self.live() if s.person is person]:
            self.settle(seat.panel)

    def appoint(self, person: Person, panel: Panel) -> str | None:
        if not any(s.person is person and s.takes_part for s in self.live(panel)):
            return "Refused"
        if panel.chair:
            self.grants[panel.chair.pk, panel.pk].discard(CHAIR)
        panel.chair = person
        self.grants[person.pk, panel.pk].add(CHAIR)
        return None

    def open(self, panel: Panel) -> str | None:
        if panel.status == "forming":
            if not self.has_enough(panel):
                return "NotEnoughServiceUsers"
            panel.status = "sitting"
        return None

    def resume(self, panel: Panel) -> str | None:
        if panel.status == "paused":
            if not self.has_enough(panel):
                return "NotEnoughServiceUsers"
            if any(s.joined > self.days_passed_at for s in self.newcomers(panel)):
                return "StillReading"
            self.sit(panel)
        return None

    def close(self, panel: Panel) -> None:
        panel.status, panel.waits_since = "closed", None
