"""The five numbers of a needs assessment: known, worked out, or not known with why."""

from typing import Any

from django.db import transaction

from evidence import reckoning
from evidence.disclosure import CONTROLLED
from evidence.enums import Horizon, NumberKind, NumberState
from evidence.models import NeedsAssessment, NeedsNumber, Observation
from evidence.queries.needs_numbers import counted_people
from evidence.services.needs import draft
from vbc.core.refusals import Refused
from vbc.core.services import audit, versions

BLANK: dict[str, Any] = {
    "amount": None,
    "low": None,
    "high": None,
    "unit": "",
    "about": "",
    "period": "",
    "method": "",
    "bands": "",
    "source": "",
    "source_date": None,
    "observation": None,
    "why_not_known": "",
    "what_is_done": "",
}


@transaction.atomic
def say(
    assessment: NeedsAssessment,
    *,
    kind: str,
    horizon: str = Horizon.NOW,
    state: str,
    version: int = 0,
    by: Any,
    **said: Any,
) -> None:
    """Say one of the five numbers, that it is worked out, or that it is not known.

    `said` are the fields of `NeedsNumber`, amounts as whole people, whole pence or hundredths. With
    `observation` the number, its year and where it is from are those of that figure in the library.
    With `bands` (`reckoning.bands`) an expected number is rate times population of each age.
    `version` is 0 where nothing was said when the form was opened. Raises `EditedMeanwhile`.
    """
    assessment = draft(assessment)
    kind, horizon, state = NumberKind(kind), Horizon(horizon), NumberState(state)
    if unknown := set(said) - set(BLANK):
        raise ValueError(f"Not said of a number: {', '.join(sorted(unknown))}.")
    fields = {**BLANK, "state": state, **_wanted(kind, horizon, state, assessment, said)}
    line = NeedsNumber.objects.filter(assessment=assessment, kind=kind, horizon=horizon).first()
    if line is None:
        NeedsNumber.objects.create(assessment=assessment, kind=kind, horizon=horizon, **fields)
    else:
        versions.save_version(line, expected=version, fields=fields)
    audit.record(
        "needs.number_said",
        assessment,
        by=by,
        data={"kind": kind, "horizon": horizon, "state": state},
    )


def _wanted(
    kind: str, horizon: str, state: str, assessment: NeedsAssessment, said: dict[str, Any]
) -> dict[str, Any]:
    """What is kept of `said` in this state; refuses what does not go together."""
    said = {name: text.strip() if isinstance(text, str) else text for name, text in said.items()}
    if state == NumberState.WORKED_OUT:
        if kind != NumberKind.UNMET:
            raise Refused("Only those who go without can be worked out. Nothing was saved.")
        return {}
    if state == NumberState.NOT_KNOWN:
        reasons = {name: said.get(name, "") for name in ("why_not_known", "what_is_done")}
        if not all(reasons.values()):
            raise Refused(
                "That it is not known is a good answer. Say also why, and what is done to find "
                "out. Nothing was saved."
            )
        return reasons
    said = _from_library(assessment, said)
    said = _from_bands(kind, horizon, said)
    _refuse_half(horizon, said)
    return {name: said[name] for name in said if name not in ("why_not_known", "what_is_done")}


def _from_library(assessment: NeedsAssessment, said: dict[str, Any]) -> dict[str, Any]:
    figure: Observation | None = said.get("observation")
    if figure is None:
        return said
    if figure.indicator.organisation_id != assessment.organisation_id:
        raise Refused("This figure belongs to another library. Import it here first.")
    if figure.area_id != assessment.area_id:
        raise Refused("This figure is about another area. Choose one about this area.")
    if figure.data_import.disclosure_profile == CONTROLLED:
        raise Refused(
            "This figure is the organisation's own, and small numbers among them could give "
            "somebody away. Nothing was saved. Type a number that may be published, with its "
            "source."
        )
    exact = figure.count if figure.count is not None else figure.value
    if exact is None:
        raise Refused("There is no number behind this figure. Choose another, or type the number.")
    return {
        **said,
        "amount": reckoning.rounded(exact),
        "period": figure.period,
        "about": said.get("about") or counted_people(figure),
        "source": figure.data_import.source,
    }


def _from_bands(kind: str, horizon: str, said: dict[str, Any]) -> dict[str, Any]:
    """Works an expected number out of its age bands; the arithmetic is shown with it."""
    if not said.get("bands"):
        return said
    if (kind, horizon) != (NumberKind.PREVALENCE, Horizon.LATER):
        raise Refused("Age bands are for the number expected to have the condition later.")
    try:
        bands = reckoning.bands(said["bands"])
    except reckoning.BandsProblem as problem:
        raise Refused(f"{problem}. Nothing was saved.") from problem
    return {**said, "amount": reckoning.projected(bands)}


def _refuse_half(horizon: str, said: dict[str, Any]) -> None:
    amount, low, high = (said.get(name) for name in ("amount", "low", "high"))
    if amount is None:
        raise Refused("Write the number, or choose a figure from the library. Nothing was saved.")
    if not (said.get("about") and said.get("period") and said.get("source")):
        raise Refused(
            "A number needs who is counted, the year and where it is from. Nothing was saved."
        )
    if horizon == Horizon.LATER and not (said.get("method") or said.get("bands")):
        raise Refused("Say how the expected number was worked out. Nothing was saved.")
    if (low is None) != (high is None) or (low is not None and not low <= amount <= high):
        raise Refused("A range has two ends, and the number lies between them. Nothing was saved.")
