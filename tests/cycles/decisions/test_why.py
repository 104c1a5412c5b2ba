"""Why something is decided is never left out, and experience stands beside figures."""

import pytest

from cycles.enums import EvidenceDirection
from cycles.forms.decisions import DecisionForm
from cycles.services import appraisals
from evidence.enums import ReferenceKind
from evidence.services import references
from tests.factories import decisions as make
from vbc.core.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.row("A1-6")
def test_decision_needs_its_why() -> None:
    answers = {"title": "Rooms", "question": "Which rooms?", "why": " ", "ballot": "secret"}
    form = DecisionForm(answers)
    assert not form.is_valid()
    assert "why" in form.errors


@pytest.mark.row("A1-6")
@pytest.mark.parametrize("kind", [ReferenceKind.EXPERIENCE, ReferenceKind.LOCAL_DATA])
def test_experience_is_evidence_in_the_same_form_as_figures(kind: str) -> None:
    decision = make.decision()
    option = make.option(decision)
    organisation = decision.cycle.organisation
    reference = references.add(
        organisation, kind=kind, title="What people told us", plain_summary="x", by=option.author
    )
    link = appraisals.link_evidence(
        option,
        reference,
        direction=EvidenceDirection.SUPPORTS,
        note="It fits people here.",
        by=option.author,
    )
    assert option.evidence.get() == link
    with pytest.raises(Refused):
        appraisals.link_evidence(
            option, reference, direction=EvidenceDirection.AGAINST, note="x", by=option.author
        )
