"""Checklists of the steps of a cycle. The words of the questions are ours.

Facts: the Commissioning Friend for Mental Health Services (December 2009), section 6.6.
"""

from evidence.frameworks.shape import FRIEND, FRIEND_BY, About, Era, Framework, Item, Kind


def _step(key: str, name: str, purpose: str, stage: str, *items: Item) -> Framework:
    return Framework(
        key=key,
        name=name,
        purpose=purpose,
        kind=Kind.CHECKLIST,
        era=Era.IN_USE,
        about=About.CYCLE,
        publisher=FRIEND_BY,
        year=2009,
        source=f"{FRIEND} (December 2009), section 6.6",
        stages=(stage,),
        items=items,
    )


STOCK_TAKE = _step(
    "stock-take",
    "Stock take",
    "See what there is before you plan. Three places to look.",
    "analyse",
    Item(
        "services",
        "Current services",
        "Do we know which services there are, what they cost and whether they work?",
        "Of the NHS and the council, of firms and of charities. What is missing, who goes without, "
        "and which staff are needed?",
    ),
    Item(
        "benchmarks",
        "National benchmarks",
        "Have we held them against national standards and figures?",
        "Standards of inspection, guidance of NICE, and other figures.",
    ),
    Item(
        "patterns",
        "Patterns of need",
        "Have we read from the needs assessment what matters most here?",
        "Also where something may have to end, so that something new can begin.",
    ),
)

INVOLVEMENT = _step(
    "stakeholder-involvement",
    "Involving everybody concerned",
    "Make sure that the people concerned have a part that means something. Five questions.",
    "analyse",
    Item("who", "Who they are", "Do we know who is concerned?"),
    Item("want", "What they want", "Do we know what each of them wants from this?"),
    Item(
        "plan",
        "How to work together in a meaningful way",
        "Is there a plan for how to work with them, which they find worthwhile?",
    ),
    Item("channels", "Channels that stay open", "Can they reach us at any time, and hear back?"),
    Item(
        "influence",
        "Appropriate influence",
        "Do they have as much say as they should have?",
        "Nobody too little, and nobody so much that others cannot be heard.",
    ),
)

INTEGRATE = _step(
    "integrate-planning",
    "Planning together",
    "Plans of several bodies meet here. Three things that make one plan of them.",
    "plan",
    Item(
        "priorities",
        "Competing priorities",
        "Have we said openly where the priorities of the partners do not fit together?",
    ),
    Item(
        "engagement",
        "Engagement at the centre",
        "Do the people concerned stand in the middle of the plan?",
    ),
    Item(
        "changes",
        "Changes for joint working",
        "Have we agreed what each of us changes, so that working together lasts?",
    ),
)

STRATEGY = _step(
    "local-strategy",
    "Developing the local strategy",
    "What a strategy should rest on, and who should be able to read it. Five questions.",
    "plan",
    Item("policy", "National policy", "Does it follow national policy, where that applies?"),
    Item("needs", "Local needs", "Does it start from what people here need?"),
    Item("practice", "Best practice", "Does it take up what has worked well elsewhere?"),
    Item(
        "redesign",
        "Service redesign, trends and workforce",
        "Does it say which services change, what is coming, and which staff that needs?",
    ),
    Item(
        "accessible",
        "Open to all",
        "Can other bodies, people who use services and the public read and understand it?",
        "Also in easy read.",
    ),
)

MARKET = _step(
    "local-market",
    "Managing the local market",
    "Choosing who provides. Five questions before you do.",
    "plan",
    Item("which", "Which providers", "Do we know which providers there are, or could be?"),
    Item(
        "effective",
        "Clinically effective, within the money",
        "Do we know who helps people most for the money there is?",
    ),
    Item(
        "tender",
        "The need for tendering",
        "Is it clear whether this has to be put out to tender?",
    ),
    Item(
        "choice",
        "Choice of options and providers",
        "Will people have a choice, of what they get and of who gives it?",
    ),
    Item(
        "specifications",
        "Clear service specifications",
        "Does it say clearly what a service is for and what should come of it?",
    ),
)

GOVERNANCE = _step(
    "governance",
    "Governance",
    "Six things to settle, so that care stays safe and somebody answers for it.",
    "do",
    Item(
        "reporting",
        "Reporting lines",
        "Is it clear who reports to whom, among clinicians and managers?",
    ),
    Item(
        "monitoring",
        "Monitoring and evaluation",
        "Is it settled who looks at how it goes, and how often?",
    ),
    Item("accountability", "Accountability", "Is it clear who answers for it in the end?"),
    Item("safety", "Safety", "Is it settled how harm is prevented, and told of when it happens?"),
    Item(
        "complaints", "Complaints", "Do people know how to complain, and does something come of it?"
    ),
    Item(
        "training",
        "Training and development",
        "Do staff get the training that they need for this?",
    ),
)

LEARNING = _step(
    "learning-locally",
    "Learning from local experience",
    "Look back before you begin again. Six questions.",
    "review",
    Item("data", "Data on last year", "Have we looked at the figures of last year?"),
    Item(
        "framework",
        "Review of the assurance framework",
        "Have we looked at how we ourselves did?",
        "In 2009 that was world class commissioning. Today, whatever you are judged by.",
    ),
    Item(
        "outcomes",
        "Outcomes against contracts",
        "Have we held what came of it against contracts and targets?",
    ),
    Item(
        "worked",
        "What worked, and what did not",
        "Have we written down what worked and what was hard?",
    ),
    Item(
        "dialogue",
        "Dialogue with providers and users",
        "Have we talked it over with those who provide and those who use services?",
    ),
    Item(
        "practice",
        "Best practice and outcomes",
        "Have we compared ourselves with what works best elsewhere?",
    ),
)

REVIEW = _step(
    "review",
    "Review",
    "Two things without which a review changes nothing.",
    "review",
    Item(
        "monitor",
        "Effectiveness, quality and standards",
        "Do we watch whether it works, how good it is and whether it keeps to standards?",
    ),
    Item(
        "feed",
        "Findings go into future planning",
        "Does what we found go into the next plans?",
        "Findings of a review are carried into the next cycle by themselves.",
    ),
)

STEPS = (STOCK_TAKE, INVOLVEMENT, INTEGRATE, STRATEGY, MARKET, GOVERNANCE, LEARNING, REVIEW)
