"""What the page of an option's evidence shows."""

from typing import Any

from cycles.models import Appraisal, Decision, Option
from cycles.permissions.appraisals import STANDS, may_appraise, may_link_evidence
from cycles.queries.appraisals import evidence_of, is_settled, signatures_of


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
        "evidence": evidence_of(option),
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
