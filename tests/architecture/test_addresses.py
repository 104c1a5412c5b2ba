"""Every address, opened by every kind of person. An address without a row here fails the suite.

The world is the demonstration, beside a second organisation with people and a panel of its own. So
behind every 404 for a stranger stands something that could have leaked.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver, reverse

from cycles.enums import StrategyElement
from cycles.models import Cycle
from evidence.enums import NeedsChapter, ParticularGroup
from evidence.models import DataImport, Indicator, NeedsAssessment, Reference
from reports.enums import ReportKind
from reports.services import reports
from stakeholders.enums import Perspective
from stakeholders.models import Organisation, Panel, Seat, User
from stakeholders.services import invitations, seats
from tests.factories import stakeholders as make
from vbc.home.demonstration import loading, people

PERSONAS = (
    "nobody",  # not signed in
    "stranger",  # an account without any seat or work
    "elsewhere",  # a commissioner of another organisation
    "left",  # was on the panel until a moment ago
    "service user",
    "clinician",
    "reviewer",
    "commissioner",
    "admin",
)
OUTSIDE = ("stranger", "elsewhere", "left")
PANEL = ("service user", "clinician", "reviewer")
STAFF = ("commissioner", "admin")

Row = dict[str, int]


def row(outside: int, panel: int, staff: int, nobody: int = 302, **others: int) -> Row:
    """What each persona gets; `others` names exceptions, with _ for a space."""
    made = {
        "nobody": nobody,
        **dict.fromkeys(OUTSIDE, outside),
        **dict.fromkeys(PANEL, panel),
        **dict.fromkeys(STAFF, staff),
    }
    return made | {name.replace("_", " "): status for name, status in others.items()}


PUBLIC = row(200, 200, 200, nobody=200)
OWN = row(200, 200, 200)  # one's own, whoever one is
READ = row(404, 200, 200)  # what the panel and the organisation's staff may read
RUN = row(404, 403, 200)  # what only those who run it may do
POST_ONLY = row(405, 405, 405)  # changes; the second test below posts to them
RUN_CYCLE = row(404, 403, 403, commissioner=200)  # an administrator manages, but runs no cycle
NOT_NOW = row(404, 403, 403)  # closed to all by the state the thing is in
SEATED = row(404, 200, 403)  # what only a member may do

# Each name of an address, the arguments it takes (keys of `World.arguments`), and what opening it
# (GET) gives to whom.
TABLE: dict[str, tuple[str, Row]] = {
    "home:front": ("", row(302, 302, 302, nobody=200)),
    "home:my-work": ("", OWN),
    "home:account": ("", OWN),
    "home:help": ("", PUBLIC),
    "home:accessibility": ("", PUBLIC),
    "home:privacy": ("", PUBLIC),
    "home:health": ("", PUBLIC),
    "home:mail": ("", PUBLIC),
    "home:mail-message": ("mail", row(404, 404, 404, nobody=404)),
    "stakeholders:panels": ("", OWN),
    "stakeholders:create-panel": ("", row(403, 403, 200, elsewhere=200)),
    "stakeholders:invitation": ("code", PUBLIC),
    "stakeholders:panel": ("panel", READ),
    "stakeholders:edit-panel": ("panel", RUN),
    "stakeholders:open-panel": ("panel", POST_ONLY),
    "stakeholders:resume-panel": ("panel", POST_ONLY),
    "stakeholders:appoint-chair": ("panel", RUN),
    "stakeholders:invite": ("panel", RUN),
    "stakeholders:resend-invitation": ("panel invitation", POST_ONLY),
    "stakeholders:withdraw-invitation": ("panel invitation", POST_ONLY),
    "stakeholders:leave": ("panel", row(404, 200, 404)),
    "stakeholders:go-away": ("panel", POST_ONLY),
    "stakeholders:come-back": ("panel", POST_ONLY),
    "stakeholders:change-perspective": ("panel", row(404, 200, 404)),
    "evidence:library": ("", OWN),
    "evidence:indicators": ("", OWN),
    "evidence:indicator": ("indicator", READ),
    "evidence:indicator-picture": ("indicator", READ),
    "evidence:draw-chart": ("indicator", POST_ONLY),
    "evidence:imports": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:start-import": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:import": ("import", row(404, 404, 200)),
    "evidence:import-progress": ("import", row(404, 404, 302)),
    "evidence:keep-good-rows": ("import", POST_ONLY),
    "evidence:put-aside": ("import", POST_ONLY),
    "evidence:try-import-again": ("import", POST_ONLY),
    "evidence:references": ("", OWN),
    "evidence:add-reference": ("", row(403, 403, 200, elsewhere=200, reviewer=200)),
    "evidence:reference": ("reference", READ),
    "evidence:edit-reference": ("reference", row(404, 403, 200, reviewer=200)),
    "evidence:withdraw-reference": ("reference", POST_ONLY),
    "evidence:bring-back-reference": ("reference", POST_ONLY),
    "evidence:needs-list": ("", OWN),
    "evidence:add-needs": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:needs": ("needs", READ),
    "evidence:edit-statement": ("needs", NOT_NOW),
    "evidence:edit-chapter": ("needs chapter", NOT_NOW),
    "evidence:add-chart": ("needs chapter", NOT_NOW),
    "evidence:remove-chart": ("needs chart", POST_ONLY),
    "evidence:edit-coverage": ("needs group", NOT_NOW),
    "evidence:publish-needs": ("needs", POST_ONLY),
    "evidence:reopen-needs": ("needs", POST_ONLY),
    "cycles:cycles": ("", OWN),
    "cycles:start": ("", row(403, 403, 403, elsewhere=200, commissioner=200)),
    "cycles:cycle": ("plan", READ),
    "cycles:edit-cycle": ("plan", RUN_CYCLE),
    "cycles:link-panel": ("plan", RUN_CYCLE),
    "cycles:link-needs": ("plan", RUN_CYCLE),
    "cycles:stage": ("plan stage", READ),
    "cycles:advance": ("plan", RUN_CYCLE),
    "cycles:go-back": ("plan", RUN_CYCLE),
    "cycles:history": ("plan", READ),
    "cycles:strategy": ("plan", READ),
    "cycles:strategy-element": ("plan element", RUN_CYCLE),
    "cycles:actions": ("do", READ),
    "cycles:add-action": ("do", RUN_CYCLE),
    "cycles:action": ("do action", READ),
    "cycles:edit-action": ("do action", RUN_CYCLE),
    "cycles:outcomes": ("do", READ),
    "cycles:add-outcome": ("do", RUN_CYCLE),
    "cycles:edit-outcome": ("do outcome", RUN_CYCLE),
    "cycles:result": ("do outcome", RUN_CYCLE),
    "cycles:review": ("review", READ),
    "cycles:add-finding": ("review", RUN_CYCLE),
    "cycles:finding": ("review finding", RUN_CYCLE),
    "cycles:decisions": ("plan", READ),
    "cycles:propose-decision": ("plan", RUN_CYCLE),
    "cycles:decision": ("plan decision", READ),
    "cycles:edit-decision": ("plan decision", NOT_NOW),
    "cycles:contributions": ("plan decision", RUN_CYCLE),
    "cycles:add-comment": ("plan decision", POST_ONLY),
    "cycles:withdraw-comment": ("plan decision comment", POST_ONLY),
    "cycles:answer-comment": ("plan decision comment", POST_ONLY),
    "cycles:propose-option": ("plan decision", NOT_NOW),
    "cycles:edit-option": ("plan decision option", NOT_NOW),
    "cycles:withdraw-option": ("plan decision option", NOT_NOW),
    "cycles:answer-option": ("plan decision option", POST_ONLY),
    "cycles:link-evidence": (
        "plan decision option",
        row(404, 403, 403, reviewer=200, commissioner=200),
    ),
    "cycles:unlink-evidence": ("plan decision option", POST_ONLY),
    "cycles:appraisal": ("plan decision option", READ),
    "cycles:write-appraisal": ("plan decision option", row(404, 403, 403, reviewer=200)),
    "cycles:sign-appraisal": ("plan decision option", POST_ONLY),
    "cycles:agree-appraisal": ("plan decision option", POST_ONLY),
    "cycles:open-round": ("plan decision", NOT_NOW),
    "cycles:close-round": ("plan decision", RUN_CYCLE),
    "cycles:begin-rating": ("plan decision", row(404, 302, 403, reviewer=403)),
    "cycles:rate": ("plan decision option", row(404, 200, 403, reviewer=403)),
    "cycles:receipt": ("plan decision", READ),
    "cycles:check-receipt": ("plan decision", POST_ONLY),
    "cycles:decision-result": ("plan decision", READ),
    "cycles:sentence": ("plan decision option", NOT_NOW),
    "cycles:heard": ("plan decision", NOT_NOW),
    "cycles:minority-statement": ("plan decision", NOT_NOW),
    "cycles:record": ("plan decision", RUN_CYCLE),
    "reports:documents": ("", OWN),
    "reports:request-report": ("do kind", RUN),
    "reports:report": ("report", READ),
    "reports:report-read": ("report", READ),
    "reports:report-pdf": ("report", row(404, 302, 302)),
    "reports:report-data": ("report", READ),
    "reports:report-retry": ("report", POST_ONLY),
}


def names() -> Iterator[str]:
    """Every named address of our own; allauth's own pages have their tests upstream."""

    def walk(patterns: list[Any], space: str) -> Iterator[str]:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                below = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from walk(pattern.url_patterns, below)
            else:
                yield f"{space}{pattern.name}"

    for name in walk(get_resolver().url_patterns, ""):
        if ":" in name:
            yield name


