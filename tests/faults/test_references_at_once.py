"""Two files of one library are added at the same instant, with the same references in both."""

import threading
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from evidence.models import ImportedReference, Reference
from evidence.services import matching, reference_imports
from tests.factories import evidence as library
from tests.factories import stakeholders as make
from tests.support import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 20
PATIENCE = 1


def _quietly(words: str, percent: int) -> None:
    """Nobody looks at how far it is."""


def _started(clerk: Any, organisation: Any) -> Any:
    # Without a DOI: no constraint of the database would catch a double.
    records = [{"TI": f"What helps in a crisis, part {n}", "PY": "2020"} for n in range(MANY)]
    return library.started_reference_import(
        organisation, clerk, library.ris(*records), is_agreed=True
    )


def _race(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """Both look at the shelf before either has put anything on it, if nothing keeps them apart."""
    organisation = make.organisation()
    clerk = make.commissioner(organisation)
    made = [_started(clerk, organisation) for _ in range(2)]
    look, meeting = matching.shelf_of, threading.Barrier(2)

    def shelf_of(owner: Any) -> matching.Shelf:
        shelf = look(owner)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout=PATIENCE)
        return shelf

    monkeypatch.setattr(matching, "shelf_of", shelf_of)
    return at_once([partial(reference_imports.read, each, say=_quietly) for each in made])


def test_what_is_in_both_files_is_added_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _race(monkeypatch) == []
    assert Reference.objects.count() == MANY
    assert ImportedReference.objects.filter(is_new=True).count() == MANY
    assert ImportedReference.objects.filter(is_new=False).count() == MANY


def test_without_turns_each_file_adds_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The race is real: this is what the lock is for."""

    class NoTurns:
        @staticmethod
        def select_for_update(**_: Any) -> "NoTurns":
            return NoTurns()

        @staticmethod
        def get(**_: Any) -> None:
            """Nobody waits."""

    class Unlocked:
        objects = NoTurns()

    monkeypatch.setattr(reference_imports, "Organisation", Unlocked)
    assert _race(monkeypatch) == []
    assert Reference.objects.count() == 2 * MANY
