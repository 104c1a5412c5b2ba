"""Evidence for each option: what is linked, what it tells and does not, and twelve questions."""

from typing import Any

import pytest
from django.urls import reverse

from cycles.enums import (
    JUDGEMENTS,
    Applicability,
    Certainty,
    Criterion,
    EffectSize,
    EvidenceDirection,
)
from cycles.models import Appraisal, Option, OptionEvidence
from cycles.queries.appraisals import signatures_of
from cycles.queries.published import published_result
from cycles.queries.results import agreed
from cycles.services import appraisals, options
from evidence.enums import ReferenceKind
from evidence.models import Indicator, Reference
from evidence.services import references
from stakeholders.enums import Perspective
from stakeholders.models import Organisation
from tests.factories import decisions as make
from tests.factories import evidence as make_evidence
from tests.factories import values as of_values
from tests.pages import as_
from vbc.core.models import AuditContent
from vbc.core.refusals import Refused
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db

WORDS = {
    "direction": EvidenceDirection.SUPPORTS,
    "note": "People like ours came sooner.",
    "size": EffectSize.MODERATE,
    "certainty": Certainty.LOW,
    "applicability": Applicability.PARTLY,
    "does_not_tell": "Whether they stayed.",
}


def reference(option: Option, kind: str = ReferenceKind.STUDY) -> Reference:
    cycle = option.decision.cycle
    return references.add(
        cycle.organisation,
        kind=kind,
        title="Walking in without a letter",
        plain_summary="People came.",
        by=cycle.lead,
    )


def figures(organisation: Organisation, by: Any) -> Indicator:
    make_evidence.read_import(organisation, by)
    return Indicator.objects.get(organisation=organisation)


def reviewer_of(option: Option) -> Any:
    return make.members(option.decision, Perspective.EVIDENCE_REVIEWER)[0]


def page(option: Option, person: Any, name: str = "appraisal", *more: str) -> str:
    client = as_(person)
    cycle, decision = option.decision.cycle, option.decision
    where = [cycle.slug, decision.public_id, option.public_id, *more]
    answer = client.get(reverse(f"cycles:{name}", args=where))
    assert answer.status_code == 200
    return answer.content.decode()


def judged(option: Option, criterion: str = Criterion.EQUITY, **given: Any) -> Appraisal:
    appraisal = Appraisal.objects.get(option=option)
    values = {
        "judgement": "probably_increased",
        "considerations": "Carers said that evenings help those who work.",
        "expected": appraisal.version,
        "by": reviewer_of(option),
        **given,
    }
    return appraisals.judge(option, criterion=criterion, **values)


@pytest.mark.row("A1-6")
def test_everything_that_is_said_of_a_study_stands_on_the_page() -> None:
    option = make.options_of(make.ready())[0]
    appraisals.link_evidence(option, reference(option), **WORDS, by=reviewer_of(option))
    html = page(option, make.members(option.decision, Perspective.SERVICE_USER)[0])
    for words in (
        "Walking in without a letter",
        "Middling",
        "Alike in part",
        "Whether they stayed",
    ):
        assert words in html


def test_local_figures_are_evidence_like_a_study() -> None:
    option = make.options_of(make.ready())[0]
    cycle = option.decision.cycle
    link = appraisals.link_evidence(
        option, figures(cycle.organisation, cycle.lead), **WORDS, by=cycle.lead
    )
    assert (link.reference, str(link.indicator)) == (None, "Recovery")
    html = page(option, reviewer_of(option))
    assert "(local figures)" in html
    assert "See the figures" in html


def test_the_same_is_linked_once_and_comes_off_again() -> None:
    option = make.options_of(make.ready())[0]
    cycle = option.decision.cycle
    known = figures(cycle.organisation, cycle.lead)
    appraisals.link_evidence(option, known, **WORDS, by=cycle.lead)
    with pytest.raises(Refused, match="already linked"):
        appraisals.link_evidence(option, known, **WORDS, by=cycle.lead)
    appraisals.unlink_evidence(option, known, by=cycle.lead)
    assert OptionEvidence.objects.count() == 0
    assert Indicator.objects.filter(pk=known.pk).exists()


def test_figures_of_another_organisation_cannot_be_linked() -> None:
    option, other = (make.options_of(make.ready())[0] for _ in range(2))
    theirs = figures(other.decision.cycle.organisation, other.decision.cycle.lead)
    with pytest.raises(Refused, match="not in this organisation's library"):
        appraisals.link_evidence(option, theirs, **WORDS, by=option.decision.cycle.lead)


def test_an_account_that_is_used_as_evidence_says_that_it_counts_once() -> None:
    option = make.options_of(make.ready())[0]
    account = reference(option, ReferenceKind.EXPERIENCE)
    appraisals.link_evidence(option, account, **WORDS, by=reviewer_of(option))
    html = page(option, reviewer_of(option))
    assert "an account of experience" in html
    assert "not a second time in what service users and carers rate" in html


