"""What to think of where a cycle is about one sort of people. The questions are ours."""

from evidence.frameworks.shape import About, Era, Framework, Item, Kind

JUSTICE = Framework(
    key="justice-pack",
    name="People in contact with the justice system",
    purpose=(
        "Lord Bradley's review of 2009 asked for mental health teams for the justice system in "
        "every place, and for ways that lead people from court to care. These questions follow a "
        "person along that way. The guidance library has the review, and ten tips for boards."
    ),
    kind=Kind.TOPICS,
    era=Era.IN_USE,
    about=About.CYCLE,
    publisher="Department of Health",
    year=2009,
    source="The Bradley Report (2009)",
    stages=("analyse", "plan"),
    is_ours=True,
    items=(
        Item(
            "teams",
            "A mental health team for the justice system",
            "Is there a team here that works with police, courts, prison and probation?",
            "Asked for in every place.",
        ),
        Item(
            "police",
            "With the police",
            "When the police meet somebody who is unwell, can they reach help at any hour?",
        ),
        Item(
            "court",
            "From court to care",
            "Can a court see early who is unwell, and send them to care instead of prison?",
        ),
        Item(
            "prison",
            "In prison",
            "Do people in prison get the same help as everybody else?",
        ),
        Item(
            "after",
            "On the way out",
            "On the day somebody leaves prison, do they have a home, a doctor and a next date?",
        ),
        Item(
            "learning_disability",
            "People with a learning disability",
            "Does somebody notice a learning disability, and say things so that they are clear?",
            "The review was about them as much as about mental health.",
        ),
        Item(
            "voices",
            "Those who have been there",
            "Have we heard people who went this way, and those who care for them?",
        ),
    ),
)

TOPIC_PACKS = (JUSTICE,)
