"""How the problem is understood, what matters to everyone, and what of it bears on a decision."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cycles.enums import (
    FundingRoute,
    Intensity,
    OptionKind,
    ProviderKind,
    Reach,
    UnderstandingKey,
    ValueSource,
)
from cycles.models import Cycle, Decision
from cycles.queries.options import options_on
from cycles.services import decision_values, options, understanding, values
from stakeholders.enums import EngagementEffect, Pillar
from vbc.core.enums import ContributionStatus
from vbc.home.demonstration.people import Cast

SPEAKERS: dict[str, str] = {
    Pillar.SERVICE_USERS_AND_CARERS: "wren",
    Pillar.CLINICAL: "sarka",
    Pillar.EVIDENCE: "merle",
}
# Who, about which key, in which words; what became of it; what it added.
Said = tuple[str, str, str, str, str]
SAID: tuple[Said, ...] = (
    (
        "wren",
        UnderstandingKey.PARTICIPATION,
        "I was sent from one door to the next and told my story four times. By the third time I had "
        "stopped believing that anybody would ring.",
        "It is now the first thing we look at in every option: how many doors there are.",
        EngagementEffect.STANDARDS,
    ),
    (
        "heron",
        "",
        "At home we hold things together while somebody waits. Nobody asks us how long we can.",
        "Waiting is now counted from the first call, and we ask at home as well.",
        EngagementEffect.STANDARDS,
    ),
    (
        "linnet",
        UnderstandingKey.STRENGTHS,
        "What helped me was somebody who had been there. There are many of us around here, and we "
        "are not asked.",
        "Peer support stands on the map of what there is, and was asked for its view.",
        EngagementEffect.NETWORKS,
    ),
    (
        "lukasz",
        UnderstandingKey.STRENGTHS,
        "We see people late, when they are worse than they need have been. And our first form asks "
        "what is wrong with them, never what they can do.",
        "The first form is being written again, together with people who have filled it in.",
        EngagementEffect.IDEAS,
    ),
    (
        "jay",
        UnderstandingKey.MANY_VIEWS,
        "Health and social care each see half of a person. We meet people in their kitchens, and "
        "nobody asks us what we saw there.",
        "Social workers are in the panel's meetings on this, and on the map of who is affected.",
        EngagementEffect.INCLUSION,
    ),
    (
        "merle",
        UnderstandingKey.MANY_VIEWS,
        "The figures say who finished and who recovered. They do not say who never came, or why. "
        "Nobody has asked those who did not.",
        "It is written down as a gap in the needs assessment, and two groups have been asked since.",
        EngagementEffect.INCLUSION,
    ),
    (
        "alex",
        "",
        "From where I sit, the money follows what was bought last year. We hardly ever ask why.",
        "Going on as we are is now an option like any other, and has to be chosen.",
        "",
    ),
)
SAID_OF_LANGUAGE: tuple[Said, ...] = (
    (
        "linnet",
        UnderstandingKey.PARTICIPATION,
        "My mother took me along to translate when I was twelve. There are things that she could "
        "not say with me in the room.",
        "No child is asked to translate. That is now the first line of what we ask for.",
        EngagementEffect.STANDARDS,
    ),
    (
        "heron",
        "",
        "The letter is in English, and so is the number to ring when you cannot read the letter.",
        "We are finding out which letters could go, and who else could bring the news.",
        EngagementEffect.IDEAS,
    ),
    (
        "sarka",
        UnderstandingKey.STRENGTHS,
        "People who speak three languages are written down as having poor English. We begin with "
        "what is missing.",
        "The form will ask which languages somebody speaks, and never how badly.",
        EngagementEffect.STANDARDS,
    ),
    (
        "alex",
        "",
        "We pay for interpreters by the hour, and nobody books one for a first call.",
        "",
        "",
    ),
    (
        "merle",
        UnderstandingKey.MANY_VIEWS,
        "The figures have a column for ethnic background and none for language. We do not know how "
        "many people this is about.",
        "",
        "",
    ),
)
SAID_OF_YOUNG_ADULTS: tuple[Said, ...] = (
    (
        "robin",
        UnderstandingKey.PARTICIPATION,
        "I was nineteen and had a job. Every appointment was at two in the afternoon, and I did not "
        "dare to ask my manager a third time.",
        "Evening hours are now written into every option.",
        EngagementEffect.STANDARDS,
    ),
    (
        "swift",
        "",
        "My son stopped after the first talk and told nobody. We found the letter weeks later.",
        "Whoever stops is asked once, kindly, what would make it easier.",
        EngagementEffect.IDEAS,
    ),
    (
        "sarka",
        UnderstandingKey.MANY_VIEWS,
        "We close a case when somebody does not come twice. For some of them that is the illness.",
        "The rule of two missed talks is looked at again, with people who have missed them.",
        EngagementEffect.STANDARDS,
    ),
    (
        "minh",
        UnderstandingKey.MANY_VIEWS,
        "We count who finishes. Nobody has written down why the others stop.",
        "It stands in the needs assessment as something we do not know.",
        EngagementEffect.INCLUSION,
    ),
)
SAID_OF_OLDER_PEOPLE: tuple[Said, ...] = (
    (
        "linnet",
        UnderstandingKey.STRENGTHS,
        "My grandmother thought that it was only for young people. Nobody had ever told her that "
        "talking can help at eighty.",
        "What we print shows people of all ages, and they chose the pictures.",
        EngagementEffect.STANDARDS,
    ),
    (
        "heron",
        UnderstandingKey.PARTICIPATION,
        "He would have gone, had it been in the hall where he plays cards on Tuesdays.",
        "Village halls became one of the options.",
        EngagementEffect.IDEAS,
    ),
    (
        "lukasz",
        UnderstandingKey.STRENGTHS,
        "Older people recover more often than anyone once they come. We hardly ever send them.",
        "Family doctors were told so, with the figures of their own practice.",
        EngagementEffect.IDEAS,
    ),
    (
        "merle",
        UnderstandingKey.MANY_VIEWS,
        "What is studied is treatment. How people over 75 hear of it is hardly studied at all.",
        "Each option now says what the evidence does not tell us.",
        EngagementEffect.INCLUSION,
    ),
)
OURS = (
    (
        "wren",
        "Nobody has to tell their story twice.",
        "The person who listens first writes it down with you.",
    ),
    ("swift", "Those who care at home are seen, too.", "Somebody asks how they are, and means it."),
    (
        "sarka",
        "We say what we know and what we do not.",
        "Nobody is promised what nobody can promise.",
    ),
)
LATER = (
    "linnet",
    "Help is where people already go.",
    "You can walk in on your way to something else.",
)
BEARS = (
    ("linnet", 0, "It speaks for the first option: one door, and the same person behind it."),
    (
        "merle",
        2,
        "Of the phone line we do not know whether it works. That is no reason against it.",
    ),
)
OPTIONS: tuple[dict[str, Any], ...] = (
    {
        "who_for": "Adults who are anxious or low and have not come so far: about 600 a year.",
        "reach": Reach.EARLY,
        "intensity": Intensity.COMMUNITY,
        "provider_kind": ProviderKind.VOLUNTARY,
        "funding_route": FundingRoute.CONTRACT,
        "who_else_gains": (
            "Family doctors, who write fewer letters; and the place itself, which fills its rooms "
            "by day."
        ),
        "risks": "There may be no quiet room on the days when people would come.",
        "equality_effects": (
            "People who never open the letter gain most. People who cannot leave the house gain "
            "nothing from it."
        ),
    },
    {
        "who_for": "Anyone who would rather ring than walk in, at home or at work.",
        "reach": Reach.EARLY,
        "intensity": Intensity.LIGHT,
        "provider_kind": ProviderKind.NHS,
        "funding_route": FundingRoute.CONTRACT,
        "risks": "Those who answer need people to turn to when a call is hard.",
        "equality_effects": "People who do not like to ring a stranger would be left out again.",
    },
    {
        "kind": OptionKind.ROLL_ON,
        "who_for": "People who come to the four services today.",
        "reach": Reach.TREATMENT,
        "intensity": Intensity.COMMUNITY,
        "provider_kind": ProviderKind.NHS,
        "funding_route": FundingRoute.CONTRACT,
        "equality_effects": "Who comes little today would go on coming little.",
    },
)


def tell(
    cast: Cast, cycle: Cycle, told: tuple[Said, ...] = SAID, *, is_finished: bool = True
) -> None:
    """In Analyse or Plan: everybody says how they see the problem, and what matters to them.

    Where it `is_finished`, each pillar has agreed to the list; else one still thinks about it, and
    somebody has added to the list since.
    """
    _understand(cast, cycle, told, is_finished=is_finished)
    for key, text, in_practice in OURS:
        values.propose(cycle, text=text, in_practice=in_practice, by=cast[key])
    values.take_preset(cycle, ValueSource.NIMHE, keys=("recognition", "respect"), by=cast["alex"])
    edition = values.put_to_panel(cycle, by=cast["alex"])
    for pillar, key in SPEAKERS.items():
        if is_finished or pillar != Pillar.EVIDENCE:
            values.agree(edition, pillar=pillar, by=cast[key])
    if not is_finished:
        key, text, in_practice = LATER
        values.propose(cycle, text=text, in_practice=in_practice, by=cast[key])


def describe_options(cast: Cast, decision: Decision) -> None:
    """Before rating: what is known of the three options of a decision's story."""
    for option, fields in zip(options_on(decision), OPTIONS, strict=True):
        options.edit(option, expected=option.version, fields=fields, by=cast["alex"])


