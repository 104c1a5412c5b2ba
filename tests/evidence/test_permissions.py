"""Who may do what in a library: role by action."""

import pytest
from django.contrib.auth.models import AnonymousUser

from evidence.permissions import imports, indicators, references
from evidence.permissions import needs as needs_permissions
from evidence.queries import visible
from evidence.services import needs, needs_review
from stakeholders.enums import Perspective
from stakeholders.services import seats
from tests.factories import evidence as library
from tests.factories import stakeholders

pytestmark = pytest.mark.django_db

ROLES = (
    "admin",
    "commissioner",
    "evidence_reviewer",
    "service_user",
    "clinician",
    "left_the_panel",
    "works_elsewhere",
    "nobody",
)
STAFF = {"admin", "commissioner"}
READERS = STAFF | {"evidence_reviewer", "service_user", "clinician"}


@pytest.fixture
def world():
    org, other = stakeholders.organisation(), stakeholders.organisation()
    admin = stakeholders.admin_of(org)
    clerk = stakeholders.commissioner(org)
    panel = stakeholders.sitting_panel(org, by=clerk)

    def member(perspective):
        return stakeholders.members(panel, perspective)[0]

    gone = stakeholders.members(panel, Perspective.EVIDENCE_REVIEWER)[1]
    seats.leave(panel.seats.get(user=gone), by=gone)
    people = {
        "admin": admin,
        "commissioner": clerk,
        "evidence_reviewer": member(Perspective.EVIDENCE_REVIEWER),
        "service_user": member(Perspective.SERVICE_USER),
        "clinician": member(Perspective.CLINICIAN),
        "left_the_panel": gone,
        "works_elsewhere": stakeholders.commissioner(other),
        "nobody": stakeholders.person(),
    }
    library.recovery(org, clerk)
    library.looked_through(org, clerk, library.ris({"TI": "What helps in a crisis"}))
    return org, people, library.reference(org, clerk), library.written_needs(org, clerk)


def asked(name, user, org, reference, draft):
    import_made = org.data_imports.first()
    return {
        "may_import_figures": lambda: imports.may_import_figures(user, org),
        "may_decide_import": lambda: imports.may_decide_import(user, import_made),
        "may_edit_indicator": lambda: indicators.may_edit_indicator(user, org.indicators.get()),
        "may_add_indicator": lambda: indicators.may_add_indicator(user, org),
        "may_add_reference": lambda: references.may_add_reference(user, org),
        "may_edit_reference": lambda: references.may_edit_reference(user, reference),
        "may_describe_reference": lambda: references.may_describe_reference(user, reference),
        "may_decide_reference_import": lambda: references.may_decide_reference_import(
            user, org.reference_imports.first()
        ),
        "may_add_guidance": lambda: references.may_add_guidance(user, org),
        "may_add_needs": lambda: needs_permissions.may_add_needs(user, org),
        "may_edit_needs": lambda: needs_permissions.may_edit_needs(user, draft),
        "may_publish_needs": lambda: needs_permissions.may_publish_needs(user, draft),
        "may_comment_on_needs": lambda: needs_permissions.may_comment_on_needs(user, draft),
        "may_answer_comments": lambda: needs_permissions.may_answer_comments(user, draft),
    }[name]()


ALLOWED = {
    "may_import_figures": STAFF,
    "may_decide_import": STAFF,
    "may_edit_indicator": STAFF,
    "may_add_indicator": STAFF,
    "may_add_reference": STAFF | {"evidence_reviewer"},
    "may_edit_reference": STAFF,
    "may_describe_reference": STAFF | {"evidence_reviewer"},
    "may_decide_reference_import": STAFF,
    "may_add_guidance": STAFF,
    "may_add_needs": STAFF,
    "may_edit_needs": STAFF,
    "may_publish_needs": STAFF,
    "may_comment_on_needs": READERS,
    "may_answer_comments": STAFF,
}


def test_role_by_action(world):
    """One world for the whole table: asking changes nothing."""
    org, people, reference, draft = world
    draft = needs_review.ask_for_comments(
        draft, people=[people["admin"]], by=people["commissioner"]
    )
    for action, allowed in ALLOWED.items():
        answers = {role: asked(action, people[role], org, reference, draft) for role in ROLES}
        assert {role for role, answer in answers.items() if answer} == allowed, action
        assert all(answer.reason for answer in answers.values() if not answer), action


def test_a_published_assessment_is_not_edited_by_anybody(world):
    _, people, _, draft = world
    needs.publish(draft, by=people["commissioner"])
    draft.refresh_from_db()
    for role in ROLES:
        assert not needs_permissions.may_edit_needs(people[role], draft)
    assert "Reopen it" in needs_permissions.may_edit_needs(people["admin"], draft).reason
    assert needs_permissions.may_publish_needs(people["admin"], draft)
    for role in ROLES:
        assert not needs_permissions.may_comment_on_needs(people[role], draft)
        may_begin = needs_permissions.may_begin_edition(people[role], draft)
        assert bool(may_begin) == (role in STAFF)


def test_a_draft_has_no_new_edition_and_a_published_one_only_one(world):
    _, people, _, draft = world
    admin, may_begin = people["admin"], needs_permissions.may_begin_edition
    assert "Only what is published" in may_begin(admin, draft).reason
    published = needs.publish(draft, by=admin)
    assert may_begin(admin, published)
    needs_review.new_edition(published, by=admin)
    published.refresh_from_db()
    assert "only one at a time" in may_begin(admin, type(draft).objects.get(pk=draft.pk)).reason


def test_a_reviewer_edits_what_they_added_while_they_have_their_seat(world):
    org, people, _, _ = world
    reviewer = people["evidence_reviewer"]
    own = library.reference(org, reviewer)
    assert references.may_edit_reference(reviewer, own)
    seat = reviewer.seats.get()
    seats.leave(seat, by=reviewer)
    assert not references.may_edit_reference(reviewer, own)


def test_who_sees_the_library(world):
    org, people, reference, draft = world
    for role in ROLES:
        user = people[role]
        sees = [
            list(visible.indicators_visible_to(user)) == list(org.indicators.all()),
            list(visible.references_visible_to(user)) == [reference],
            list(visible.needs_visible_to(user)) == [draft],
        ]
        assert sees == [role in READERS] * 3, role
        assert visible.imports_visible_to(user).exists() is (role in STAFF), role


def test_a_superuser_has_no_shortcut(world):
    org, people, _, _ = world
    user = people["nobody"]
    user.is_superuser = user.is_staff = True
    user.save()
    assert not imports.may_import_figures(user, org)
    assert not visible.indicators_visible_to(user).exists()


def test_nobody_signed_in_sees_nothing(world):
    assert not visible.organisations_open_to(AnonymousUser()).exists()
