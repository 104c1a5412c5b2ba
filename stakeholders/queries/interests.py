"""The register of interests of a panel."""

from typing import Any

from django.db.models import QuerySet

from stakeholders.models import Interest, Panel


def register_of(panel: Panel) -> QuerySet[Interest]:
    """Everything that people on the panel declare today, by the names they chose."""
    return (
        Interest.objects.live()
        .filter(seat__panel=panel, seat__left_at__isnull=True, seat__user__is_active=True)
        .select_related("seat__user")
        .order_by("seat__user__display_name", "declared_at", "pk")
    )


def public_register_of(panel: Panel) -> QuerySet[Interest]:
    """What of the register its owners marked as public."""
    return register_of(panel).filter(is_public=True)


def own_interest(panel: Panel, user: Any, public_id: str) -> Interest | None:
    """A live interest of the person's own on this panel."""
    return register_of(panel).filter(public_id=public_id, seat__user_id=user.pk).first()


def panel_with_public_register(public_id: str) -> Panel | None:
    """The panel, if anything in its register is public."""
    panel = Panel.objects.filter(public_id=public_id).select_related("organisation").first()
    if panel is None or not public_register_of(panel).exists():
        return None
    return panel