def bear_on(cast: Cast, decision: Decision) -> None:
    """Before the record: which of the values bear on the decision, and how everybody was heard."""
    for key, number, note in BEARS:
        value = decision.cycle.shared_values.get(text=OURS[number][1])
        decision_values.link(decision, value, note=note, by=cast[key])
    decision.refresh_from_db()
    decision_values.say_how_heard(
        decision,
        expected=decision.version,
        raised_awareness=(
            "Linnet asked at the day centre, and Jay asked three families at home. Service users "
            "and carers spoke first in the meeting."
        ),
        mutual_respect=(
            "We differed on the phone line, and nobody was talked round. Two people said that they "
            "see it differently from before."
        ),
        by=cast["alex"],
    )


def outweigh(cast: Cast, decision: Decision) -> None:
    """While the result is weighed: one value pointed the other way, and is looked at again."""
    link = decision.values_in_play.get(value__text=OURS[2][1])
    decision_values.say_outweighed(
        link,
        expected=link.version,
        pointed_other_way=True,
        held_by=[Pillar.SERVICE_USERS_AND_CARERS, Pillar.EVIDENCE],
        why_outweighed=(
            "The phone line might reach people who cannot leave the house, and we do not know. The "
            "money is enough for one of the two, and the other reaches people who never ring."
        ),
        look_again_on=timezone.localdate() + timedelta(days=365),
        by=cast["alex"],
    )


def _understand(cast: Cast, cycle: Cycle, told: tuple[Said, ...], *, is_finished: bool) -> None:
    for number, (key, about, text, answer, effect) in enumerate(told):
        said = understanding.say(cycle, text=text, key=about, by=cast[key])
        # Where it is still under way, the last two wait for their answer.
        if is_finished or number < len(told) - 2:
            understanding.answer(
                said,
                status=ContributionStatus.ACTED_ON,
                text=answer,
                effect=effect,
                by=cast["alex"],
            )
