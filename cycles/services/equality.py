"""What a decision does to groups of people who are often treated unfairly: look, write, publish."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cycles.enums import (
    GROUPS_OF,
    Duty,
    Effect,
    EqualityGroup,
    EqualityList,
    Screening,
)
from cycles.gates import Blocker
from cycles.models import (
    Decision,
    DutyEntry,
    EqualityAssessment,
    EqualityEdition,
    EqualityImpact,
)
from cycles.notices.equality import EQUALITY_OWNER, EQUALITY_REVIEW_DUE
from cycles.queries.equality import (
    assessment_of,
    due_for_review,
    duty_entries_of,
    impacts_of,
    newest_edition_of,
)
from cycles.services import decisions
from cycles.services.cycles import locked_for
from vbc.core.refusals import Refused
from vbc.core.services import audit, notices
from vbc.core.services.versions import EditedMeanwhile, save_version

EDITABLE = frozenset(
    {
        "intended_outcomes",
        "who_is_affected",
        "engagement",
        "screening",
        "screening_reason",
        "ends_discrimination",
        "advances_equality",
        "fosters_relations",
        "providers_screen",
        "summary",
        "owner",
        "review_on",
    }
)
HARMS = frozenset({Effect.NEGATIVE, Effect.BOTH})
# What is written, whatever the first look found; and what a full assessment needs besides. Each
# with the part of the page that it stands on, and what to say where it is missing.
_ALWAYS = (
    ("intended_outcomes", "about", "It does not say what the decision is meant to bring."),
    ("who_is_affected", "about", "It does not say whom the decision touches."),
    ("screening", "first-look", "The first look has not been taken."),
    ("screening_reason", "first-look", "The first look does not say why."),
    ("summary", "summary", "What we found is not written in plain words."),
    ("owner", "looking-after", "Nobody looks after it."),
    ("review_on", "looking-after", "There is no day on which it is looked at again."),
)
_IN_FULL = (
    ("engagement", "about", "It does not say who was asked, and what they said."),
    ("ends_discrimination", "aims", "It does not say how unfair treatment is ended."),
    ("advances_equality", "aims", "It does not say how people get a more equal chance."),
    ("fosters_relations", "aims", "It does not say how people are brought together."),
    (
        "providers_screen",
        "providers",
        "It does not say how those we buy from look at their own services.",
    ),
)


class NotYetPublishable(Refused):
    """The assessment cannot be published yet. `missing` says everything that is, with links."""

    def __init__(self, missing: Sequence[Blocker]) -> None:
        self.missing = tuple(missing)
        listed = " ".join(blocker.text for blocker in self.missing)
        super().__init__(f"This cannot be published yet. Nothing was changed. {listed}")


@transaction.atomic
def save(
    decision: Decision, *, fields: Mapping[str, Any], expected: int, by: Any
) -> EqualityAssessment:
    """Save some of the words; `expected` is the version that was opened, 0 for none yet.

    What was published stays as its edition, and the assessment has to be published again. A new
    owner is told. Raises EditedMeanwhile.
    """
    if unknown := set(fields) - EDITABLE:
        raise ValueError(f"Not an assessment's to edit: {', '.join(sorted(unknown))}.")
    decision = _lock(decision)
    assessment = assessment_of(decision)
    if assessment is None:
        if expected:
            raise Refused("This assessment is not there any more. Nothing was saved.")
        assessment = _begin(decision, by=by)
    elif not expected:
        raise EditedMeanwhile(assessment)
    before = assessment.owner_id
    save_version(
        assessment,
        expected=expected or assessment.version,
        fields={**fields, "published_at": None, "published_by": None},
    )
    owner = assessment.owner
    if owner is not None and owner.pk not in (before, by.pk):
        notices.tell(owner, EQUALITY_OWNER, assessment, once=str(assessment.version))
    data = {"decision": decision.public_id, "fields": sorted(fields)}
    audit.record("equality.edited", assessment, by=by, data=data)
    return assessment


@transaction.atomic
def say_of_group(
    decision: Decision,
    *,
    group: str,
    effect: str,
    evidence: str,
    mitigation: str = "",
    expected: int,
    by: Any,
) -> EqualityImpact:
    """Say what the decision does to a group, how we know, and what is done where it is worse.

    `expected` is the version that was opened, 0 for none yet. Raises EditedMeanwhile.
    """
    decision = _lock(decision)
    words = {
        "effect": Effect(effect),
        "evidence": evidence.strip(),
        "mitigation": mitigation.strip(),
    }
    if not words["evidence"]:
        raise Refused("Say how we know, or why we do not. Nothing was saved.")
    if words["effect"] in HARMS and not words["mitigation"]:
        raise Refused("Where it is worse for people, say what is done about it. Nothing was saved.")
    assessment = assessment_of(decision) or _begin(decision, by=by)
    impact = EqualityImpact.objects.filter(assessment=assessment, group=group).first()
    if impact is None:
        impact = EqualityImpact.objects.create(
            assessment=assessment, group=EqualityGroup(group), **words
        )
    elif not expected:
        raise EditedMeanwhile(impact)
    else:
        save_version(impact, expected=expected, fields=words)
    _no_longer_as_published(assessment)
    data = {"decision": decision.public_id, "group": impact.group}
    audit.record("equality.group_said", assessment, by=by, data=data)
    return impact


@transaction.atomic
def log_duty(decision: Decision, *, duty: str, what_was_done: str, by: Any) -> DutyEntry:
    """Write down one thing that was done to meet a duty. The log is history: it only grows."""
    decision = _lock(decision)
    if not what_was_done.strip():
        raise Refused("Say what was done. Nothing was saved.")
    assessment = assessment_of(decision) or _begin(decision, by=by)
    entry = DutyEntry.objects.create(
        assessment=assessment,
        duty=Duty(duty),
        what_was_done=what_was_done.strip(),
        at=timezone.now(),
        by=by,
    )
    audit.record("equality.duty_logged", entry, by=by, data={"duty": entry.duty})
    return entry


@transaction.atomic
def publish(decision: Decision, *, by: Any) -> EqualityEdition:
    """Freeze the assessment as its next edition, which anybody can read by its address.

    Doing it twice makes one edition. Raises NotYetPublishable with everything that is missing.
    """
    decision = _lock(decision)
    missing = missing_to_publish(decision)
    assessment = assessment_of(decision)
    if missing or assessment is None:
        raise NotYetPublishable(missing)
    newest = newest_edition_of(decision)
    if assessment.is_published and newest is not None:
        return newest
    now = timezone.now()
    edition = EqualityEdition.objects.create(
        assessment=assessment,
        number=newest.number + 1 if newest else 1,
        words=frozen(decision, assessment),
        owner=assessment.owner,
        published_at=now,
        published_by=by,
    )
    EqualityAssessment.objects.filter(pk=assessment.pk).update(published_at=now, published_by=by)
    data = {"decision": decision.public_id, "number": edition.number}
    audit.record("equality.published", edition, by=by, data=data)
    return edition


def missing_to_publish(decision: Decision) -> list[Blocker]:
    """Everything that is missing before the assessment can be published; empty when nothing is."""
    assessment = assessment_of(decision)
    said = impacts_of(assessment)
    in_full = assessment is not None and assessment.screening == Screening.FULL
    missing = [
        _blocker(decision, text, "equality-part", part)
        for name, part, text in (*_ALWAYS, *(_IN_FULL if in_full else ()))
        if not getattr(assessment, name, None)
    ]
    if in_full:
        missing += [
            _blocker(decision, f"{group.label}: nothing is said yet.", "equality-group", group)
            for group in EqualityGroup
            if group not in said
        ]
    elif assessment is not None and assessment.screening == Screening.ENOUGH:
        missing += [
            _blocker(
                decision,
                f"{EqualityGroup(each.group).label}: it is worse for them in some way, so a first "
                "look is not enough. A full assessment is needed.",
                "equality-part",
                "first-look",
            )
            for each in said.values()
            if each.effect in HARMS
        ]
    if assessment and assessment.review_on and assessment.review_on <= timezone.localdate():
        text = "The day on which it is looked at again has come. Choose the next one."
        missing.append(_blocker(decision, text, "equality-part", "looking-after"))
    return missing


def blockers_for_record(decision: Decision) -> list[Blocker]:
    """What stands in the way of the record: an assessment that is not published as it stands."""
    assessment = assessment_of(decision)
    if assessment is not None and assessment.is_published:
        return []
    if assessment is None:
        text = (
            "Nobody has looked yet at what this does to groups of people who are often treated "
            "unfairly. The equality assessment begins with a first look."
        )
    elif newest_edition_of(decision) is not None:
        text = "The equality assessment was changed after it was published. Publish it again."
    else:
        text = "The equality assessment is not published yet."
    return [_blocker(decision, text, "equality")]


def remind(today: date) -> int:
    """Tell the owners of assessments whose day has come, once for each day. Returns how many."""
    due = list(due_for_review(today))
    for assessment in due:
        notices.tell(
            assessment.owner, EQUALITY_REVIEW_DUE, assessment, once=str(assessment.review_on)
        )
    return len(due)


def frozen(decision: Decision, assessment: EqualityAssessment) -> dict[str, Any]:
    """The assessment in words, as plain JSON, with the labels as they read today, and no names."""
    names = sorted(EDITABLE - {"owner", "review_on"})
    said = impacts_of(assessment)
    review_on = assessment.review_on
    return {
        **{name: getattr(assessment, name) for name in names},
        "title": decision.title,
        "question": decision.question,
        "screening_label": assessment.get_screening_display(),
        "review_on": review_on.isoformat() if review_on else "",
        "lists": [
            {
                "label": EqualityList(each).label,
                "groups": [_group_in_words(group, said.get(group)) for group in groups],
            }
            for each, groups in GROUPS_OF.items()
        ],
        "duties": [
            {
                "duty": entry.get_duty_display(),
                "what_was_done": entry.what_was_done,
                "on": timezone.localdate(entry.at).isoformat(),
            }
            for entry in duty_entries_of(assessment)
        ],
    }


def _group_in_words(group: EqualityGroup, said: EqualityImpact | None) -> dict[str, str]:
    return {
        "key": group.value,
        "label": group.label,
        "effect": said.effect if said else "",
        "effect_label": said.get_effect_display() if said else "",
        "evidence": said.evidence if said else "",
        "mitigation": said.mitigation if said else "",
    }


def _lock(decision: Decision) -> Decision:
    """The decision as it is now, locked, in a cycle that is not closed."""
    cycle = locked_for("edit_cycle", decision.cycle)
    locked = decisions.lock(decision)
    locked.cycle = cycle
    return locked


def _begin(decision: Decision, *, by: Any) -> EqualityAssessment:
    return EqualityAssessment.objects.create(decision=decision, created_by=by)


def _no_longer_as_published(assessment: EqualityAssessment) -> None:
    EqualityAssessment.objects.filter(pk=assessment.pk, published_at__isnull=False).update(
        published_at=None, published_by=None
    )


def _blocker(decision: Decision, text: str, page: str, *more: str) -> Blocker:
    where = [decision.cycle.slug, decision.public_id, *more]
    return Blocker(text=text, url=reverse(f"cycles:{page}", args=where))
