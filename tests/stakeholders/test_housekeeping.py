"""What happens by itself: one part that fails keeps no other from its work."""

import pytest

from stakeholders.services import compositions, concerns, seats, sitting
from stakeholders.tasks.housekeeping import keep_house
from tests.factories import stakeholders as make

pytestmark = pytest.mark.django_db


def test_a_part_that_fails_is_seen_and_keeps_no_other_from_its_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody is alone and a concern waits, though a term cannot be ended."""
    make.organisation()
    done = []

    def fails(*_: object) -> int:
        raise RuntimeError("The first part failed.")

    monkeypatch.setattr(seats, "end_terms", fails)
    monkeypatch.setattr(sitting, "tell_of_pauses", lambda: done.append("pauses"))
    monkeypatch.setattr(concerns, "remind", lambda: done.append("concerns"))
    monkeypatch.setattr(compositions, "make_due_editions", lambda: done.append("last"))
    with pytest.raises(RuntimeError, match="first part"):
        keep_house()
    assert done == ["pauses", "concerns", "last"]
    assert "end terms" in caplog.text
