"""Values-based work itself, improvement, and a table for objectives of one's own."""

from evidence.frameworks.shape import About, Era, Framework, Item, Kind

VALUES_BASED = Framework(
    key="values-based",
    name="Is this programme values-based?",
    purpose=(
        "Guidance of 2014 asks that mental health care is bought on three equal parts: what "
        "service users and carers say, what clinicians know, and what the evidence shows. Ten "
        "questions of ours that show whether a programme does."
    ),
    kind=Kind.CHECKLIST,
    era=Era.IN_USE,
    about=About.CYCLE,
    publisher="Questions of this service, after the Joint Commissioning Panel for Mental Health",
    year=2014,
    source="Guidance for implementing values-based commissioning in mental health (2014)",
    is_ours=True,
    items=(
        Item(
            "not_alone",
            "Nobody sits alone",
            "Do at least two service users sit on the panel, and carers too?",
        ),
        Item(
            "leave",
            "Free to step away",
            "Can anybody step away without giving a reason, and come back?",
        ),
        Item(
            "understood",
            "The problem is understood together",
            "Did everybody have a say in what the problem is, before there were options?",
        ),
        Item(
            "values",
            "Values are named",
            "Have we agreed what matters to us, and do we use it when we decide?",
        ),
        Item(
            "equal",
            "Three equal parts",
            "Do service users and carers, clinicians and the evidence count the same?",
        ),
        Item(
            "every_stage",
            "At every stage",
            "Do service users and carers have a part in every stage, also in doing and reviewing?",
        ),
        Item(
            "experience",
            "Experience counts as knowledge",
            "Do we take what people lived through as seriously as studies and figures?",
        ),
        Item(
            "dissent",
            "Dissent is kept",
            "Is it written down, in their own words, where somebody saw it differently?",
        ),
        Item(
            "why",
            "Reasons are given",
            "Can everybody read what was decided and why?",
        ),
        Item(
            "answered",
            "Everybody hears back",
            "Does everybody who said something hear what became of it?",
        ),
    ),
)

ELEMENTS = Framework(
    key="values-elements",
    name="Which parts of values-based practice did we use?",
    purpose=(
        "Values-based practice can be used in many mixtures, and each works differently. Write "
        "down which parts you used in this cycle, and at the review what each did."
    ),
    kind=Kind.CHECKLIST,
    era=Era.IN_USE,
    about=About.CYCLE,
    publisher="Collaborating Centre for Values-based Practice; the list is put together by us",
    year=None,
    source="Policy and service development, page of the Collaborating Centre",
    is_ours=True,
    takes_own_items=True,
    asks_effect=True,
    items=(
        Item(
            "recognition",
            "Recognition",
            "Did we look out for the values in what people said and did?",
            "Values are at work in everything, also in figures.",
        ),
        Item(
            "awareness",
            "Raised awareness",
            "Did we take time to find out what matters to each of us?",
        ),
        Item(
            "respect",
            "Respect",
            "Did we agree how to treat each other when we do not agree?",
        ),
        Item(
            "shared_values",
            "A framework of shared values",
            "Did we agree on values together, and decide by them?",
        ),
        Item(
            "participation",
            "Active participation of service users and carers",
            "Did service users and carers take an active part, also in saying what the problem is?",
            "The first of three keys to a shared approach (2008).",
        ),
        Item(
            "disciplines",
            "People from several disciplines",
            "Did people from different professions bring in how they see it?",
            "The second of three keys.",
        ),
        Item(
            "strengths",
            "Strengths and hopes",
            "Did we ask about strengths and hopes as well as about problems?",
            "The third of three keys.",
        ),
        Item(
            "evidence",
            "Evidence beside values",
            "Did we use what is known from studies and figures together with what matters?",
        ),
    ),
)

INGREDIENTS = Framework(
    key="valued-care",
    name="Valued care in mental health: nine ingredients",
    purpose=(
        "What services need to keep becoming better, in an order that means something: experts by "
        "experience come first. There is no single right way, so you can add your own below."
    ),
    kind=Kind.CHECKLIST,
    era=Era.IN_USE,
    about=About.ORGANISATION,
    publisher="A group of mental health trusts in England",
    year=None,
    source="Valued care in mental health model; the numbers are ours",
    takes_own_items=True,
    items=(
        Item(
            "experts",
            "Experts by experience",
            "Do people who use services, carers and families have a part in all that we improve?",
            "How far is the care that people get from the care they hope for?",
        ),
        Item(
            "national",
            "Understanding the national picture",
            "Do we know what national policy wants, and what help there is for it?",
        ),
        Item(
            "local",
            "Understanding the local area",
            "Do we know how people live here, what they need now, and what they will need?",
            "Also who is worse off than others, and who could help.",
        ),
        Item(
            "culture",
            "Culture and leadership",
            "Can people speak openly, try things, and learn from mistakes without blame?",
            "Leaders support, leave room within clear bounds, and answer for it.",
        ),
        Item(
            "business",
            "Holistic understanding of business and managing resources",
            "Do we see all of our means together?",
            "People, money, buildings and things, and what cannot be touched, such as trust.",
        ),
        Item(
            "method",
            "Improvement approach or methodology",
            "Do we have a way of improving that everybody knows?",
            "It plans quality, keeps an eye on it, and goes together with clinical audit.",
        ),
        Item(
            "safety",
            "Patient safety",
            "Do we make care safer, and see new dangers early?",
        ),
        Item(
            "digital",
            "Digitalisation",
            "Do we use digital help where it is good for people, and look out for its risks?",
        ),
        Item(
            "innovation",
            "Innovation",
            "Do we try what is new, and look out for its risks?",
        ),
    ),
)

OBJECTIVES = Framework(
    key="objectives",
    name="Objectives, levers and evidence",
    purpose=(
        "A table for any strategy: what it wants, what moves that, and what is known about it. The "
        "dementia strategy of 2009 was worked through like this, objective by objective."
    ),
    kind=Kind.MATRIX,
    era=Era.IN_USE,
    about=About.CYCLE,
    publisher="Shape of the Joint Commissioning Framework for dementia (Department of Health)",
    year=2009,
    source=(
        "Commissioning Friend for Mental Health Services (December 2009), section 2.2.3: 17 "
        "objectives, the levers for each, and a summary of the evidence"
    ),
    stages=("plan", "do"),
    takes_own_items=True,
    items=(),
)

PRACTICE = (VALUES_BASED, ELEMENTS, INGREDIENTS, OBJECTIVES)
