"""What the four cycles are about, in plain words. Invented, apart from the published figures."""

from dataclasses import dataclass

from cycles.enums import (
    Applicability,
    Certainty,
    Criterion,
    EffectSize,
    EvidenceDirection,
    Stance,
    StrategyElement,
)
from evidence.enums import Topic
from stakeholders.enums import Pillar

U, C, E = Pillar.SERVICE_USERS_AND_CARERS, Pillar.CLINICAL, Pillar.EVIDENCE


@dataclass(frozen=True)
class Judged:
    """What the reviewers said of an option by one criterion."""

    criterion: str
    judgement: str
    research: str = ""
    considerations: str = ""


@dataclass(frozen=True)
class OptionStory:
    """One option: its words, how it is rated, and what each pillar says about it.

    `users`, `carers`, `clinical`: ratings in the order of the members. `evidence`: the agreed
    rating, or None where nothing was found.
    """

    title: str
    summary: str
    cost: str
    users: tuple[int, ...]
    carers: tuple[int, ...]
    clinical: tuple[int, ...]
    evidence: int | None
    certainty: str
    appraisal: str
    reference: str
    direction: str
    note: str
    says: dict[str, str]
    author: str = "alex"
    size: str = ""
    applicability: str = ""
    does_not_tell: str = ""
    judged: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class CycleStory:
    """One cycle: its title, its question, the first option being the one chosen."""

    title: str
    summary: str
    decision: str
    question: str
    why: str
    options: tuple[OptionStory, ...]
    outcome: str
    baseline: str
    hoped: str
    result: str
    counts_what_is_done: bool = False
    topics: tuple[Topic, ...] = ()


def options(place: str, people: str) -> tuple[OptionStory, ...]:
    """Three options in `place`, for `people`: a familiar place, a phone line, more of the same."""
    return (
        OptionStory(
            title=f"Therapists in {place}",
            summary=(
                f"Two therapists work three days a week in {place}, where {people} already go. "
                "People can walk in; nobody needs a letter from a doctor."
            ),
            cost="About £180,000 a year",
            users=(9, 8, 8),
            carers=(8, 7),
            clinical=(7, 6, 7),
            evidence=6,
            certainty=Certainty.MODERATE,
            appraisal=(
                "The treatment itself is well tested. Whether the place brings more people in has "
                "been looked at in few and small studies, most of which found that it does."
            ),
            reference="cuijpers",
            direction=EvidenceDirection.SUPPORTS,
            note="The treatment works for adults like ours; the trials do not test the place.",
            says={
                U: "We would come to a place we know, without a letter and without explaining why.",
                C: "We reach people earlier there, if supervision and a quiet room come with it.",
                E: "The treatment is well tested; the place probably helps, but that is less sure.",
            },
            author="wren",
            size=EffectSize.MODERATE,
            applicability=Applicability.PARTLY,
            does_not_tell="Who never gets as far as a first talk, and whether the place changes that.",
            judged=(
                Judged(
                    Criterion.PRIORITY,
                    "yes",
                    "Fewer of them finish and fewer recover, three years running.",
                    "Every pillar named it when we spoke of the problem.",
                ),
                Judged(
                    Criterion.DESIRABLE,
                    "moderate",
                    "The treatment helps more than usual care, and for months.",
                ),
                Judged(
                    Criterion.UNDESIRABLE,
                    "small",
                    "",
                    "Being seen there can be hard for some. A second way in is part of the option.",
                ),
                Judged(Criterion.BALANCE, "probably_option"),
                Judged(
                    Criterion.COST_EFFECTIVENESS,
                    "no_studies",
                    "The treatment has been counted, the place has not.",
                ),
                Judged(Criterion.EQUITY, "probably_increased", "", "For those who can get there."),
                Judged(Criterion.ACCEPTABILITY, "yes", "", "Two groups were asked, and said so."),
            ),
        ),
        OptionStory(
            title="A phone line in five languages",
            summary=(
                "A free line, open from eight to eight, answered in five languages by people who "
                "can book a first appointment while you are on the phone."
            ),
            cost="About £140,000 a year",
            users=(5, 6, 4),
            carers=(6, 5),
            clinical=(7, 7, 6),
            evidence=None,
            certainty="",
            appraisal="We found no study of a line like this for talking therapies.",
            reference="stories",
            direction=EvidenceDirection.MIXED,
            note="Some said they would ring; others said that they never ring a stranger.",
            says={
                U: "It helps those who ring. Many of us never ring someone we do not know.",
                C: "It would take pressure off the first call, if the people on it are trained.",
                E: "Nobody has studied this. That is not a reason against it; we do not know.",
            },
            author="heron",
            size=EffectSize.NOT_KNOWN,
            applicability=Applicability.DIRECT,
            does_not_tell="Whether those who said that they would ring do ring.",
            judged=(
                Judged(Criterion.DESIRABLE, "dont_know"),
                Judged(Criterion.CERTAINTY, "no_studies", "We looked in three libraries."),
            ),
        ),
        OptionStory(
            title="More appointments of the kind we have",
            summary="The four services offer one more evening a week, by phone and video, as now.",
            cost="About £200,000 a year",
            users=(3, 4, 2),
            carers=(3, 4),
            clinical=(5, 6, 4),
            evidence=5,
            certainty=Certainty.LOW,
            appraisal="More of the same helps those who come now. It does little for those who do not.",
            reference="annual",
            direction=EvidenceDirection.AGAINST,
            note="Referrals fell while appointments rose: more of them did not bring more people in.",
            says={
                U: "More of what does not reach us will not reach us.",
                C: "Shorter waits are good, but the same people would come.",
                E: "The figures of the last three years do not suggest that it reaches new people.",
            },
        ),
    )


