"""Optimistic locking: two people edit one text, the second is told, nothing is lost."""

from typing import Any

from django.db import models

OWN = "You saved this in another window in the meantime."
ANYBODYS = "This was changed after you opened it."


class EditedMeanwhile(Exception):
    """The text was saved after this person opened it. `current` is what it says now.

    Who saved it is not known. Of what one person alone writes it was they themselves, in another
    window, and nobody tells them that there was somebody else.
    """

    def __init__(self, current: Any) -> None:
        self.current = current
        self.what_happened = OWN if getattr(current, "has_one_writer", False) else ANYBODYS
        super().__init__(
            f"{self.what_happened} Your words are still in the form below. Read what it says now, "
            "then save again."
        )


def save_version(thing: Any, *, expected: int, fields: dict[str, Any]) -> None:
    """Save `fields` if the row still has version `expected`; raise `EditedMeanwhile` otherwise."""
    manager: models.Manager[Any] = type(thing)._base_manager
    changed = manager.filter(pk=thing.pk, version=expected).update(version=expected + 1, **fields)
    if not changed:
        raise EditedMeanwhile(manager.get(pk=thing.pk))
    thing.refresh_from_db()
