"""How many people a pillar needs before its number counts."""

from dataclasses import dataclass

from cycles.weighing.pillars import CLINICAL, EVIDENCE, SERVICE_USERS_AND_CARERS

SERVICE_USERS_NEEDED = 2
CLINICIANS_NEEDED = 2
EVIDENCE_REVIEWERS_NEEDED = 1


@dataclass(frozen=True)
class Shortfall:
    """A pillar in which fewer people took part than it needs.

    It does not say how many did: between none and one, that would name somebody.
    """

    pillar: str
    needed: int


def not_quorate(
    *, service_users: int, clinicians: int, evidence_reviewers: int
) -> tuple[Shortfall, ...]:
    """Return the pillars that are short of people, in the fixed order; empty when none is.

    Counts are of people who took part; to choose not to score is to take part. Carers do not
    make up for missing service users. Raises ValueError for a count below zero.
    """
    counted = (
        (SERVICE_USERS_AND_CARERS, service_users, SERVICE_USERS_NEEDED),
        (CLINICAL, clinicians, CLINICIANS_NEEDED),
        (EVIDENCE, evidence_reviewers, EVIDENCE_REVIEWERS_NEEDED),
    )
    if any(found < 0 for _, found, _ in counted):
        raise ValueError("A count of people cannot be below zero.")
    return tuple(Shortfall(pillar, needed) for pillar, found, needed in counted if found < needed)