def test_linking_from_the_page_takes_a_study_or_figures() -> None:
    option = make.options_of(make.ready())[0]
    cycle = option.decision.cycle
    known, study = figures(cycle.organisation, cycle.lead), reference(option)
    client = as_(cycle.lead)
    where = [cycle.slug, option.decision.public_id, option.public_id]
    address = reverse("cycles:link-evidence", args=where)
    words = {"direction": "mixed", "note": "It says both."}
    both = {"indicator": known.public_id, "reference": study.public_id}
    for chosen, says in (({}, "Choose what to link"), (both, "not both")):
        assert says in client.post(address, words | chosen).content.decode()
    assert not option.evidence.exists()
    for name, source in (("indicator", known), ("reference", study)):
        answer = client.post(address, words | {name: source.public_id})
        assert answer.status_code == 302
    assert option.evidence.count() == 2
    answer = client.post(reverse("cycles:unlink-evidence", args=where), {"source": known.public_id})
    assert answer.status_code == 302
    assert [link.reference for link in option.evidence.all()] == [study]
    gone = client.post(reverse("cycles:unlink-evidence", args=where), {"source": "nothing"})
    assert gone.status_code == 404


def test_a_judgement_is_part_of_the_appraisal_and_takes_its_agreement_off() -> None:
    option = make.options_of(make.ready())[0]
    agreed = make.appraised(option)
    judged(option)
    now = Appraisal.objects.get(option=option)
    assert now.version == agreed.version + 1
    assert now.agreed_at is None
    assert not now.signatures.filter(appraisal_version=now.version).exists()


def test_every_answer_of_every_criterion_can_be_given_and_no_other() -> None:
    option = make.options_of(make.ready())[0]
    make.appraised(option)
    assert JUDGEMENTS.keys() == set(Criterion.values)
    for criterion in Criterion:
        answers = [answer for answer, _ in JUDGEMENTS[criterion]]
        judged(option, criterion, judgement=answers[-1])
        with pytest.raises(Refused, match="Choose one of the answers"):
            judged(option, criterion, judgement="splendid")
    assert Appraisal.objects.get(option=option).judgements.count() == len(Criterion)


def test_two_reviewers_at_once_do_not_write_over_each_other() -> None:
    option = make.options_of(make.ready())[0]
    version = make.appraised(option).version
    judged(option, expected=version)
    with pytest.raises(EditedMeanwhile):
        judged(option, Criterion.PRIORITY, judgement="yes", expected=version)


def test_nobody_judges_before_there_is_an_appraisal() -> None:
    option = make.options_of(make.ready())[0]
    with pytest.raises(Refused, match="Write first"):
        appraisals.judge(
            option,
            criterion=Criterion.PRIORITY,
            judgement="yes",
            expected=1,
            by=reviewer_of(option),
        )


def test_only_reviewers_judge() -> None:
    option = make.options_of(make.ready())[0]
    make.appraised(option)
    with pytest.raises(Refused, match="Only the panel's evidence reviewers"):
        judged(option, by=option.decision.cycle.lead)


def test_criteria_are_read_once_they_are_agreed() -> None:
    option = make.options_of(make.ready())[0]
    make.appraised(option)
    judged(option)
    member = make.members(option.decision, Perspective.CARER)[0]
    assert "Question by question" not in page(option, member)
    assert "Judge this" in page(option, reviewer_of(option))
    now = Appraisal.objects.get(option=option)
    appraisals.sign(now, version=now.version, by=reviewer_of(option))
    appraisals.agree(now, version=now.version, by=reviewer_of(option))
    html = page(option, member)
    assert "Probably makes them smaller." in html
    assert "Carers said that evenings help" in html
    assert "Judge this" not in html


def test_form_of_one_criterion_asks_in_plain_words_and_keeps_what_was_said() -> None:
    option = make.options_of(make.ready())[0]
    make.appraised(option)
    judged(option)
    html = page(option, reviewer_of(option), "judge-option", Criterion.EQUITY)
    assert "What would it do to unfair differences between people?" in html
    assert "What service users, carers and clinicians said in the talk belongs here." in html
    assert "Carers said that evenings help" in html


def test_published_result_tells_what_the_evidence_does_not() -> None:
    decision = make.rating()
    option = make.options_of(decision)[0]
    appraisals.link_evidence(option, reference(option), **WORDS, by=reviewer_of(option))
    for each in make.options_of(decision):
        make.appraised(each)
    make.cast_all(decision, service_user=[(7, 5)] * 3, carer=[(7, 5)] * 2, clinician=[(6, 5)] * 3)
    make.closed(decision)
    told = published_result(decision)
    assert told is not None
    links = told["options"][0]["evidence"]["links"]
    assert links[0]["does_not_tell"] == "Whether they stayed."
    assert links[0]["fits_people_here"] == "Alike in part"


def test_an_option_that_was_opened_again_and_reads_differently_is_appraised_anew() -> None:
    """Nobody signs one option and finds their name under another, once numbers have been seen."""
    decision = make.weighing()
    of_values.reopened(decision)
    option = make.options_of(decision)[0]
    before = option.appraisal
    same = {"title": option.title, "cost": option.cost}
    options.edit(option, expected=option.version, fields=same, by=option.author)
    before.refresh_from_db()
    assert before.agreed_at is not None
    changed = same | {"cost": "About £4,000,000 a year"}
    options.edit(option, expected=option.version, fields=changed, by=option.author)
    option.refresh_from_db()
    assert agreed(option) is None
    assert not signatures_of(option).exists()
    entry = AuditContent.objects.get(entry__verb="appraisal.option_changed")
    assert entry.data == {"option": option.public_id, "version": option.appraisal.version}
    # What was written stays, to be signed and agreed as it stands.
    reviewer = make.members(option.decision, Perspective.EVIDENCE_REVIEWER)[0]
    appraisals.sign(option.appraisal, version=option.appraisal.version, by=reviewer)
    appraisals.agree(option.appraisal, version=option.appraisal.version, by=reviewer)
    option.refresh_from_db()
    assert agreed(option) == before
