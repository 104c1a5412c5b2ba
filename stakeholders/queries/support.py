"""Reads about what people need to take part. Each leaves out whoever may not read it."""

from typing import Any

from django.db.models import QuerySet

from stakeholders.enums import Coming
from stakeholders.models import Meeting, Organisation, Panel, QuietMode, Seat, SupportPlan, User
from stakeholders.queries.panels import live_seats_of


def plan_of(seat: Seat) -> SupportPlan | None:
    return SupportPlan.objects.filter(seat=seat).first()


def said_elsewhere(user: Any) -> SupportPlan | None:
    """What the person wrote last for another panel of theirs, so that they need not write again."""
    return SupportPlan.objects.live().filter(seat__user_id=user.pk).order_by("-pk").first()


def seats_with_plans(user: Any) -> QuerySet[Seat]:
    """The person's own live seats, each with what they wrote for it, if anything."""
    return live_seats_of(user).select_related("support_plan", "panel__arranger")


def panel_to_arrange(user: Any, public_id: str) -> Panel | None:
    """The panel, if `user` arranges for it and still works for its organisation."""
    return (
        Panel.objects.visible_to(user)
        .filter(
            public_id=public_id,
            arranger_id=user.pk,
            organisation__members__user_id=user.pk,
            organisation__members__until__isnull=True,
        )
        .select_related("organisation")
        .distinct()
        .first()
    )


def arranger_of(panel: Panel) -> User | None:
    """Who arranges for the panel today; nobody, where the one who was named works here no more."""
    named: User | None = panel.arranger
    if named is None or panel_to_arrange(named, panel.public_id) is None:
        return None
    return named


def people_to_arrange(organisation: Organisation) -> QuerySet[User]:
    """Who can be asked to arrange things: those who work for the organisation, by name."""
    return (
        User.objects.filter(
            organisation_roles__organisation=organisation,
            organisation_roles__until__isnull=True,
            is_active=True,
        )
        .distinct()
        .order_by("display_name", "pk")
    )


def everyone_seated(panel: Panel) -> QuerySet[User]:
    """Everyone with a seat, those who are away or ready to step in as well."""
    seats = Seat.objects.live().filter(panel=panel)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")


def to_arrange(panel: Panel, meeting: Meeting | None) -> QuerySet[SupportPlan]:
    """What people on the panel said they need, without those who do not come to `meeting`."""
    plans = SupportPlan.objects.live().saying_something().filter(seat__panel=panel)
    if meeting is not None:
        plans = plans.exclude(seat__attendances__in=meeting.attendances.filter(coming=Coming.NO))
    return plans.select_related("seat__user").order_by("seat__user__display_name", "pk")


def meetings_to_arrange(panel: Panel) -> list[Meeting]:
    """The meetings that are still to come, the next one first."""
    return [each for each in panel.meetings.order_by("starts_at", "pk") if each.is_open]


def is_quiet(user: Any) -> bool:
    """Whether the person wants no reminders now. For themselves and for sending alone."""
    return QuietMode.objects.filter(user_id=user.pk).exists()
