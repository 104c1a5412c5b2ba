"""What can be done to panels round the door: by querysets and in SQL, told to the same oracle."""

from django.db import connection
from django.utils import timezone

from stakeholders import models
from tests.faults.panel_acts import Acts
from tests.faults.panel_oracle import Panel, Seat


class BackDoors(Acts):
    def seat_by_queryset(self, seat: Seat, what: str) -> None:
        """`QuerySet.update` on a seat, or on every live seat of its place."""
        rows = models.Seat.objects.filter(pk=seat.pk)
        if what == "left":
            rows.update(status="left", left_at=timezone.now())
            self.put_out(seat)
        elif what == "away" and (seat.kind, seat.status) == ("member", "active"):
            rows.update(status="away")
            seat.status = "away"
        elif what == "carer" and seat.kind == "member":
            rows.update(perspective="carer")
            seat.perspective = "carer"
        elif what == "employed":
            rows.update(is_employed_by_affected_body=True)
            seat.is_employed = True
        elif what == "whole place":
            here = self.oracle.at(seat.place)
            models.Seat.objects.filter(pk__in=[s.pk for s in here]).update(
                status="left", left_at=timezone.now()
            )
            for each in here:
                self.put_out(each)
        self.oracle.backstop(seat.panel)

    def seat_by_sql(self, seat: Seat, *, delete: bool) -> None:
        """Raw SQL on a seat: it is left, or is no more where nothing points to it."""
        if delete and not self.is_pointed_to(seat):
            self.sql("DELETE FROM stakeholders_seat WHERE id = %s", seat.pk)
            self.oracle.seats.remove(seat)
        else:
            self.sql(
                "UPDATE stakeholders_seat SET status = 'left', left_at = CURRENT_TIMESTAMP "
                "WHERE id = %s",
                seat.pk,
            )
        self.put_out(seat)
        self.oracle.backstop(seat.panel)

    def sql(self, statement: str, *values: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    def is_pointed_to(self, seat: Seat) -> bool:
        return any(s.beside is seat for s in self.oracle.seats) or any(
            covered is seat for _, _, covered in self.waiting
        )

    def put_out(self, seat: Seat) -> None:
        """Nobody took the grants back."""
        seat.status = "left"
        self.not_by_the_door.add((seat.person.pk, seat.panel.pk))

    def user_by_queryset(self, number: int) -> None:
        person = self.person(number)
        models.User.objects.filter(pk=person.pk).update(is_active=False)
        person.is_active = False
        for panel in self.oracle.panels:
            self.oracle.backstop(panel)

    def moved_to_the_other_panel(self, number: int) -> None:
        """A seat with its place, by the ORM."""
        movable = self.movable()
        if not movable:
            return
        seat = movable[number % len(movable)]
        old, new = seat.panel, self.other(seat.panel)
        models.Place.objects.filter(pk=seat.place).update(panel=new.pk)
        models.Seat.objects.filter(pk=seat.pk).update(panel=new.pk)
        self.not_by_the_door |= {(seat.person.pk, old.pk), (seat.person.pk, new.pk)}
        self.oracle.places[seat.place], seat.panel = new, new
        self.oracle.backstop(old)
        self.oracle.backstop(new)

    def other(self, panel: Panel) -> Panel:
        return self.oracle.panels[1 - self.oracle.panels.index(panel)]

    def movable(self) -> list[Seat]:
        return [
            s
            for s in self.oracle.live()
            if self.oracle.at(s.place) == [s]
            and s.beside is None
            and not self.is_pointed_to(s)
            and self.oracle.seat_of(s.person, self.other(s.panel)) is None
        ]

    def minimum_by_sql(self, of: Panel, minimum: int) -> None:
        if minimum >= of.minimum:
            self.sql(
                "UPDATE stakeholders_panel SET minimum_service_users = %s WHERE id = %s",
                minimum,
                of.pk,
            )
            of.minimum = minimum
            self.oracle.backstop(of)

    def made_to_sit_by_sql(self, of: Panel) -> None:
        if of.status == "closed":
            return
        self.sql("UPDATE stakeholders_panel SET status = 'sitting' WHERE id = %s", of.pk)
        if of.status != "sitting" and self.oracle.has_enough(of):
            self.oracle.sit(of)
        elif of.status == "forming":
            of.status, of.waits_since = "paused", self.oracle.clock
