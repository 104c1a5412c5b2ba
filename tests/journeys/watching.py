"""What is looked at on every page that somebody reaches, whatever the journey is about."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page, Request

SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}
AXE = Axe()
# Only what is wrong comes back: carrying over what is right takes longer than finding it.
FIND_VIOLATIONS = """() =>
  axe.run({ resultTypes: ["violations"] }).then((results) => results.violations)
"""
# What reaches to the right of the screen and is not inside something that scrolls by itself.
WIDER_THAN_THE_SCREEN = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= window.innerWidth) return "";
  const wide = [...document.body.querySelectorAll("*")].filter(
    (each) => each.getBoundingClientRect().right > window.innerWidth + 1
  );
  return root.scrollWidth + " px: " + wide.slice(-3).map((each) => each.outerHTML.slice(0, 120));
}"""


@dataclass
class Watch:
    """Looks at each page once: accessibility, and whether it fits on 320 px. Who looks `closely`
    does so at two widths, and keeps a picture of each.

    Findings are gathered rather than raised, so that one run tells all of them.
    """

    site_address: str
    journey: str
    closely: bool
    findings: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    # The status of answers that a journey brings about on purpose.
    expected_statuses: set[int] = field(default_factory=set)

    def listen(self, page: Page) -> None:
        """From now on, what the page's console says and where it sends requests is watched."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.findings.append(f"{page.url}: script: {error}"))
        page.on("request", self._follow)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        status = re.search(r"status of (\d{3})", message.text)
        if status and int(status.group(1)) in self.expected_statuses:
            return
        self.findings.append(f"{message.location.get('url')}: console: {message.text}")

    def _follow(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("data", "blob", "about"):
            return
        if f"{address.scheme}://{address.netloc}" != self.site_address:
            self.findings.append(f"A request left the site: {request.url}")

    def look(self, page: Page, state: str = "") -> None:
        """Look at the page as it stands, once for each address's name and each `state`."""
        name = f"{name_of(page)} {state}".strip()
        if name in self.seen:
            return
        self.seen.append(name)
        usual = page.viewport_size
        if self.closely:
            page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
            self.picture(page, f"{name} desktop")
            # Once for each address: its other states have the same frame.
            if not state:
                self._check_accessibility(page, name, "desktop")
            page.set_viewport_size(PHONE)  # type: ignore[arg-type]
            self.picture(page, f"{name} phone")
        page.set_viewport_size(NARROWEST)  # type: ignore[arg-type]
        self._check_accessibility(page, name, "phone")
        self.check_width(page, name)
        if usual:
            page.set_viewport_size(usual)

    def glance(self, page: Page, state: str = "") -> None:
        """Of a page without scripts, its width and a picture: axe is itself a script."""
        name = f"{name_of(page)} {state}".strip()
        if name not in self.seen:
            self.seen.append(name)
            self.picture(page, name)
            self.check_width(page, name)

    def picture(self, page: Page, name: str) -> None:
        """Keep what the page looks like, to be looked at by people."""
        if not self.closely:
            return
        file = re.sub(r"[^a-z0-9]+", "-", name.lower())
        self._settle(page)
        # A third of the time that a lossless picture takes, and as good to look at.
        path = SCREENSHOTS / self.journey / f"{file}.jpeg"
        page.screenshot(path=path, full_page=True, type="jpeg", quality=80)

    def check_width(self, page: Page, name: str) -> None:
        self._settle(page)
        if wide := page.evaluate(WIDER_THAN_THE_SCREEN):
            self.findings.append(f"{name} is too wide for its screen: {wide}")

    @staticmethod
    def _settle(page: Page) -> None:
        """The header folds its menu a moment after the screen has changed its width."""
        for _ in range(40):
            if not page.evaluate(WIDER_THAN_THE_SCREEN):
                break
            page.wait_for_timeout(50)

    def _check_accessibility(self, page: Page, name: str, width: str) -> None:
        self._settle(page)
        page.evaluate(AXE.axe_script)
        violations: list[dict[str, Any]] = page.evaluate(FIND_VIOLATIONS)
        for each in violations:
            where = "; ".join(str(node["html"])[:160] for node in each["nodes"][:3])
            self.findings.append(
                f"{name} ({width}): {each['id']}, {each['impact']}: {each['help']}: {where}"
            )


def name_of(page: Page) -> str:
    """The name of the page's address, and whether it shows what was wrong with a form."""
    try:
        name = resolve(urlsplit(page.url).path).view_name
    except Resolver404:
        name = "no-such-page"
    return f"{name} with errors" if page.title().startswith("Error:") else name
