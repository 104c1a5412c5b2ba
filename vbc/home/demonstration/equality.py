"""What a decision does to people who are often treated unfairly, and the questions its options are
held against. All invented. Called while the decision is still open."""

from datetime import timedelta

from django.utils import timezone

from cycles.enums import Checklist, ChecklistAnswerKind, Duty, Effect, EqualityGroup, Screening
from cycles.models import Decision
from cycles.queries.options import options_on
from cycles.services import checklists, equality
from vbc.home.demonstration.people import Cast

BETTER, WORSE, BOTH = Effect.POSITIVE, Effect.NEGATIVE, Effect.BOTH
SAME, UNKNOWN = Effect.NONE, Effect.NOT_KNOWN
YES, PARTLY, UNSURE = (
    ChecklistAnswerKind.YES,
    ChecklistAnswerKind.PARTLY,
    ChecklistAnswerKind.NOT_KNOWN,
)

WORDS = {
    "intended_outcomes": "More people reach help that works, in a place they know and without a letter.",
    "who_is_affected": (
        "People who are anxious or low and do not come today; those who come today; their families; the therapists, some of whom would work in other places."
    ),
    "engagement": (
        "Two groups were asked in the library, and one by phone. Most liked a place they know. Some worried about being seen there, and some about the stairs."
    ),
    "screening": Screening.FULL,
    "screening_reason": "A place that is easy for many can be hard for some, so we looked at each group.",
    "ends_discrimination": "Everybody who works there learns what unfair treatment looks like and what to do when they see it.",
    "advances_equality": "Nobody needs a letter, a car or much English to begin.",
    "fosters_relations": "People of all ages and backgrounds use the same rooms, with others around them who came for something else.",
    "providers_screen": "Each contract asks for a first look at everything new, and for a list of what else is looked at and when. We read it once a year.",
    "summary": (
        "Most people would be better off. For some disabled people and for people who do not want to be seen there, it could be worse. Step-free rooms and a second way in are part of what we ask for."
    ),
}
GROUPS: dict[str, tuple[Effect, str, str]] = {
    EqualityGroup.ETHNIC_BACKGROUND: (
        BETTER,
        "Three in four of those we asked would rather come to a place they know.",
        "",
    ),
    EqualityGroup.DISABLED_PEOPLE: (
        BOTH,
        "Two of five rooms that were offered have stairs.",
        "We rent step-free rooms only, and keep help at home for those who cannot come.",
    ),
    EqualityGroup.MEN_AND_WOMEN: (BETTER, "Men said they would walk in more easily than ring.", ""),
    EqualityGroup.ORIENTATIONS: (
        UNKNOWN,
        "Nobody has asked. We ask from the first day, and look after six months.",
        "",
    ),
    EqualityGroup.AGE_GROUPS: (BETTER, "Younger and older people use these places already.", ""),
    EqualityGroup.RELIGIONS: (
        BOTH,
        "A place that belongs to one faith would keep others away.",
        "We use places that belong to no faith, and ask each group first.",
    ),
    EqualityGroup.AGE: (BETTER, "Younger and older people use these places already.", ""),
    EqualityGroup.DISABILITY: (
        BOTH,
        "Two of five rooms that were offered have stairs.",
        "We rent step-free rooms only, and keep help at home for those who cannot come.",
    ),
    EqualityGroup.GENDER_REASSIGNMENT: (
        UNKNOWN,
        "We know of nobody who was asked. A local group has agreed to tell us.",
        "",
    ),
    EqualityGroup.MARRIAGE: (SAME, "We see no way in which it would matter.", ""),
    EqualityGroup.PREGNANCY: (
        BETTER,
        "The rooms are near the clinic, and children can come along.",
        "",
    ),
    EqualityGroup.RACE: (
        BETTER,
        "Three in four of those we asked would rather come to a place they know.",
        "",
    ),
    EqualityGroup.RELIGION: (
        BOTH,
        "A place that belongs to one faith would keep others away.",
        "We use places that belong to no faith, and ask each group first.",
    ),
    EqualityGroup.SEX: (BETTER, "Men said they would walk in more easily than ring.", ""),
    EqualityGroup.ORIENTATION: (
        UNKNOWN,
        "Nobody has asked. We ask from the first day, and look after six months.",
        "",
    ),
    EqualityGroup.CARERS: (BETTER, "Somebody can come along and wait in company.", ""),
}
LOG = (
    (Duty.DISABILITY_NEEDS, "Step-free rooms were made a condition, though they cost more."),
    (
        Duty.DISABILITY_PUBLIC_LIFE,
        "Fares and a supporter were paid for, so that people could take part in the groups.",
    ),
    (Duty.RACE_RELATIONS, "People of four communities planned the opening together."),
    (Duty.GENDER_EQUALITY, "The hours were chosen with people who look after children."),
)
# By the place of the option: what each question was answered, and in which words.
CHECKED: tuple[dict[tuple[str, str], tuple[ChecklistAnswerKind, str]], ...] = (
    {
        (Checklist.FOUR_FAULTS, "fair"): (
            PARTLY,
            "For whoever can get there. Help at home stays for the others.",
        ),
        (Checklist.FOUR_FAULTS, "worth_its_cost"): (YES, ""),
        (Checklist.FOUR_FAULTS, "what_matters"): (
            YES,
            "Whether people come back, and whether they feel better.",
        ),
        (Checklist.FOUR_FAULTS, "fits_each"): (YES, ""),
        (Checklist.SCORECARD, "effective"): (YES, ""),
        (Checklist.SCORECARD, "efficient"): (PARTLY, "Rooms stand empty on some days."),
        (Checklist.SCORECARD, "better_outcomes"): (YES, ""),
        (Checklist.SCORECARD, "quality"): (YES, "Near, kind, and on time."),
        (Checklist.SCORECARD, "cost_effective"): (
            UNSURE,
            "Nobody has counted it for a place like this.",
        ),
    },
    {
        (Checklist.FOUR_FAULTS, "fair"): (PARTLY, "Not for those who never ring a stranger."),
        (Checklist.SCORECARD, "quality"): (UNSURE, "Nobody has tried it here."),
    },
)


def tell(cast: Cast, decision: Decision) -> None:
    """A full assessment, published, and the first two options held against their questions."""
    _hold_against(cast, decision)
    assess(cast, decision)


def assess(cast: Cast, decision: Decision) -> None:
    """A full assessment of the decision, published. Also possible once it is recorded."""
    alex = cast["alex"]
    equality.save(
        decision,
        fields=WORDS
        | {"owner": cast["jay"], "review_on": timezone.localdate() + timedelta(days=365)},
        expected=0,
        by=alex,
    )
    for group, (effect, evidence, mitigation) in GROUPS.items():
        equality.say_of_group(
            decision,
            group=group,
            effect=effect,
            evidence=evidence,
            mitigation=mitigation,
            expected=0,
            by=alex,
        )
    for duty, what_was_done in LOG:
        equality.log_duty(decision, duty=duty, what_was_done=what_was_done, by=alex)
    equality.publish(decision, by=alex)


def _hold_against(cast: Cast, decision: Decision) -> None:
    for option, answers in zip(options_on(decision), CHECKED, strict=False):
        for (checklist, item), (answer, note) in answers.items():
            checklists.answer(
                decision,
                checklist=checklist,
                item=item,
                answer=answer,
                note=note,
                option=option,
                expected=0,
                by=cast["linnet"],
            )