ANALYSE = CycleStory(
    title="Talking therapies for people who speak little English",
    summary=(
        "People who speak little English seldom get as far as a first talk. We want to find out how "
        "many they are and what stands in their way."
    ),
    decision="",
    question="",
    why="",
    options=(),
    outcome="",
    baseline="",
    hoped="",
    result="",
    topics=(Topic.EQUALITY,),
)
PLAN = CycleStory(
    title="Talking therapies for Asian and Asian British communities",
    summary=(
        "Fewer Asian and Asian British people finish a course of talking therapy, and fewer of those "
        "recover. We decide together what would change that."
    ),
    decision="What shall we try first?",
    question="Which of these shall we buy first, so that more Asian and Asian British people are helped?",
    why=(
        "In 2024-25 38 in 100 Asian or Asian British people who finished a course recovered, and 51 "
        "in 100 White people. There is money for one thing this year."
    ),
    options=options("community centres", "families"),
    outcome="Asian or Asian British people who finish a course and recover",
    baseline="38",
    hoped="45",
    result="",
    topics=(Topic.EQUALITY, Topic.RECOVERY),
)
DO = CycleStory(
    title="Talking therapies for young adults",
    summary=(
        "People from 18 to 25 are referred often and finish seldom. Something new begins where they "
        "are."
    ),
    decision="Where shall help for young adults be?",
    question="Which of these shall we buy, so that more young adults finish what they began?",
    why=(
        "Many young adults stop after the first talk. They told us that nobody asked them where and "
        "when they could come."
    ),
    options=options("colleges and youth clubs", "young adults"),
    outcome="Young adults who finish a course",
    baseline="2600",
    hoped="3000",
    result="",
    counts_what_is_done=True,
    topics=(Topic.YOUNG_PEOPLE, Topic.PREVENTION),
)
REVIEW = CycleStory(
    title="Talking therapies for older people",
    summary="People over 75 are hardly ever referred. A year of something new is over: did it work?",
    decision="How shall older people hear of talking therapies?",
    question="Which of these shall we buy, so that more people over 75 get a talking therapy?",
    why="Older people recover more often than anyone once they come, but hardly anyone sends them.",
    options=options("village halls and day centres", "older people"),
    outcome="People over 75 who finish a course",
    baseline="310",
    hoped="400",
    result="365",
    counts_what_is_done=True,
    topics=(Topic.LONG_TERM_CONDITIONS,),
)

STRATEGY = {
    StrategyElement.PURPOSE: (
        "We exist so that everyone in South Yorkshire who is anxious or low can get a talking therapy "
        "that helps. We commit to deciding on three equal pillars and to saying what became of "
        "everyone's words."
    ),
    StrategyElement.GUIDANCE: (
        "The Equality Act 2010 asks us to look at what we do for nine protected groups. The joint "
        "panel's guidance of 2014 describes values-based commissioning. The law asks us to involve "
        "the people our services are for."
    ),
    StrategyElement.NEEDS: (
        "46,725 people were referred in 2024-25; 16,725 finished a course and half of those "
        "recovered. Some groups come less and get less out of it. We expect need to stay as it is, "
        "and to be spoken of in more languages."
    ),
    StrategyElement.SERVICES: (
        "Four services, mostly by phone and video, in English. They are good for those who reach "
        "them and are not enough for those who do not. Community groups could do more if asked and "
        "paid."
    ),
    StrategyElement.RESEARCH: (
        "The treatments are well tested. How to bring people in is studied less; what there is "
        "speaks for familiar places. Not knowing is no reason to stand still."
    ),
    StrategyElement.CHANGES: (
        "What works: the treatment itself, and evening times. What does not: letters and hidden "
        "numbers. We will commission therapists in places people know, with supervision and a quiet "
        "room."
    ),
    StrategyElement.MONITORING: (
        "Every three months the panel sees how many came, finished and recovered, by group, with "
        "small numbers kept back, and hears from people who used it."
    ),
}
WILL_NOT = (
    "We will not commission a further evening by phone and video this year, because more of what "
    "does not reach people will not reach them. We will not commission the phone line yet; we look "
    "at it again in the review."
)

COMMENTS = (
    ("linnet", Stance.FOR, "My aunt would go to the centre. She would never open the letter."),
    ("swift", Stance.NEUTRAL, "Who looks after the children while somebody is in there?"),
    ("jay", Stance.FOR, "We could share our rooms on Tuesdays and Thursdays."),
)
ANSWERS = {
    "linnet": "Thank you. Walking in without a letter is now part of the option.",
    "swift": "A play worker is now in the costs of the first option.",
    "jay": "The rooms on Tuesdays and Thursdays are written into the option.",
}
