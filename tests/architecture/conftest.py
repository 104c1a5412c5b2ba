"""What the tests of the whole have in common."""

from typing import Any

import pytest

from tests.addresses import World, the_world


@pytest.fixture
def world(settings: Any, db: None) -> World:
    settings.DEMONSTRATION = True
    return the_world()
