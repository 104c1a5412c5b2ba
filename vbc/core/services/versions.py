"""Optimistic locking: two people edit one text, the second is told, nothing is lost."""

from typing import Any

from django.db import models


class EditedMeanwhile(Exception):
    """Someone saved the text after this person opened it. `current` is what it says now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__(
            "Someone else changed this while you were writing. Your words are still in the form "
            "below. Read what it says now, then save again."
        )


def save_version(thing: Any, *, expected: int, fields: dict[str, Any]) -> None:
    """Save `fields` if the row still has version `expected`; raise `EditedMeanwhile` otherwise."""
    manager: models.Manager[Any] = type(thing)._base_manager
    changed = manager.filter(pk=thing.pk, version=expected).update(version=expected + 1, **fields)
    if not changed:
        raise EditedMeanwhile(manager.get(pk=thing.pk))
    thing.refresh_from_db()