class World:
    """The demonstration, and someone of every kind."""

    def __init__(self) -> None:
        assert loading.load()
        organisation = Organisation.objects.get(slug=people.SLUG)
        self.panel = Panel.objects.get(organisation=organisation)
        self.cycles = {cycle.stage: cycle for cycle in Cycle.objects.all()}
        elsewhere = make.organisation()
        make.sitting_panel(elsewhere)
        self.users = {
            "stranger": make.person(),
            "elsewhere": make.commissioner(elsewhere),
            "left": User.objects.get(email="heron@example.org"),
            "service user": User.objects.get(email="robin@example.org"),
            "clinician": User.objects.get(email="lukasz@example.org"),
            "reviewer": User.objects.get(email="merle@example.org"),
            "commissioner": User.objects.get(email="alex@example.org"),
            "admin": User.objects.get(email="kim@example.org"),
        }
        seats.leave(
            Seat.objects.get(panel=self.panel, user=self.users["left"]), by=self.users["left"]
        )
        self.invitation = invitations.invite(
            self.panel,
            email="new@example.org",
            suggested_perspective=Perspective.CARER,
            by=self.users["commissioner"],
        )
        self.report = reports.request(
            self.cycles["do"], ReportKind.STRATEGY, by=self.users["commissioner"]
        )
        self.assessment = NeedsAssessment.objects.get()
        self.organisation = organisation

    def client(self, persona: str) -> Client:
        client = Client()
        if persona != "nobody":
            client.force_login(
                self.users[persona], backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        return client

    @property
    def arguments(self) -> dict[str, str]:
        decision = self.cycles["plan"].decisions.get()
        option = decision.options.first()
        return {
            "mail": "none",
            "code": invitations.link(self.invitation).rstrip("/").split("/")[-1],
            "panel": self.panel.public_id,
            "invitation": self.invitation.public_id,
            "indicator": Indicator.objects.order_by("pk")[0].public_id,
            "import": DataImport.objects.get().public_id,
            "reference": Reference.objects.order_by("pk")[0].public_id,
            "needs": self.assessment.public_id,
            "chapter": NeedsChapter.NEED,
            "chart": str(self.assessment.charts.order_by("pk")[0].pk),
            "group": ParticularGroup.OLDER,
            "plan": self.cycles["plan"].slug,
            "do": self.cycles["do"].slug,
            "review": self.cycles["review"].slug,
            "stage": "plan",
            "element": StrategyElement.NEEDS,
            "action": self.cycles["do"].actions.order_by("pk")[0].public_id,
            "outcome": self.cycles["do"].outcome_measures.get().public_id,
            "finding": self.cycles["review"].findings.get().public_id,
            "decision": decision.public_id,
            "option": option.public_id,
            "comment": decision.comments.order_by("pk")[0].public_id,
            "kind": ReportKind.STRATEGY,
            "report": self.report.public_id,
        }

    def addresses(self) -> dict[str, str]:
        arguments = self.arguments
        return {
            name: reverse(name, args=[arguments[key] for key in keys.split()])
            for name, (keys, _) in TABLE.items()
        }


@pytest.fixture
def world(settings: Any, db: None) -> World:
    settings.DEMONSTRATION = True
    return World()


def test_every_address_has_its_row() -> None:
    assert set(names()) == set(TABLE)


def test_every_address_answers_each_persona_as_the_table_says(world: World) -> None:
    """And a GET is a GET: whoever opens whatever, no row of the product changes."""
    addresses, before, wrong = world.addresses(), _everything(world), []
    for persona in PERSONAS:
        client = world.client(persona)
        for name, (_, expected) in TABLE.items():
            status = client.get(addresses[name]).status_code
            if status != expected[persona]:
                wrong.append(f"{name} for {persona}: {status}, not {expected[persona]}")
    assert not wrong, "\n".join(wrong)
    assert _everything(world) == before


def test_nobody_outside_can_change_anything(world: World) -> None:
    """Every address of the organisation is posted to from outside, with nothing and rubbish."""
    addresses, before, wrong = world.addresses(), _everything(world), []
    for persona in ("nobody", *OUTSIDE):
        client = world.client(persona)
        for name, (keys, expected) in TABLE.items():
            if not keys or name.startswith("home:") or expected["stranger"] == 200:
                continue
            for data in ({}, {"version": "1", "title": "x", "text": "x", "status": "done"}):
                status = client.post(addresses[name], data).status_code
                if status not in ((302,) if persona == "nobody" else (404, 405)):
                    wrong.append(f"{name} for {persona}: {status}")
    assert not wrong, "\n".join(wrong)
    assert _everything(world) == before


def _everything(world: World) -> dict[str, list[Any]]:
    """Every row of every table of ours, but for when somebody last signed in."""
    return {
        model._meta.label: [
            tuple(value for name, value in values.items() if name != "last_login")
            for values in model._base_manager.order_by("pk").values()
        ]
        for model in apps.get_models()
        if model._meta.app_label in ("core", "stakeholders", "evidence", "cycles", "reports")
    }
