"""What a panel needs before it opens, beside the people on it."""

from dataclasses import dataclass

from stakeholders.models import Panel
from stakeholders.queries.concerns import reads_concerns_of
from stakeholders.queries.conditions import missing_conditions


@dataclass(frozen=True)
class Missing:
    """Something that a panel still needs, in plain words. `page` names where it is mended."""

    key: str
    text: str
    page: str


def to_open(panel: Panel) -> list[Missing]:
    """Everything that is missing; nothing when the panel may open."""
    missing = []
    # Somebody who works there no more is named, and reads nothing.
    if reads_concerns_of(panel) is None:
        missing.append(
            Missing(
                "safeguarding",
                "Name who reads concerns about somebody's safety.",
                "stakeholders:safeguarding-lead",
            )
        )
    if unwritten := len(missing_conditions(panel)):
        missing.append(
            Missing(
                "conditions",
                f"Write down what people can rely on: {unwritten} of six things "
                f"{'is' if unwritten == 1 else 'are'} not written yet.",
                "stakeholders:conditions",
            )
        )
    return missing
