"""Every address, with who may open it, and a world in which there is something behind each.

The world is the demonstration, beside a second organisation with people and a panel of its own. So
behind every 404 for a stranger stands something that could have leaked.
"""

from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cycles.enums import Criterion, StrategyElement, ValueSource
from cycles.models import Cycle
from evidence.enums import FigureKind, Horizon, NeedsChapter, NumberKind, ParticularGroup
from evidence.models import (
    FrameworkUse,
    Indicator,
    JourneyStep,
    NeedsAssessment,
    Pathway,
    Reference,
    ReferenceImport,
    ServiceCorrection,
    ServiceEvent,
)
from reports.enums import FileFormat, ReportKind, Rhythm, Version
from reports.services import archives, reports, schedules
from stakeholders.enums import (
    Characteristic,
    ConditionKind,
    Guide,
    InductionStep,
    MeetingStatus,
    Perspective,
    SeatKind,
)
from stakeholders.models import (
    ContactPromise,
    Interest,
    Meeting,
    MeetingAction,
    Organisation,
    Panel,
    Seat,
    User,
)
from stakeholders.queries.invitations import people_without_email
from stakeholders.services import concerns, invitations, papers, seats, speakers
from tests.factories import calls as make_calls
from tests.factories import equality as make_beside
from tests.factories import experience as make_experience
from tests.factories import imports as make_imports
from tests.factories import ratings as make_ratings
from tests.factories import stakeholders as make
from tests.factories import talking as make_talking
from tests.factories import values as make_values
from tests.kept import kept
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
    "home:my-words": ("", OWN),
    "home:account": ("", OWN),
    "home:close-account": ("", OWN),
    "home:account-closed": ("", PUBLIC),
    "home:help": ("", PUBLIC),
    "home:accessibility": ("", PUBLIC),
    "home:privacy": ("", PUBLIC),
    "home:health": ("", PUBLIC),
    "home:mail": ("", PUBLIC),
    "home:mail-message": ("mail", row(404, 404, 404, nobody=404)),
    "stakeholders:induction": ("", OWN),
    "stakeholders:induction-step": ("step", OWN),
    "stakeholders:for-chairs": ("", OWN),
    "stakeholders:guide": ("guide", PUBLIC),
    "stakeholders:composition": ("organisation", READ),
    "stakeholders:panel-composition": ("panel", READ),
    "stakeholders:about-me": ("organisation", row(404, 200, 404)),
    "stakeholders:delete-about-me": ("organisation", POST_ONLY),
    "stakeholders:population": ("organisation characteristic", RUN),
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
    "stakeholders:print-invitation": ("panel invitation", POST_ONLY),
    "stakeholders:enter-code": ("", PUBLIC),
    "stakeholders:answer-letter": ("", row(302, 302, 302)),  # without a code: where it is typed
    "stakeholders:new-password": ("", row(302, 302, 302)),
    "stakeholders:welcome": ("panel", row(404, 302, 404)),  # whoever has e-mail goes on
    "stakeholders:name-cover": ("panel", row(404, 403, 404, service_user=200)),
    "stakeholders:bring-supporter": ("panel", row(404, 200, 404)),
    "stakeholders:reserve-list": ("panel", row(404, 403, 403, service_user=200)),
    "stakeholders:release": ("panel beside", POST_ONLY),
    "stakeholders:sign-in-letters": ("panel", RUN),
    "stakeholders:print-sign-in-letter": ("panel without_email", POST_ONLY),
    "stakeholders:organisation": ("organisation", row(404, 404, 200)),
    "stakeholders:leave": ("panel", row(404, 200, 404)),
    "stakeholders:go-away": ("panel", POST_ONLY),
    "stakeholders:come-back": ("panel", POST_ONLY),
    "stakeholders:change-perspective": ("panel", row(404, 200, 404)),
    "stakeholders:your-part": ("panel", row(404, 200, 404)),
    "stakeholders:step-in": ("panel", POST_ONLY),
    "stakeholders:unwell-card": ("panel", row(404, 403, 404, service_user=200)),
    "stakeholders:throw-card-away": ("panel", POST_ONLY),
    "stakeholders:liaison": ("panel", row(404, 200, 404)),
    "stakeholders:offer-liaison": ("panel", READ),
    "stakeholders:who-chose-you": ("panel", READ),
    "stakeholders:raise-minimum": ("panel", RUN),
    "stakeholders:close-panel": ("panel", RUN),
    "stakeholders:people": ("panel", RUN),
    "stakeholders:set-term": ("panel seat", RUN),
    "stakeholders:remove": ("panel seat", RUN),
    # The seat of somebody else who was removed: they alone read why.
    "stakeholders:removed": ("removed", row(404, 404, 404)),
    "stakeholders:raise-concern": ("", OWN),
    "stakeholders:my-concerns": ("", OWN),
    # The administrator of the demonstration is named as the panel's lead. The concern here is about
    # that lead, so nobody of these may read it; its own writer sees what became of it.
    "stakeholders:concerns": ("", row(404, 404, 404, admin=200)),
    "stakeholders:concern": ("concern", row(404, 404, 404)),
    "stakeholders:concern-raised": ("concern", row(404, 404, 404, service_user=200)),
    "stakeholders:open-concern": ("concern", POST_ONLY),
    "stakeholders:note-on-concern": ("concern", POST_ONLY),
    "stakeholders:pass-on-concern": ("concern", POST_ONLY),
    "stakeholders:close-concern": ("concern", POST_ONLY),
    "stakeholders:reopen-concern": ("concern", POST_ONLY),
    "stakeholders:safeguarding-lead": ("panel", RUN),
    "stakeholders:organisation-safeguarding": ("organisation", row(404, 404, 200)),
    "stakeholders:my-support": ("", OWN),
    "stakeholders:begin-quiet": ("", POST_ONLY),
    "stakeholders:end-quiet": ("", POST_ONLY),
    "stakeholders:claim": ("", OWN),
    "stakeholders:weekly-limit": ("", OWN),
    "stakeholders:support-letter": ("", OWN),
    # The service user's own, and nobody else's.
    "stakeholders:payment": ("payment", row(404, 404, 404, service_user=200)),
    "stakeholders:accept-payment": ("payment", POST_ONLY),
    "stakeholders:decline-payment": ("payment", POST_ONLY),
    "stakeholders:support-plan": ("panel", row(404, 200, 404)),
    "stakeholders:name-arranger": ("panel", RUN),
    # The commissioner of the demonstration arranges; for everybody else there is no such page.
    "stakeholders:arrangements": ("panel", row(404, 404, 404, commissioner=200)),
    "stakeholders:panel-payments": ("panel", RUN),
    "stakeholders:offer-payments": ("panel", RUN),
    "stakeholders:cost-centre": ("panel", RUN),
    "stakeholders:panel-payment": ("panel payment", RUN),
    "stakeholders:approve-payment": ("panel payment", POST_ONLY),
    "stakeholders:refuse-payment": ("panel payment", RUN),
    "stakeholders:mark-payment-paid": ("panel payment", RUN),
    "stakeholders:rates": ("organisation", row(404, 404, 200)),
    "stakeholders:payments-export": ("organisation", row(404, 404, 200)),
    "stakeholders:conditions": ("panel", READ),
    "stakeholders:edit-condition": ("panel condition", RUN),
    "stakeholders:stakeholder-map": ("panel", READ),
    "stakeholders:describe-centre": ("panel", RUN),
    "stakeholders:add-stakeholder": ("panel", RUN),
    "stakeholders:stakeholder-categories": ("panel", RUN),
    "stakeholders:usual-stakeholder-categories": ("panel", POST_ONLY),
    "stakeholders:withdraw-stakeholder-category": ("panel category", POST_ONLY),
    "stakeholders:bring-back-stakeholder-category": ("panel category", POST_ONLY),
    "stakeholders:stakeholder": ("panel stakeholder", READ),
    "stakeholders:edit-stakeholder": ("panel stakeholder", RUN),
    "stakeholders:withdraw-stakeholder": ("panel stakeholder", POST_ONLY),
    "stakeholders:bring-back-stakeholder": ("panel stakeholder", POST_ONLY),
    "stakeholders:plan-contact": ("panel stakeholder", RUN),
    "stakeholders:log-contact": ("panel stakeholder", RUN),
    "stakeholders:settle-promise": ("panel stakeholder promise", RUN),
    "stakeholders:leads": ("", OWN),
    "stakeholders:add-lead": ("organisation", row(404, 404, 200)),
    "stakeholders:lead-cover": ("organisation lead", row(404, 404, 200)),
    "stakeholders:end-lead": ("organisation lead", POST_ONLY),
    "stakeholders:hand-over": ("organisation leader", row(404, 404, 200)),
    "stakeholders:hand-over-data": ("organisation leader", row(404, 404, 200)),
    "stakeholders:hand-on": ("organisation leader", row(404, 404, 200)),
    "stakeholders:engagement": ("panel", READ),
    "stakeholders:involvement-log": ("panel", READ),
    "stakeholders:add-group": ("panel", RUN),
    "stakeholders:edit-group": ("panel seldom-heard", RUN),
    "stakeholders:withdraw-group": ("panel seldom-heard", POST_ONLY),
    "stakeholders:bring-back-group": ("panel seldom-heard", POST_ONLY),
    "stakeholders:record-event": ("panel", RUN),
    "stakeholders:engagement-event": ("panel event", READ),
    "stakeholders:edit-event": ("panel event", RUN),
    "stakeholders:share-event": ("panel event", POST_ONLY),
    "stakeholders:stop-sharing-event": ("panel event", POST_ONLY),
    "stakeholders:what-came-of-it": ("event", PUBLIC),
    "stakeholders:how-to-chair": ("", OWN),
    "stakeholders:my-meeting-actions": ("", OWN),
    "stakeholders:meeting-action-done": ("taken-on", POST_ONLY),
    "stakeholders:meetings": ("panel", READ),
    "stakeholders:create-meeting": ("panel", RUN),
    "stakeholders:meeting": ("panel meeting", READ),
    "stakeholders:edit-meeting": ("panel meeting", RUN),
    "stakeholders:arrange-meeting": ("panel meeting", RUN),
    "stakeholders:move-meeting": ("panel meeting", POST_ONLY),
    "stakeholders:cancel-meeting": ("panel meeting", RUN),
    "stakeholders:close-meeting": ("panel meeting", POST_ONLY),
    "stakeholders:meeting-calendar": ("panel meeting", READ),
    "stakeholders:meeting-dates": ("panel search", READ),
    "stakeholders:offer-date": ("panel search", RUN),
    "stakeholders:ask-for-dates": ("panel search", POST_ONLY),
    "stakeholders:withdraw-date": ("panel search date", POST_ONLY),
    "stakeholders:pick-date": ("panel search date", POST_ONLY),
    "stakeholders:add-paper": ("panel meeting", RUN),
    "stakeholders:send-papers": ("panel meeting", POST_ONLY),
    "stakeholders:paper": ("panel meeting paper", READ),
    "stakeholders:paper-file": ("panel meeting paper", READ),
    "stakeholders:withdraw-paper": ("panel meeting paper", POST_ONLY),
    "stakeholders:agenda": ("panel meeting", RUN),
    "stakeholders:add-agenda-item": ("panel meeting", RUN),
    "stakeholders:ask-for-item": ("panel meeting", SEATED),
    "stakeholders:edit-agenda-item": ("panel meeting item", RUN),
    "stakeholders:take-agenda-item": ("panel meeting item", POST_ONLY),
    "stakeholders:turn-down-agenda-item": ("panel meeting item", RUN),
    "stakeholders:move-agenda-item": ("panel meeting item", POST_ONLY),
    "stakeholders:remove-agenda-item": ("panel meeting item", POST_ONLY),
    "stakeholders:say-coming": ("panel meeting", POST_ONLY),
    "stakeholders:meeting-room": ("panel meeting", READ),
    "stakeholders:meeting-now": ("panel meeting", row(404, 302, 302)),
    "stakeholders:say-present": ("panel meeting", POST_ONLY),
    "stakeholders:ask-to-speak": ("panel meeting", POST_ONLY),
    "stakeholders:has-spoken": ("panel meeting turn", POST_ONLY),
    "stakeholders:take-off": ("panel meeting turn", POST_ONLY),
    "stakeholders:minutes": ("panel held", READ),
    "stakeholders:share-minutes": ("panel held", POST_ONLY),
    "stakeholders:agree-minutes": ("panel meeting", POST_ONLY),
    "stakeholders:ask-for-correction": ("panel held", SEATED),
    "stakeholders:answer-correction": ("panel held correction", RUN),
    "stakeholders:write-minutes": ("panel held held-item", RUN),
    "stakeholders:record-meeting-decision": ("panel held held-item", POST_ONLY),
    "stakeholders:add-meeting-action": ("panel held held-item", POST_ONLY),
    "stakeholders:withdraw-meeting-action": ("panel held held-item taken-on", POST_ONLY),
    "stakeholders:interests": ("panel", READ),
    "stakeholders:declare-interest": ("panel", SEATED),
    "stakeholders:end-interest": ("panel interest", POST_ONLY),
    "stakeholders:public-register": ("panel", PUBLIC),
    "evidence:library": ("", OWN),
    "evidence:indicators": ("", OWN),
    "evidence:indicator": ("indicator", READ),
    "evidence:indicator-picture": ("indicator", READ),
    "evidence:draw-chart": ("indicator", POST_ONLY),
    "evidence:indicator-figures": ("indicator", READ),
    "evidence:area-profile": ("area", READ),
    "evidence:profile-picture": ("area", READ),
    "evidence:draw-profile": ("area", POST_ONLY),
    "evidence:profile-figures": ("area", READ),
    "evidence:edit-indicator": ("indicator", RUN),
    "evidence:tiers": ("", OWN),
    "evidence:add-vital-sign": ("", row(403, 403, 302, elsewhere=302)),  # which is in its query
    "evidence:areas": ("", OWN),
    "evidence:nhs-areas": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:area": ("area", OWN),  # national, and the same for everyone
    "evidence:sources": ("", OWN),
    "evidence:imports": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:start-import": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:import": ("import", row(404, 404, 200)),
    "evidence:import-progress": ("import", row(404, 404, 302)),
    "evidence:go-on": ("import", POST_ONLY),
    "evidence:columns": ("asked-import", row(404, 404, 200)),
    "evidence:look-again": ("asked-import", POST_ONLY),
    "evidence:confirm-columns": ("asked-import", POST_ONLY),
    "evidence:undo-import": ("import", row(404, 404, 200)),
    "evidence:read-again": ("import", POST_ONLY),
    "evidence:keep-good-rows": ("import", POST_ONLY),
    "evidence:put-aside": ("import", POST_ONLY),
    "evidence:try-import-again": ("import", POST_ONLY),
    "evidence:references": ("", OWN),
    "evidence:add-reference": ("", row(403, 403, 200, elsewhere=200, reviewer=200)),
    "evidence:reference": ("reference", READ),
    "evidence:edit-reference": ("reference", row(404, 403, 200, reviewer=200)),
    "evidence:withdraw-reference": ("reference", POST_ONLY),
    "evidence:bring-back-reference": ("reference", POST_ONLY),
    "evidence:describe-reference": ("reference", row(404, 403, 200, reviewer=200)),
    "evidence:guidance-library": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:add-example": ("", row(403, 403, 200, elsewhere=200, reviewer=200)),
    "evidence:edit-example": ("example", row(404, 403, 200)),
    "evidence:add-journey-step": ("example", row(404, 403, 200)),
    "evidence:remove-journey-step": ("example journey-step", POST_ONLY),
    "evidence:reference-imports": ("", row(403, 403, 200, elsewhere=200, reviewer=200)),
    "evidence:start-reference-import": ("", row(403, 403, 200, elsewhere=200, reviewer=200)),
    "evidence:reference-import": ("reference_import", row(404, 404, 200, reviewer=200)),
    "evidence:reference-import-progress": ("reference_import", row(404, 404, 302, reviewer=302)),
    "evidence:agree-reference-import": ("reference_import", POST_ONLY),
    "evidence:put-reference-import-aside": ("reference_import", POST_ONLY),
    "evidence:try-reference-import-again": ("reference_import", POST_ONLY),
    "evidence:undo-reference-import": ("reference_import", POST_ONLY),
    "evidence:needs-list": ("", OWN),
    "evidence:add-needs": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:needs": ("needs", READ),
    "evidence:edit-statement": ("needs", NOT_NOW),
    "evidence:edit-chapter": ("needs chapter", NOT_NOW),
    "evidence:add-chart": ("needs chapter", NOT_NOW),
    "evidence:remove-chart": ("needs chart", POST_ONLY),
    "evidence:edit-coverage": ("needs group", NOT_NOW),
    "evidence:add-existing-needs": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:edit-number": ("needs number horizon", NOT_NOW),
    "evidence:edit-populations": ("needs", NOT_NOW),
    "evidence:add-gap": ("needs", NOT_NOW),
    "evidence:edit-gap": ("needs gap", NOT_NOW),
    "evidence:remove-gap": ("needs gap", POST_ONLY),
    "evidence:rank-gap": ("needs gap", NOT_NOW),
    "evidence:add-plan": ("needs", NOT_NOW),
    "evidence:edit-plan": ("needs partner-plan", NOT_NOW),
    "evidence:remove-plan": ("needs partner-plan", POST_ONLY),
    "evidence:ask-for-comments": ("needs", NOT_NOW),
    "evidence:needs-comments": ("needs", READ),
    "evidence:close-comments": ("needs", POST_ONLY),
    "evidence:answer-comment": ("needs needs-comment", NOT_NOW),
    "evidence:new-edition": ("needs", POST_ONLY),
    "evidence:publish-needs": ("needs", row(404, 403, 302)),
    "evidence:reopen-needs": ("needs", POST_ONLY),
    "evidence:show-needs": ("needs", RUN),
    "evidence:end-showing-needs": ("needs", POST_ONLY),
    "evidence:public-needs-list": ("", PUBLIC),
    "evidence:public-needs": ("needs", PUBLIC),
    "evidence:frameworks": ("", OWN),
    "evidence:framework": ("framework", OWN),
    "evidence:switch-framework-on": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:switch-framework-off": ("use", POST_ONLY),
    "evidence:framework-years": ("use", READ),
    "evidence:begin-framework-year": ("use", POST_ONLY),
    "evidence:framework-sheet": ("sheet", READ),
    "evidence:add-framework-item": ("own-sheet", RUN),
    "evidence:edit-framework-item": ("own-sheet own-item", RUN),
    "evidence:withdraw-framework-item": ("own-sheet own-item", POST_ONLY),
    "evidence:bring-framework-item-back": ("own-sheet own-item", POST_ONLY),
    "evidence:framework-item": ("sheet asked", READ),
    "evidence:answer-framework": ("sheet asked", RUN),
    "evidence:framework-still-true": ("sheet asked", POST_ONLY),
    "evidence:add-framework-note": ("sheet asked", SEATED),
    "evidence:add-framework-link": ("own-sheet own-item", RUN),
    "evidence:remove-framework-link": ("own-sheet own-item link", POST_ONLY),
    "evidence:withdraw-framework-note": ("note", POST_ONLY),
    "evidence:answer-framework-note": ("note", RUN),
    "evidence:services": ("", OWN),
    "evidence:service-map": ("", OWN),
    "evidence:choice-audit": ("", OWN),
    "evidence:service-contacts": ("", OWN),
    "evidence:corrections-waiting": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:add-service": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:import-services": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:services-pattern": ("", OWN),
    "evidence:export-services": ("", OWN),
    "evidence:service": ("service", READ),
    "evidence:edit-service": ("service", RUN),
    "evidence:edit-service-words": ("service", RUN),
    "evidence:withdraw-service": ("service", POST_ONLY),
    "evidence:bring-back-service": ("service", POST_ONLY),
    "evidence:service-figure": ("service figure-kind", RUN),
    "evidence:add-service-cluster": ("service", RUN),
    "evidence:remove-service-cluster": ("service cluster", POST_ONLY),
    "evidence:add-service-event": ("service", RUN),
    "evidence:edit-service-event": ("service service-event", RUN),
    "evidence:claimed-choice": ("service", RUN),
    # Theirs alone: those who speak from using services or from caring.
    "evidence:lived-choice": ("service", row(404, 403, 403, service_user=200)),
    "evidence:take-choice-back": ("service", POST_ONLY),
    "evidence:correct-service": ("service", SEATED),
    "evidence:answer-service-correction": ("service service-correction", RUN),
    "evidence:take-service-correction-back": ("service service-correction", POST_ONLY),
    "evidence:providers": ("", OWN),
    "evidence:add-provider": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:edit-provider": ("provider", RUN),
    "evidence:pathways": ("", OWN),
    "evidence:add-pathway": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:pathway": ("pathway", READ),
    "evidence:edit-pathway": ("pathway", RUN),
    "evidence:add-step": ("pathway", RUN),
    "evidence:edit-step": ("pathway pathway-step", RUN),
    "evidence:move-step": ("pathway pathway-step", POST_ONLY),
    "evidence:remove-step": ("pathway pathway-step", POST_ONLY),
    "evidence:put-step-back": ("pathway pathway-step", POST_ONLY),
    "evidence:hand-off": ("pathway pathway-step", RUN),
    "evidence:experiences": ("", OWN),
    "evidence:experiences-to-check": ("", OWN),
    "evidence:tell-experience": ("", row(403, 200, 200, elsewhere=200)),
    "evidence:write-down-experience": ("", row(403, 403, 200, elsewhere=200)),
    "evidence:my-experiences": ("", OWN),
    "evidence:enter-code": ("", PUBLIC),
    "evidence:told-by-code": ("", row(302, 302, 302)),  # without a code: where it is typed
    "evidence:allow-by-code": ("", row(302, 302, 302)),
    "evidence:take-back-by-code": ("", row(302, 302, 302)),
    # Told by the service user, and checked: so its words stay as they are.
    "evidence:my-experience": ("experience", row(404, 404, 404, service_user=200)),
    "evidence:edit-experience": ("experience", row(404, 404, 404, service_user=403)),
    "evidence:allow-experience": ("experience", row(404, 404, 404, service_user=200)),
    "evidence:take-back-experience": ("experience", row(404, 404, 404, service_user=200)),
    "evidence:experience": ("experience", READ),
    "evidence:check-experience": ("experience", RUN),
    "evidence:answer-experience": ("experience", RUN),
    "evidence:code-experience": ("experience", READ),
    "evidence:uncode-experience": ("experience coding", POST_ONLY),
    "evidence:quote-experience": ("experience", row(404, 403, 200, reviewer=200)),
    "evidence:unquote-experience": ("experience quote", POST_ONLY),
    "evidence:public-experiences": ("", PUBLIC),
    "evidence:public-experience": ("experience", PUBLIC),
    "evidence:themes": ("", OWN),
    "evidence:add-theme": ("", row(403, 403, 200, elsewhere=200, reviewer=200)),
    "evidence:edit-theme": ("theme", row(404, 403, 200, reviewer=200)),
    "evidence:withdraw-theme": ("theme", POST_ONLY),
    "evidence:bring-back-theme": ("theme", POST_ONLY),
    "evidence:hopes": ("organisation", READ),
    "evidence:record-hopes": ("organisation", RUN),
    "evidence:draw-hopes": ("organisation", POST_ONLY),
    "evidence:say-hopes": ("organisation theme", row(404, 403, 403, service_user=200)),
    "evidence:take-back-hopes": ("organisation theme", POST_ONLY),
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
    "cycles:lenses": ("plan", READ),
    "cycles:choose-lens": ("plan", RUN_CYCLE),
    "cycles:put-lens-aside": ("plan lens", POST_ONLY),
    "cycles:involvement": ("do", READ),
    "cycles:strategy": ("plan", READ),
    "cycles:strategy-element": ("plan element", RUN_CYCLE),
    "cycles:actions": ("do", READ),
    "cycles:add-action": ("do", RUN_CYCLE),
    "cycles:action": ("do action", READ),
    "cycles:edit-action": ("do action", RUN_CYCLE),
    "cycles:risks": ("do", READ),
    "cycles:add-risk": ("do", RUN_CYCLE),
    "cycles:risk": ("do risk", READ),
    "cycles:edit-risk": ("do risk", RUN_CYCLE),
    "cycles:close-risk": ("do risk", RUN_CYCLE),
    "cycles:reopen-risk": ("do risk", POST_ONLY),
    "cycles:priorities": ("plan", READ),
    "cycles:put-need-to-panel": ("plan gap", POST_ONLY),
    "cycles:stock-take": ("plan", READ),
    "cycles:say-why-no-service": ("plan", RUN_CYCLE),
    "cycles:put-service-to-panel": ("plan service", POST_ONLY),
    "cycles:outcomes": ("do", READ),
    "cycles:add-outcome": ("do", RUN_CYCLE),
    "cycles:edit-outcome": ("do outcome", RUN_CYCLE),
    "cycles:result": ("do outcome", RUN_CYCLE),
    "cycles:review": ("review", READ),
    "cycles:add-finding": ("review", row(404, 200, 403, commissioner=200)),
    "cycles:finding": ("review finding", RUN_CYCLE),
    "cycles:values": ("plan", READ),
    "cycles:values-edition": ("plan values-edition", READ),
    "cycles:propose-value": ("plan", row(404, 200, 403, commissioner=200)),
    "cycles:put-values": ("plan", POST_ONLY),
    "cycles:agree-values": ("plan", POST_ONLY),
    "cycles:take-preset": ("plan preset", RUN_CYCLE),
    "cycles:edit-value": ("plan value", row(404, 403, 403, service_user=200, commissioner=200)),
    "cycles:withdraw-value": ("plan value", POST_ONLY),
    "cycles:bring-back-value": ("plan value", POST_ONLY),
    "cycles:understanding": ("plan", READ),
    "cycles:say-understanding": ("plan", row(404, 200, 403, commissioner=200)),
    "cycles:edit-understanding": ("plan said", row(404, 403, 403, service_user=200)),
    "cycles:withdraw-understanding": ("plan said", POST_ONLY),
    "cycles:answer-understanding": ("plan said", RUN_CYCLE),
    # The administrator of the demonstration is its safeguarding lead too.
    "cycles:redact-understanding": ("plan said", row(404, 403, 200)),
    "cycles:see-original-understanding": ("plan said-redaction", POST_ONLY),
    "cycles:link-value": ("plan decision", row(404, 200, 403, commissioner=200)),
    "cycles:how-heard": ("plan decision", RUN_CYCLE),
    "cycles:edit-value-link": (
        "plan decision value-link",
        row(404, 403, 403, service_user=200, commissioner=200),
    ),
    "cycles:unlink-value": ("plan decision value-link", POST_ONLY),
    # Which way a value pointed is said once rating has closed; here it is open.
    "cycles:value-outweighed": ("plan decision value-link", NOT_NOW),
    "cycles:equality": ("plan decision", READ),
    "cycles:equality-part": ("plan decision equality-part", RUN_CYCLE),
    "cycles:equality-group": ("plan decision equality-group", RUN_CYCLE),
    "cycles:equality-duty": ("plan decision", RUN_CYCLE),
    "cycles:publish-equality": ("plan decision", POST_ONLY),
    "cycles:equality-edition": ("plan decision equality-edition", PUBLIC),
    "cycles:checklist": ("analyse specialised checklist", READ),
    "cycles:checklist-question": (
        "analyse specialised checklist checklist-item",
        row(404, 200, 403, commissioner=200),
    ),
    "cycles:option-checklist": ("plan decision option option-list", READ),
    "cycles:option-checklist-question": (
        "plan decision option option-list option-item",
        row(404, 200, 403, commissioner=200),
    ),
    "cycles:sign-record": ("do do-decision", row(404, 403, 403, service_user=200)),
    "cycles:correct-record": ("do do-decision", RUN_CYCLE),
    # The service user's own, also after leaving; to everybody else there is no such page.
    "cycles:withdraw-statement": ("do do-decision statement", row(404, 404, 404, service_user=200)),
    # The administrator of the demonstration is its safeguarding lead too.
    "cycles:redact-statement": ("do do-decision statement", row(404, 403, 200)),
    "cycles:statement-original": ("do do-decision statement", POST_ONLY),
    "cycles:board": ("do do-decision", READ),
    "cycles:board-answer": ("do do-decision", RUN_CYCLE),
    "cycles:urgent-decisions": ("plan", READ),
    "cycles:enter-urgent-decision": ("plan", RUN_CYCLE),
    "cycles:urgent-decision": ("plan urgent", READ),
    "cycles:edit-urgent-decision": ("plan urgent", RUN_CYCLE),
    "cycles:review-urgent-decision": ("plan urgent", RUN_CYCLE),
    "cycles:decisions": ("plan", READ),
    "cycles:propose-decision": ("plan", RUN_CYCLE),
    "cycles:decision": ("plan decision", READ),
    "cycles:edit-decision": ("plan decision", NOT_NOW),
    "cycles:easy-words": ("plan decision", RUN_CYCLE),
    "cycles:keep-secret": ("plan decision", POST_ONLY),
    "cycles:contributions": ("plan decision", RUN_CYCLE),
    "cycles:add-comment": ("plan decision", POST_ONLY),
    "cycles:withdraw-comment": ("plan decision comment", POST_ONLY),
    "cycles:comment": ("plan decision comment", row(404, 302, 302)),
    "cycles:thread": ("plan decision comment", READ),
    "cycles:reply": ("plan decision comment", row(404, 200, 403, commissioner=200)),
    "cycles:edit-comment": ("plan decision own-comment", row(404, 403, 403, service_user=200)),
    "cycles:earlier-wordings": ("plan decision own-comment", READ),
    "cycles:moderate-comment": ("plan decision own-comment", RUN_CYCLE),
    "cycles:appeal": ("plan decision held-comment", row(404, 403, 403, service_user=200)),
    # The chair held it back, so it is for whoever runs the cycle to look again.
    "cycles:answer-appeal": ("plan decision appealed-comment", RUN_CYCLE),
    "cycles:moderation-log": ("plan decision", READ),
    "cycles:answers-until": ("plan decision", NOT_NOW),
    "cycles:answer-comment": ("plan decision comment", RUN_CYCLE),
    "cycles:comment-not-answered": (
        "plan decision answered-comment",
        row(404, 403, 403, service_user=200),
    ),
    "cycles:option-not-answered": ("plan decision option", NOT_NOW),
    "cycles:understanding-not-answered": ("plan said", NOT_NOW),
    "cycles:redact-comment": ("plan decision comment", row(404, 403, 200)),
    "cycles:redact-option": ("plan decision option", row(404, 403, 200)),
    "cycles:see-original": ("plan decision redaction", POST_ONLY),
    "cycles:propose-option": ("plan decision", NOT_NOW),
    "cycles:reopen-options": ("plan decision", NOT_NOW),
    "cycles:options-stood": ("plan decision reopening", READ),
    "cycles:edit-option": ("plan decision option", NOT_NOW),
    "cycles:withdraw-option": ("plan decision option", NOT_NOW),
    "cycles:answer-option": ("plan decision option", RUN_CYCLE),
    "cycles:declare-option-interest": ("plan decision option", SEATED),
    "cycles:withdraw-option-interest": ("plan decision option", POST_ONLY),
    "cycles:put-on-agenda": ("plan decision", RUN_CYCLE),
    "cycles:link-evidence": (
        "plan decision option",
        row(404, 403, 403, reviewer=200, commissioner=200),
    ),
    "cycles:unlink-evidence": ("plan decision option", POST_ONLY),
    "cycles:appraisal": ("plan decision option", READ),
    "cycles:write-appraisal": ("plan decision option", row(404, 403, 403, reviewer=200)),
    "cycles:judge-option": ("plan decision option criterion", row(404, 403, 403, reviewer=200)),
    "cycles:sign-appraisal": ("plan decision option", POST_ONLY),
    "cycles:agree-appraisal": ("plan decision option", POST_ONLY),
    "cycles:open-round": ("plan decision", NOT_NOW),
    "cycles:close-round": ("plan decision", RUN_CYCLE),
    "cycles:begin-rating": ("plan decision", row(404, 302, 403, reviewer=403)),
    "cycles:rate": ("plan decision option", row(404, 200, 403, reviewer=403)),
    "cycles:receipt": ("plan decision", READ),
    "cycles:check-receipt": ("plan decision", POST_ONLY),
    # This decision is answered by numbers, so these lead to where it is.
    "cycles:rank-options": ("plan decision", row(404, 302, 403, reviewer=403)),
    "cycles:help-rank": ("plan decision helping", row(404, 404, 404, clinician=302)),
    "cycles:recorded-for-me": ("plan decision", READ),
    "cycles:release-reason": ("plan decision own-rating", row(404, 404, 404, service_user=200)),
    "cycles:take-reason-back": ("plan decision own-rating", POST_ONLY),
    "cycles:helping": ("plan decision", READ),
    "cycles:choose-helper": ("plan decision", POST_ONLY),
    # The service user chose the clinician; to everybody else there is no such page.
    "cycles:help-member": ("plan decision helping", row(404, 404, 404, clinician=200)),
    "cycles:help-enter": ("plan decision helping option", row(404, 404, 404, clinician=200)),
    "cycles:end-helping": ("plan decision helping", POST_ONLY),
    "cycles:decision-result": ("plan decision", READ),
    "cycles:decision-result-closer": ("plan decision", READ),
    "cycles:sentence": ("plan decision option", NOT_NOW),
    "cycles:heard": ("plan decision", NOT_NOW),
    "cycles:minority-statement": ("plan decision", NOT_NOW),
    "cycles:record": ("plan decision", RUN_CYCLE),
    "cycles:calls": ("plan", READ),
    "cycles:start-call": ("plan", RUN_CYCLE),
    "cycles:call": ("plan call", READ),
    "cycles:edit-call": ("plan draft-call", RUN_CYCLE),
    "cycles:ask-question": ("plan draft-call", RUN_CYCLE),
    "cycles:take-question-out": ("plan draft-call position", POST_ONLY),
    "cycles:put-call-out": ("plan draft-call", POST_ONLY),
    "cycles:close-call": ("plan call", POST_ONLY),
    "cycles:call-readers": ("plan call", RUN_CYCLE),
    "cycles:end-call-reader": ("plan call call-reader", POST_ONLY),
    "cycles:respond-to-call": ("plan over-call", RUN_CYCLE),
    "cycles:respond-to-theme": ("plan over-call call-theme", RUN_CYCLE),
    "cycles:publish-responses": ("plan over-call", POST_ONLY),
    "cycles:export-answers": ("plan call", POST_ONLY),
    # The service user was named to read the answers beside the commissioner.
    "cycles:call-answers": ("plan call", row(404, 403, 403, commissioner=200, service_user=200)),
    "cycles:call-answer": (
        "plan call call-answer",
        row(404, 403, 403, commissioner=200, service_user=200),
    ),
    "cycles:toggle-theme": ("plan call call-answer", POST_ONLY),
    "cycles:note-answer": ("plan call call-answer", POST_ONLY),
    "cycles:hold-answer": (
        "plan call call-answer",
        row(404, 403, 403, commissioner=200, service_user=200),
    ),
    "cycles:let-answer-go": ("plan call call-answer", POST_ONLY),
    "say:say": ("say", PUBLIC),
    "say:hear": ("say", PUBLIC),
    "say:follow": ("say", PUBLIC),
    "reports:documents": ("", OWN),
    "reports:make-archive": ("do", POST_ONLY),
    "reports:hand-over": ("organisation leader", POST_ONLY),
    "reports:add-schedule": ("do", RUN),
    "reports:archive": ("archive", RUN),
    "reports:archive-file": ("archive", row(404, 403, 302)),
    "reports:stop-schedule": ("schedule", POST_ONLY),
    "reports:check": ("", PUBLIC),
    "reports:needs-documents": ("needs", READ),
    "reports:decision-documents": ("decision", READ),
    "reports:meeting-documents": ("held", READ),
    "reports:request-report": ("do kind", RUN),
    "reports:report": ("report", READ),
    "reports:report-read": ("report", READ),
    "reports:report-read-version": ("report version", READ),
    "reports:report-file": ("report version pdf", row(404, 302, 302)),
    "reports:report-changes": ("report", row(404, 404, 404)),
    "reports:report-data": ("report", READ),
    "reports:report-retry": ("report", POST_ONLY),
    "reports:report-cancel": ("report", POST_ONLY),
}


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
            Seat.objects.get(panel=self.panel, user=self.users["left"], left_at=None),
            by=self.users["left"],
        )
        removed = make.seat(self.panel, Perspective.CARER)
        seats.remove(removed, reason="Only they read this.", by=self.users["commissioner"])
        self.removed = removed.public_id
        self.invitation = invitations.invite(
            self.panel,
            email="new@example.org",
            suggested_perspective=Perspective.CARER,
            by=self.users["commissioner"],
        )
        self.concern = concerns.raise_concern(
            organisation,
            panel=self.panel,
            is_about_lead=True,
            what_happened="Nobody but one person may ever read this.",
            is_in_danger=False,
            by=self.users["service user"],
        )
        coming = Meeting.objects.get(panel=self.panel, status=MeetingStatus.ARRANGED)
        papers.add(
            coming,
            title="A file",
            plain_summary="What it says.",
            file=ContentFile(b"All of it.", name="file.txt"),
            by=self.users["commissioner"],
        )
        asks = self.users["service user"]
        speakers.ask(coming, seat=Seat.objects.get(panel=self.panel, user=asks), by=asks)
        self.values = make_values.shown(
            self.cycles["plan"].decisions.get(), by=self.users["service user"]
        )
        self.talking = make_talking.shown(
            self.cycles["plan"].decisions.get(), by=self.users["service user"]
        )
        self.ratings = make_ratings.shown(
            self.cycles["plan"].decisions.get(),
            by=self.users["service user"],
            helped_by=self.users["clinician"],
        )
        self.beside = make_beside.shown(self.cycles, by=self.users["service user"])
        self.imports = make_imports.shown(organisation, by=self.users["commissioner"])
        self.report = reports.request(
            self.cycles["do"], ReportKind.STRATEGY, by=self.users["commissioner"]
        )
        self.archive = archives.request(self.cycles["do"], by=self.users["commissioner"])
        self.schedule = schedules.start(
            self.cycles["do"],
            ReportKind.STRATEGY,
            rhythm=Rhythm.MONTHLY,
            first_on=timezone.localdate(),
            by=self.users["commissioner"],
        )
        self.assessment = NeedsAssessment.objects.get()
        self.calls = make_calls.shown(self.cycles["plan"], reader=self.users["service user"])
        self.told = make_experience.quoted(
            organisation, self.users["service user"], clerk=self.users["commissioner"]
        )
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
            **self.involvement,
            "code": invitations.link(self.invitation).rstrip("/").split("/")[-1],
            "panel": self.panel.public_id,
            "seat": self.panel.seats.live().order_by("pk")[0].public_id,
            "removed": self.removed,
            "invitation": self.invitation.public_id,
            "beside": self.panel.seats.live().get(kind=SeatKind.SUPPORTER).public_id,
            "without_email": people_without_email(self.panel)[0].public_id,
            "indicator": Indicator.objects.order_by("pk")[0].public_id,
            "import": self.imports["done"],
            "asked-import": self.imports["columns"],
            "area": self.assessment.area.code,
            "reference": Reference.objects.order_by("pk")[0].public_id,
            "reference_import": ReferenceImport.objects.get().public_id,
            "example": JourneyStep.objects.order_by("pk")[0].reference.public_id,
            "journey-step": str(JourneyStep.objects.order_by("pk")[0].pk),
            "needs": self.assessment.public_id,
            "chapter": NeedsChapter.NEED,
            "chart": str(self.assessment.charts.order_by("pk")[0].pk),
            "group": ParticularGroup.OLDER,
            "number": NumberKind.TREATED,
            "horizon": Horizon.NOW,
            "gap": self.assessment.gaps.all()[0].public_id,
            "partner-plan": self.assessment.plans.all()[0].public_id,
            "needs-comment": self.assessment.comments.get().public_id,
            "plan": self.cycles["plan"].slug,
            "do": self.cycles["do"].slug,
            "review": self.cycles["review"].slug,
            "stage": "plan",
            "element": StrategyElement.NEEDS,
            "action": self.cycles["do"].actions.order_by("pk")[0].public_id,
            "risk": self.cycles["do"].risks.order_by("pk")[0].public_id,
            "outcome": self.cycles["do"].outcome_measures.get().public_id,
            "finding": self.cycles["review"].findings.get().public_id,
            "decision": decision.public_id,
            "option": option.public_id,
            "criterion": Criterion.PRIORITY,
            "redaction": decision.redactions.get().public_id,
            "concern": self.concern.public_id,
            "organisation": self.organisation.public_id,
            "step": InductionStep.COMMISSIONING,
            "guide": Guide.INFLUENCE,
            "characteristic": Characteristic.AGE,
            "payment": self.users["service user"].payments.order_by("pk")[0].public_id,
            "comment": decision.comments.order_by("pk")[0].public_id,
            **self._of_services(),
            **self._of_meetings(),
            **self._of_frameworks(),
            **self.values,
            **self.talking,
            **self.ratings,
            **self.beside,
            **self.calls,
            "experience": self.told.public_id,
            "coding": str(self.told.codings.get().pk),
            "quote": self.told.quotes.get().public_id,
            "theme": self.told.codings.get().theme.public_id,
            "preset": ValueSource.NIMHE,
            "kind": ReportKind.STRATEGY,
            "report": self.report.public_id,
            "archive": self.archive.public_id,
            "schedule": self.schedule.public_id,
            "version": Version.FULL,
            "pdf": FileFormat.PDF,
        }

    @property
    def involvement(self) -> dict[str, str]:
        """What the demonstration tells of the map, leads and engagement."""
        promise = ContactPromise.objects.get()
        return {
            "condition": ConditionKind.LIMITS,
            "category": self.organisation.stakeholder_categories.all()[0].public_id,
            "stakeholder": promise.stakeholder.public_id,
            "promise": promise.public_id,
            "lead": self.organisation.topic_leads.all()[0].public_id,
            "leader": self.users["commissioner"].public_id,
            "seldom-heard": self.panel.seldom_heard_groups.all()[0].public_id,
            "event": self.panel.engagement_events.get(shared_at__isnull=False).public_id,
        }

    def _of_services(self) -> dict[str, str]:
        """The crisis house, which has a journey and a correction, and the one pathway."""
        event, pathway = ServiceEvent.objects.order_by("pk")[0], Pathway.objects.get()
        correction = ServiceCorrection.objects.get(service=event.service)
        return {
            "service": event.service.public_id,
            "provider": event.service.provider.public_id,
            "figure-kind": FigureKind.COST,
            "cluster": "11",
            "service-event": event.public_id,
            "service-correction": correction.public_id,
            "pathway": pathway.public_id,
            "pathway-step": pathway.steps.order_by("pk")[0].public_id,
        }

    def _of_meetings(self) -> dict[str, str]:
        meetings = {each.status: each for each in Meeting.objects.filter(panel=self.panel)}
        coming, held = meetings[MeetingStatus.ARRANGED], meetings[MeetingStatus.HELD]
        search = meetings[MeetingStatus.FINDING_DATE]
        action = MeetingAction.objects.order_by("pk")[0]
        return {
            "meeting": coming.public_id,
            "search": search.public_id,
            "held": held.public_id,
            "date": search.dates.all()[0].public_id,
            "paper": coming.papers.exclude(upload=None).get().public_id,
            "item": coming.items.order_by("pk")[0].public_id,
            "turn": coming.turns.get().public_id,
            "held-item": action.item.public_id,
            "taken-on": action.public_id,
            "correction": held.record.corrections.get().public_id,
            "interest": Interest.objects.order_by("pk")[0].public_id,
        }

    def _of_frameworks(self) -> dict[str, str]:
        """A sheet with notes, one with an item of its own, and a year."""
        lenses = self.cycles["plan"].lenses.all()
        noted, own = (lenses.get(use__framework=key) for key in ("values-based", "objectives"))
        return {
            "framework": "older-people-standard-7",
            "use": FrameworkUse.objects.get(framework="ten-capabilities").public_id,
            "sheet": noted.sheet.public_id,
            "asked": "answered",
            "lens": noted.public_id,
            "note": noted.sheet.notes.order_by("pk")[0].public_id,
            "own-sheet": own.sheet.public_id,
            "own-item": own.sheet.own_items.get().public_id,
            "link": own.sheet.answers.get().links.order_by("pk")[0].public_id,
        }

    def addresses(self) -> dict[str, str]:
        arguments = self.arguments
        return {
            name: reverse(name, args=[arguments[key] for key in keys.split()])
            for name, (keys, _) in TABLE.items()
        }


@kept
def the_world() -> World:
    return World()
