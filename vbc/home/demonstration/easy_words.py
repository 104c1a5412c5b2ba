"""The same in easy words: of the strategy, and of some chapters of the needs assessment.

Invented where the words beside them are. One part of the strategy and some chapters have none, so
that the demonstration shows how a document says so.
"""

from cycles.enums import StrategyElement
from evidence.enums import NeedsChapter

STRATEGY = {
    StrategyElement.PURPOSE: (
        "Some people feel very low or very worried.\n"
        "They can talk to somebody who is trained to help.\n"
        "This is called a talking therapy.\n"
        "We want everybody in South Yorkshire to get one that helps.\n"
        "We will tell you what we did with what you said."
    ),
    StrategyElement.GUIDANCE: (
        "The law says we must be fair to everybody.\n"
        "The law says we must ask the people who use our help.\n"
        "So we do."
    ),
    StrategyElement.NEEDS: (
        "Many people ask for a talking therapy.\n"
        "Only some of them finish it.\n"
        "Half of those who finish get better.\n"
        "Some groups of people come less often. It helps them less too."
    ),
    StrategyElement.SERVICES: (
        "There are four services.\n"
        "Most of the help is by phone or video. It is in English.\n"
        "It is good for people who get it.\n"
        "It does not reach enough people."
    ),
    StrategyElement.CHANGES: (
        "There will be therapists in places that people know.\n"
        "You can walk in. You do not need a letter.\n"
        "There will be a quiet room."
    ),
    StrategyElement.MONITORING: (
        "Every three months we look at the numbers.\n"
        "We look at how many people came, and how many got better.\n"
        "We ask people who came what it was like."
    ),
}
WILL_NOT = (
    "We will not pay for one more evening by phone and video this year. It would not reach new "
    "people.\n"
    "We will not pay for the phone line yet. We will think about it again."
)

DECISION = {
    "easy_question": "Where should young adults get help?",
    "easy_why": (
        "Many young adults stop after the first talk.\n"
        "They told us that nobody asked them where and when they could come."
    ),
    "easy_decided": (
        "Two therapists will work in colleges and youth clubs.\n"
        "They will be there three days a week.\n"
        "You can walk in. You do not need a letter.\n"
        "We chose this because people know these places."
    ),
    "easy_service_users_and_carers": (
        "We would come to a place we know.\nWe do not want to explain why we are there."
    ),
    "easy_clinical": "We meet people sooner there.\nWe need a quiet room.",
    "easy_evidence": (
        "The treatment works. Many studies say so.\nThe place may help. We are less sure of that."
    ),
}

CHAPTERS = {
    NeedsChapter.ABOUT: (
        "This is about adults who feel very low or very worried.\n"
        "It looks at who gets a talking therapy.\n"
        "A talking therapy is when you talk to somebody who is trained to help."
    ),
    NeedsChapter.PEOPLE: (
        "More than one million adults live in South Yorkshire.\n"
        "They live in Sheffield, Doncaster, Rotherham and Barnsley."
    ),
    NeedsChapter.NEED: (
        "About one adult in eight is on a list at the doctor’s as somebody who feels very low.\n"
        "The doctor calls it depression.\n"
        "Some people never tell a doctor. They are not on the list."
    ),
    NeedsChapter.SERVICES: (
        "Four services offer a talking therapy.\n"
        "Most of it is by phone or video, and in English.\n"
        "You can have somebody there who speaks your language. Few people know that."
    ),
    NeedsChapter.EXPERIENCE: (
        "People told us that the first letter is hard to read.\n"
        "A call from a number you do not know does not feel safe.\n"
        "People want a place they know, and times after work."
    ),
    NeedsChapter.CLINICAL_VIEW: (
        "Staff say that people come late.\n"
        "Many stop after the first call.\n"
        "Staff would like to work in places where people already go."
    ),
    NeedsChapter.WORKS: (
        "Talking therapy helps people who feel very low.\n"
        "Many studies say so.\n"
        "Nobody knows yet what brings more people in."
    ),
    NeedsChapter.GAPS: (
        "Some people need help and do not get it.\nNobody knows how many people never ask."
    ),
    NeedsChapter.PRIORITIES: (
        "First we want to help Asian and Asian British people.\n"
        "Then younger adults, who stop early.\n"
        "Then older people. Nobody asks them."
    ),
}
