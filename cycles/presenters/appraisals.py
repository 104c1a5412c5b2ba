"""What the page of an option's evidence shows."""

from dataclasses import dataclass
from typing import Any

from cycles.enums import JUDGEMENTS, Criterion
from cycles.models import Appraisal, CriterionJudgement, Decision, Option, OptionEvidence
from cycles.permissions.appraisals import STANDS, may_appraise, may_link_evidence
from cycles.queries.appraisals import (
    evidence_of,
    is_settled,
    judgements_of,
    signatures_of,
)
from evidence.enums import ReferenceKind


def appraisal_page(decision: Decision, option: Option, user: Any) -> dict[str, Any]:
    """The links, the appraisal as it stands, who signed this version, and the next step."""
    appraisal: Appraisal | None = getattr(option, "appraisal", None)
    signatures = list(signatures_of(option)) if appraisal is not None else []
    has_signed = any(signature.signed_by_id == user.pk for signature in signatures)
    may_judge = bool(may_appraise(user, decision))
    is_agreed = appraisal is not None and appraisal.agreed_at is not None
    stands = may_judge and is_settled(option)
    return {
        "decision": decision,
        "option": option,
        "evidence": [linked(link) for link in evidence_of(option)],
        **judged_and_not(judgements_of(option) if appraisal is not None else None),
        "appraisal": appraisal,
        "signatures": signatures,
        "may_appraise": may_judge,
        "may_write": may_judge and not stands,
        "why_it_stands": STANDS if stands else "",
        "may_link": bool(may_link_evidence(user, decision)),
        "may_sign": may_judge and appraisal is not None and not has_signed,
        "may_agree": may_judge and bool(signatures) and not is_agreed,
        "is_agreed": is_agreed,
        # An unagreed number is work in progress: it is for those who work on it.
        "shows_number": may_judge,
    }


@dataclass(frozen=True)
class Linked:
    """A reference or figures linked to an option, with all that is said of them."""

    public_id: str
    title: str
    url: str
    is_figures: bool
    is_account: bool
    direction: str
    facts: tuple[tuple[str, str], ...]
    note: str
    does_not_tell: str


def linked(link: OptionEvidence) -> Linked:
    """One link, with the facts that were given."""
    source = link.reference or link.indicator
    if source is None:
        raise AssertionError("a constraint holds that there is one")
    facts = (
        ("How much difference", link.get_size_display()),
        ("How sure", link.get_certainty_display()),
        ("Does it fit", link.get_applicability_display()),
    )
    return Linked(
        public_id=source.public_id,
        title=str(source),
        url=source.get_absolute_url(),
        is_figures=link.indicator is not None,
        is_account=link.reference is not None and link.reference.kind == ReferenceKind.EXPERIENCE,
        direction=link.get_direction_display(),
        facts=tuple((what, words) for what, words in facts if words),
        note=link.note,
        does_not_tell=link.does_not_tell,
    )


@dataclass(frozen=True)
class Judged:
    """One criterion, with what was judged by it and from what; empty where nothing was yet."""

    criterion: str
    question: str
    judgement: str
    research: str
    considerations: str


def judged_and_not(judged: dict[str, CriterionJudgement] | None) -> dict[str, list[Judged]]:
    """The criteria that were judged, and those that were not; none before there is an appraisal."""
    found = [] if judged is None else criteria(judged)
    return {
        "criteria": [each for each in found if each.judgement],
        "criteria_not_judged": [each for each in found if not each.judgement],
    }


def criteria(judged: dict[str, CriterionJudgement]) -> list[Judged]:
    """All twelve criteria in their order, judged or not."""
    found = []
    for criterion in Criterion:
        each = judged.get(criterion)
        words = dict(JUDGEMENTS[criterion])
        found.append(
            Judged(
                criterion=criterion.value,
                question=str(criterion.label),
                judgement=words.get(each.judgement, "") if each else "",
                research=each.research if each else "",
                considerations=each.considerations if each else "",
            )
        )
    return found


def judgement_values(appraisal: Appraisal, criterion: str) -> dict[str, Any]:
    """What the form of one criterion starts from."""
    each = appraisal.judgements.filter(criterion=criterion).first()
    values: dict[str, Any] = {"version": appraisal.version}
    if each is not None:
        values |= {
            "judgement": each.judgement,
            "research": each.research,
            "considerations": each.considerations,
        }
    return values


def form_values(option: Option) -> dict[str, Any]:
    """What the form starts from."""
    appraisal: Appraisal | None = getattr(option, "appraisal", None)
    if appraisal is None:
        return {"rating": None}
    return {
        "summary": appraisal.summary,
        "rating": appraisal.rating,
        "certainty": appraisal.certainty,
        "searched": appraisal.searched,
        "dissent": appraisal.dissent,
        "version": appraisal.version,
    }
