"""Everything that can be done to panels by the door, done to the product and told to the oracle."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import F, Model
from django.utils import timezone

from stakeholders import models
from stakeholders.enums import OrganisationRole, SeatKind
from stakeholders.services import invitations, organisations, panels, seats
from tests.factories import seats as make_seat
from tests.faults.panel_oracle import NEW, Panel, Person, Seat
from tests.faults.panel_world import World
from vbc.core.refusals import Refused


class Acts:
    """Each act picks what it is done to by a number, and does nothing where there is none."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.oracle = world, world.oracle()
        self.waiting: list[tuple[models.Invitation, Seat, Seat | None]] = []
        # Whoever was put out of a panel, or into it, by SQL: services gave and took no grants.
        self.not_by_the_door: set[tuple[int, int]] = set()
        self.today = timezone.localdate()

    def act(self, expected: str | None, act: Callable[[], Any]) -> Any:
        """Do it: it is refused exactly when, and as, the oracle said."""
        refused, result = None, None
        try:
            result = act()
        except Refused as refusal:
            refused = type(refusal).__name__
        assert refused == expected, f"expected {expected or 'yes'}, got {refused or 'yes'}"
        return result

    def row(self, thing: Seat | Panel | Person) -> Any:
        model: type[Model] = getattr(
            models, {"Person": "User"}.get(type(thing).__name__, type(thing).__name__)
        )
        return model._default_manager.get(pk=thing.pk)

    def seat(self, number: int) -> Seat:
        live = self.oracle.live()
        return live[number % len(live)]

    def person(self, number: int) -> Person:
        return self.oracle.people[number % len(self.oracle.people)]

    # --- Joining ---------------------------------------------------------------------------------

    def invited(
        self, person: Person, panel: Panel, kind: str, perspective: str, number: int = 0
    ) -> bool:
        """Somebody is invited, to a panel that is not over."""
        if panel.status == "closed" or any(s.person is person for _, s, _ in self.waiting):
            return False
        covered = None
        if kind in (SeatKind.COVER, SeatKind.SUPPORTER):
            members = [s for s in self.oracle.live(panel) if s.kind == "member"]
            if not members:
                return False
            covered = members[number % len(members)]
        if kind == SeatKind.MEMBER:
            # Whoever runs the panel is told of members only: others came on somebody else's asking.
            held = self.oracle.seat_of(person, panel)
            expected = "AlreadyInvited" if held and held.kind == SeatKind.MEMBER else None
            invitation = self.act(
                expected,
                lambda: invitations.invite(
                    self.row(panel),
                    email=person.email,
                    suggested_perspective=perspective,
                    by=self.world.runner,
                ),
            )
        else:
            invitation = make_seat.invitation(
                self.row(panel),
                kind,
                perspective,
                seat=self.row(covered) if covered else None,
                user=self.row(person),
            )
        if invitation is not None:
            self.waiting.append(
                (invitation, Seat(NEW, panel, person, perspective, kind=kind), covered)
            )
        return invitation is not None

    def accept(self, number: int, employed: bool = False) -> None:
        if not self.waiting:
            return
        invitation, seat, covered = self.waiting.pop(number % len(self.waiting))
        if seat.panel.status == "closed":
            return
        declared, seat.is_employed = seat.perspective, employed
        made = self.act(
            self.oracle.accept(seat, covered),
            lambda: seats.accept(
                models.Invitation.objects.get(pk=invitation.pk),
                perspective=declared,
                is_employed_by_affected_body=employed,
                by=self.row(seat.person),
            ),
        )
        if made is None:
            invitations.withdraw(invitation, by=self.world.runner)
        else:
            seat.pk = made.pk
            self.not_by_the_door.discard((seat.person.pk, seat.panel.pk))

    def invite_anybody(self, number: int, panel: int, kind: str, perspective: str) -> None:
        """Seated already or not, to speak from what fits or not: mostly answered later."""
        person = self.person(number)
        self.invited(person, self.oracle.panels[panel], kind, perspective, number)

    def free_person(self, number: int, panel: Panel) -> Person | None:
        """Somebody who is not on the panel, and has not been invited anywhere."""
        asked = [s.person for _, s, _ in self.waiting]
        free = [
            p
            for p in self.oracle.people
            if p.is_active and p not in asked and self.oracle.seat_of(p, panel) is None
        ]
        return free[number % len(free)] if free else None

    def joins(self, number: int, panel: int, kind: str, perspective: str) -> None:
        of = self.oracle.panels[panel]
        person = self.free_person(number, of)
        if person and self.invited(person, of, kind, perspective, number):
            _, seat, covered = self.waiting[-1]
            if covered and kind == SeatKind.COVER:
                seat.perspective = covered.perspective
            self.accept(-1)

    # --- Leaving: never refused ------------------------------------------------------------------

    def leave(self, number: int, how: str) -> None:
        seat, runner = self.seat(number), self.world.runner
        takes_back = how == "takes ratings back"
        self.oracle.leave(seat, takes_back=takes_back)
        if how == "is removed":
            self.act(None, lambda: seats.remove(self.row(seat), reason="They know.", by=runner))
        else:
            self.act(
                None,
                lambda: seats.leave(
                    self.row(seat), takes_ratings_back=takes_back, by=self.row(seat.person)
                ),
            )

    def set_term(self, number: int, days: int | None) -> None:
        seat = self.seat(number)
        seat.term = None if days is None else self.today + timedelta(days=days)
        self.act(
            None, lambda: seats.set_term(self.row(seat), ends_on=seat.term, by=self.world.runner)
        )
        self.oracle.settle(seat.panel)

    def terms_end(self, days: int) -> None:
        today = self.today + timedelta(days=days)
        self.oracle.end_terms(today)
        self.act(None, lambda: seats.end_terms(today))

    def account(self, number: int) -> None:
        """An account is closed for signing in; one that is closed is in use again."""
        person = self.person(number)
        if person.is_active:
            self.oracle.account_disabled(person)
            user = self.row(person)
            self.act(None, lambda: seats.account_disabled(user, by=self.world.runner))
        else:
            models.User.objects.filter(pk=person.pk).update(is_active=True)
            person.is_active = True

    # --- Away and back, and who steps in ---------------------------------------------------------

    def go_away(self, number: int) -> None:
        here = [s for s in self.oracle.live() if s.status == "active"]
        here += [s for s in here if s.perspective == "service_user"] * 2
        if not here:
            return
        seat = here[number % len(here)]
        self.oracle.go_away(seat)
        self.act(None, lambda: seats.go_away(self.row(seat), by=self.row(seat.person)))

    def come_back(self, number: int) -> None:
        away = [s for s in self.oracle.live() if s.status == "away"]
        if not away:
            return
        seat = away[number % len(away)]
        self.oracle.come_back(seat)
        self.act(None, lambda: seats.come_back(self.row(seat), by=self.row(seat.person)))

    def step_in_anywhere(self, number: int) -> None:
        """Whoever asks, for whatever place: mostly refused."""
        seat, known = self.seat(number), sorted(self.oracle.places)
        self.steps_in(seat, known[number % len(known)])

    def step_in(self, number: int) -> None:
        chances = self.chances()
        if not chances:
            return
        self.steps_in(*chances[number % len(chances)])

    def chances(self) -> list[tuple[Seat, int]]:
        ready = [s for s in self.oracle.live() if s.status == "standby"]
        return [
            (seat, place)
            for seat in ready
            for place in sorted(self.oracle.places)
            if self.oracle.can_step_in(seat, place)
        ]

    def steps_in(self, seat: Seat, place: int) -> None:
        self.act(
            self.oracle.step_in(seat, place),
            lambda: seats.step_in(
                self.row(seat), models.Place.objects.get(pk=place), by=self.row(seat.person)
            ),
        )

    # --- What somebody speaks from, and for whom they work ---------------------------------------

    def change_perspective(self, number: int, perspective: str, employed: bool) -> None:
        seat = self.seat(number)
        self.act(
            self.oracle.change_perspective(seat, perspective, employed),
            lambda: seats.change_perspective(
                self.row(seat),
                perspective=perspective,
                is_employed_by_affected_body=employed,
                by=self.row(seat.person),
            ),
        )

    def take_a_job_here(self, number: int) -> None:
        person = self.person(number)
        self.oracle.works_here(person)
        self.act(
            None,
            lambda: organisations.add_member(
                self.world.organisation, self.row(person), role=OrganisationRole.COMMISSIONER
            ),
        )

    def give_up_the_job(self, number: int) -> None:
        staff = [p for p in self.oracle.people if p.works_here]
        if not staff:
            return
        person = staff[number % len(staff)]
        person.works_here = False
        organisations.end_membership(
            self.world.organisation,
            self.row(person),
            role=OrganisationRole.COMMISSIONER,
            by=self.world.runner,
        )

    # --- The panel itself ------------------------------------------------------------------------

    def raise_minimum(self, panel: int, minimum: int) -> None:
        of = self.oracle.panels[panel]
        refused = "Refused" if minimum < of.minimum else None
        if not refused:
            of.minimum = minimum
            self.oracle.settle(of)
        self.act(
            refused,
            lambda: panels.raise_minimum(self.row(of), minimum=minimum, by=self.world.runner),
        )

    def open_panel(self, panel: int) -> None:
        of = self.oracle.panels[panel]
        self.act(
            self.oracle.open(of), lambda: panels.open_panel(self.row(of), by=self.world.runner)
        )

    def resume(self, panel: int) -> None:
        of = self.oracle.panels[panel]
        self.act(self.oracle.resume(of), lambda: panels.resume(self.row(of), by=self.world.runner))

    def days_pass(self) -> None:
        """More than the time that newcomers get for reading: everything is that much older."""
        self.oracle.days_passed_at = self.oracle.clock
        by = panels.READING_TIME + timedelta(days=1)
        models.Seat.objects.update(joined_at=F("joined_at") - by)
        models.PanelPause.objects.update(began_at=F("began_at") - by, ended_at=F("ended_at") - by)

    def appoint_chair(self, panel: int, number: int) -> None:
        of = self.oracle.panels[panel]
        person = self.person(number)
        self.act(
            self.oracle.appoint(person, of),
            lambda: panels.appoint_chair(self.row(of), self.row(person), by=self.world.runner),
        )

    def close_panel(self, panel: int) -> None:
        of = self.oracle.panels[panel]
        self.oracle.close(of)
        self.act(None, lambda: panels.close(self.row(of), by=self.world.runner))
