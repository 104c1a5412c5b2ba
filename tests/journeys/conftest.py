"""Journeys: people in real browsers, a real worker, and everything through pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from playwright.sync_api import Browser, expect

from tests.factories import stakeholders
from tests.journeys.background import Worker, working
from tests.journeys.people import PATIENCE, Person
from tests.journeys.watching import PHONE, SCREENSHOTS, Watch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest journey first, so that two processes are done at about the same time."""
    items.sort(key=lambda item: item.name.split("[")[0] != "test_main_job")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's own Chromium, which asks nobody for anything by itself."""
    return {
        **browser_type_launch_args,
        "executable_path": os.environ.get("CHROMIUM") or "/usr/bin/chromium-headless-shell",
        "args": [
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
        ],
    }


@pytest.fixture(scope="session", autouse=True)
def _patient() -> None:
    """Who looks for something waits for it as long as who presses something."""
    expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_a_browser() -> Iterator[None]:
    """The browser's driver keeps an event loop in this thread, and Django would then refuse the
    database here. Nothing of ours runs in that loop."""
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    yield
    patch.undo()


@pytest.fixture
def site(request: pytest.FixtureRequest, live_server: Any, settings: Any, tmp_path: Path) -> Watch:
    """The site, reachable by browsers; its mail goes where a worker's mail goes too."""
    settings.SITE_ADDRESS = live_server.url
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "site" / "mail")
    settings.MEDIA_ROOT = tmp_path / "site" / "media"
    cache.clear()
    journey = request.node.originalname.removeprefix("test_")
    shutil.rmtree(SCREENSHOTS / journey, ignore_errors=True)
    closely = bool(os.environ.get("VBC_LOOK_CLOSELY"))
    return Watch(site_address=live_server.url, journey=journey, closely=closely)


@pytest.fixture
def worker(site: Watch, transactional_db: None, tmp_path: Path) -> Iterator[Worker]:
    with working(tmp_path / "site", site.site_address) as started:
        yield started


@pytest.fixture
def mail(site: Watch) -> Path:
    return Path(str(site_settings.EMAIL_FILE_PATH))


@pytest.fixture
def arrive(browser: Browser, site: Watch) -> Iterator[Callable[..., Person]]:
    """Somebody comes, with a browser of their own; `screen` and `javascript` say which."""
    came: list[Person] = []

    def come(name: str, **how: Any) -> Person:
        person = Person(browser, site, name, **how)
        came.append(person)
        return person

    yield come
    for person in came:
        person.context.close()


@pytest.fixture
def enter(arrive: Callable[..., Person]) -> Callable[..., Person]:
    """Somebody who has an account comes, with a phone unless said otherwise, and signs in."""

    def come(user: Any, **how: Any) -> Person:
        person = arrive(user.display_name, email=user.signs_in_as, **{"screen": PHONE, **how})
        person.signs_in(stakeholders.PASSWORD)
        return person

    return come
