from dataclasses import dataclass

from django.db import models


class ValueSource(models.TextChoices):
    """Where a statement of a shared value comes from. All but the first are external and dated."""

    OURS = "ours", "Our own words"
    NIMHE = "nimhe", "NIMHE framework of values for mental health (2004): the three Rs"
    MHA_2008 = "mha_2008", "Mental Health Act 1983: guiding principles, Code of Practice (2008)"
    NSUN = "nsun", "What service users told NSUN's consultations (2013)"


class UnderstandingKey(models.TextChoices):
    """The three keys to a shared approach. Source: NIMHE and CSIP, a document of 2008."""

    PARTICIPATION = "participation", "Service users and carers take an active part"
    MANY_VIEWS = "many_views", "People of different professions look at it together"
    STRENGTHS = "strengths", "Strengths and hopes count, not only what is wrong"


@dataclass(frozen=True)
class PresetValue:
    """A statement that a panel can start from."""

    key: str
    text: str
    in_practice: str


@dataclass(frozen=True)
class Preset:
    """Statements that go back to a published source, in words of our own."""

    about: str
    values: tuple[PresetValue, ...]


PRESETS: dict[str, Preset] = {
    # National Institute for Mental Health in England, The National Framework of Values for Mental
    # Health (2004).
    ValueSource.NIMHE: Preset(
        about=(
            "Three words, found together by people who use services and people who provide them. "
            "They say how to deal with values at all."
        ),
        values=(
            PresetValue(
                "recognition",
                "Recognition: what matters to people is part of every choice we make, beside the "
                "facts.",
                "We say what matters to whom before we look at numbers.",
            ),
            PresetValue(
                "raised-awareness",
                "Raised awareness: we find out what matters to others, above all where it is not "
                "what matters to us.",
                "Everyone is asked, also people who are not in the room, and we write down where "
                "we differ.",
            ),
            PresetValue(
                "respect",
                "Respect: we treat each other's values as we want ours to be treated, and begin "
                "with those of the person who needs help.",
                "Nobody is talked over or talked round. A difference may stay a difference.",
            ),
        ),
    ),
    # Department of Health, Code of Practice: Mental Health Act 1983 (2008), chapter 1.
    ValueSource.MHA_2008: Preset(
        about=(
            "For choices about treatment that people do not choose freely. The names are those of "
            "the Code of 2008, which a Code of 2015 has replaced; you can change any of them."
        ),
        values=(
            PresetValue(
                "purpose",
                "Purpose: whatever is done under the Act is there to help somebody get better, be "
                "safe, and keep others safe.",
                "Each step has a reason that can be told to the person it is about.",
            ),
            PresetValue(
                "least-restriction",
                "Least restriction: nobody's freedom is taken further than it has to be.",
                "We count how often and how long, and look for another way first.",
            ),
            PresetValue(
                "respect",
                "Respect: each person is seen with their own life, faith, language and wishes, "
                "and nobody is treated worse for who they are.",
                "People are asked what they want and have wanted before, and it is written down.",
            ),
            PresetValue(
                "participation",
                "Participation: people help to plan and judge their own care, and so do those "
                "close to them.",
                "Nothing is planned about a person in a meeting they could not come to.",
            ),
            PresetValue(
                "effectiveness-efficiency-and-equity",
                "Effectiveness, efficiency and equity: what there is goes where it helps most, is "
                "not wasted, and is shared fairly.",
                "We look at who gets help and who does not, not only at how many.",
            ),
        ),
    ),
    # Perry, Barber and England (2013), for the National Survivor User Network.
    ValueSource.NSUN: Preset(
        about=(
            "What people who use services said matters most to them, when a group in the West "
            "Midlands asked how mental health care should be bought."
        ),
        values=(
            PresetValue(
                "early",
                "Early: somebody sees what is wrong, and helps, before it gets worse.",
                "The first talk comes within days, and help does not wait for a crisis.",
            ),
            PresetValue(
                "swift-referral",
                "Swift: people get to the right person or place quickly, without being sent round.",
                "One call is enough. Nobody has to tell their story again at each door.",
            ),
            PresetValue(
                "clear-communication",
                "Clear: people are told what happens next, in words they use themselves.",
                "Everyone can say what comes next, who does it and whom to ring.",
            ),
            PresetValue(
                "continuity",
                "The same faces: people do not start again with somebody new every time.",
                "Whoever leaves hands over in person. A change of service is a walk, not a cliff.",
            ),
            PresetValue(
                "co-care",
                "Together: care is something people do with each other, not to somebody.",
                "The plan is written together, and the person whose plan it is has the last word.",
            ),
            PresetValue(
                "at-the-heart",
                "At the heart: a service is there for the people who use it, and they help to run "
                "it.",
                "People who use it help to choose staff, and can show what changed because of "
                "them.",
            ),
        ),
    ),
}
