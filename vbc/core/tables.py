"""Making the tables of an app, for its first migration."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTables(Operation):
    """Creates all of `models`, one after the other, each as a `CreateModel` would by itself.

    Django draws up its picture of the models anew after each operation: the new model and whatever
    leads to it. Here nearly everything leads to the user, so sixty operations draw sixty pictures,
    and an empty database took twenty seconds to make. Between tables nobody looks at the picture,
    so all of them share one.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without a picture none is kept up to date; whoever asks for one next has it drawn.
        state.__dict__.pop("apps", None)
        for each in self.models:
            each.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        for each in self.models:
            each.database_forwards(app_label, schema_editor, *states)

    def database_backwards(self, app_label: str, schema_editor: Any, *states: ProjectState) -> None:
        for each in reversed(self.models):
            each.database_backwards(app_label, schema_editor, *states)

    def describe(self) -> str:
        return f"Create {len(self.models)} tables"
