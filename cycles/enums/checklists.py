"""The questions of each checklist, as data.

Sources: the four faults are those that Deuchar and England name of the past in the Health Service
Journal's article on values-based commissioning; the five things to balance, the specialised service
done well and the end of a service done well are from the Commissioning Friend for Mental Health
Services (December 2009), sections 4.2, 6.5 and 7. The words are ours.
"""

from dataclasses import dataclass

from cycles.enums.deciding import Checklist, DecisionKind


@dataclass(frozen=True)
class Question:
    """One question of a list. "Yes" is always the good answer; `hint` says what to look at."""

    key: str
    text: str
    hint: str


QUESTIONS: dict[str, tuple[Question, ...]] = {
    Checklist.FOUR_FAULTS: (
        Question(
            "fair",
            "Does everybody who needs it have the same chance to get it?",
            "The first fault of the past: help that was not shared out fairly.",
        ),
        Question(
            "worth_its_cost",
            "Does it reach enough people for what it costs?",
            "The second fault: a lot of money for a few people, and little left for the rest.",
        ),
        Question(
            "what_matters",
            "Will we judge it by what matters to the people it is for?",
            "The third fault: judging by numbers and steps, and not by how people are.",
        ),
        Question(
            "fits_each",
            "Can it fit each person?",
            "The fourth fault: one size for all.",
        ),
    ),
    Checklist.SCORECARD: (
        Question("effective", "Does it do what it is meant to do?", "What do we know about that?"),
        Question(
            "efficient",
            "Does it do so without waste?",
            "Of people's time as well as of money.",
        ),
        Question(
            "better_outcomes",
            "Do people's lives become better?",
            "As they see it themselves.",
        ),
        Question("quality", "Is it good?", "Safe, kind, near, on time."),
        Question(
            "cost_effective",
            "Is it worth what it costs?",
            "Set against what else the money could do.",
        ),
    ),
    Checklist.SPECIALISED: (
        Question(
            "right_patient",
            "The right patient: is it clear who it is for?",
            "How people are chosen, and what those who refer them go by.",
        ),
        Question(
            "right_treatment",
            "The right treatment: are people offered what is known to help?",
            "What studies say, and whether it is worth its cost.",
        ),
        Question(
            "right_provider",
            "The right provider: is it watched against standards?",
            "Which standards, and who looks.",
        ),
        Question(
            "right_place",
            "The right place: can people get there, and is nothing doubled?",
            "How far people travel, and what else there is nearby.",
        ),
        Question(
            "right_cost",
            "The right cost: are the figures sound, and is it good value?",
            "Where the figures are from, and who bears the risk of a dear year.",
        ),
        Question(
            "full_involvement",
            "Is the patient fully involved?",
            "What people are told, and who helps them to choose.",
        ),
        Question(
            "catchment",
            "Is it for an area of more than one million people?",
            "A specialised service is. Write down how many, and from where. If it is fewer, say "
            "why it is still dealt with as a specialised service.",
        ),
    ),
    Checklist.DISINVESTMENT: (
        Question(
            "no_longer_good",
            "Is it clear what no longer works or is not good enough, and how we know?",
            "Not everything that counts can be counted: say what people who use it tell.",
        ),
        Question(
            "who_uses_it",
            "Is it clear who uses it now, and what happens to each of them?",
            "How they go over to something else, who goes with them, and by when.",
        ),
        Question(
            "in_its_place",
            "Is it clear what is put in its place?",
            "And that it is there before the old service ends.",
        ),
        Question(
            "equality_done",
            "Does the equality assessment cover those who lose it?",
            "Who loses more than others, and what is done about that.",
        ),
        Question(
            "checked",
            "Is it settled when and how we look at what came of it?",
            "Who looks, on which day, and whom they ask.",
        ),
    ),
}

# Which lists are answered for each option, and which for a decision of which kind.
FOR_OPTIONS = (Checklist.FOUR_FAULTS, Checklist.SCORECARD)
FOR_DECISIONS: dict[str, Checklist] = {
    DecisionKind.SPECIALISED: Checklist.SPECIALISED,
    DecisionKind.DISINVESTMENT: Checklist.DISINVESTMENT,
}


def question(checklist: str, key: str) -> Question | None:
    """The question with this key, or None."""
    return next((each for each in QUESTIONS.get(checklist, ()) if each.key == key), None)
