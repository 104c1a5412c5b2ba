"""National policy that an organisation's work is held against. The words of the questions are ours.

Facts: the Commissioning Friend for Mental Health Services (December 2009), in the sections named.
"""

from evidence.frameworks.shape import FRIEND, FRIEND_BY, About, Era, Framework, Item, Kind

_DH = "Department of Health"


def _section(number: str) -> str:
    return f"{FRIEND} (December 2009), section {number}"


PUTTING_PEOPLE_FIRST = Framework(
    key="putting-people-first",
    name="Putting People First",
    purpose=(
        "Four things that every council's social care was to have by March 2011. They are about "
        "people running their own care."
    ),
    kind=Kind.CHECKLIST,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher=_DH,
    year=2007,
    source=_section("2.1.4"),
    items=(
        Item(
            "budgets",
            "Personal budgets",
            "Can people have a personal budget that follows what they need?",
        ),
        Item(
            "prevention",
            "From reaction to prevention",
            "Do we spend more on keeping people well, and wait less for a crisis?",
        ),
        Item(
            "information",
            "Information and advice for all",
            "Can every service user and carer get information and advice?",
            "Also people who pay for their care themselves.",
        ),
        Item(
            "self_assessment",
            "Greater self-assessment",
            "Can people say themselves what they need, and does it count?",
        ),
    ),
)

OLDER_PEOPLE = Framework(
    key="older-people-standard-7",
    name="National Service Framework for Older People: standard 7",
    purpose=(
        "The seventh of eight standards of March 2001: older people with mental health problems "
        "can get joined-up mental health services, from the NHS and councils, for themselves and "
        "their carers. We split it into what it promises."
    ),
    kind=Kind.CHECKLIST,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher=_DH,
    year=2001,
    source=_section("2.2.2"),
    items=(
        Item(
            "integrated",
            "Integrated services",
            "Can older people get mental health help that is joined up?",
        ),
        Item(
            "both",
            "Provided by the NHS and councils",
            "Do the NHS and the council give it together?",
        ),
        Item(
            "diagnosis",
            "Effective diagnosis",
            "Do older people find out in good time what is wrong?",
        ),
        Item(
            "treatment",
            "Effective treatment and support",
            "Do they then get treatment and support that work?",
        ),
        Item(
            "carers",
            "For their carers too",
            "Do their carers get support as well?",
        ),
    ),
)

GREEN_PAPER = Framework(
    key="shaping-care-2009",
    name="Green Paper on care and support: six expectations",
    purpose=(
        "Six things that everybody should be able to expect of care and support, as a government "
        "paper of 2009 put it. Look at your plans in the light of each."
    ),
    kind=Kind.LENS,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher="HM Government",
    year=2009,
    source=_section("2.3.5"),
    items=(
        Item(
            "prevention",
            "Prevention services",
            "Do people get the right help early, to stay well and independent?",
        ),
        Item(
            "assessment",
            "National assessment",
            "Are needs looked at in the same way wherever people live?",
        ),
        Item(
            "joined_up",
            "Joined-up services",
            "Do services work together, so that people tell their story once?",
        ),
        Item(
            "information",
            "Information and advice",
            "Can people find their way through care and support?",
        ),
        Item(
            "personalised",
            "Personalised care and support",
            "Does care fit each person, and do they have a say in it?",
        ),
        Item(
            "funding",
            "Fair funding",
            "Is money spent well, and do people get help with what care costs?",
        ),
    ),
)

_SIX = "Six implications"
SCIE = Framework(
    key="personalisation-scie",
    name="What personalisation means for commissioners",
    purpose=(
        "Six things that change for those who buy care when people run their own. One more stands "
        "beside them: money that no longer passes through our hands."
    ),
    kind=Kind.LENS,
    era=Era.IN_USE,
    about=About.ORGANISATION,
    publisher="Social Care Institute for Excellence",
    year=None,
    source=_section("3.2"),
    items=(
        Item(
            "balance",
            "The right balance of investment",
            "Is our money rightly shared out between preventing, treating and supporting?",
            group=_SIX,
        ),
        Item(
            "market",
            "Shape the market",
            "Are there services here that people would choose?",
            group=_SIX,
        ),
        Item(
            "information",
            "Access to information and advice",
            "Can people find out what there is, and get advice on it?",
            group=_SIX,
        ),
        Item(
            "co_production",
            "Co-production in design, delivery and evaluation",
            "Are services planned, given and judged together with those who use them?",
            group=_SIX,
        ),
        Item(
            "partnerships",
            "Local partnerships for range",
            "Do we work with others here, so that there is more to choose from?",
            group=_SIX,
        ),
        Item(
            "inclusion",
            "Social inclusion and community development",
            "Do we help people to be part of the place they live in?",
            group=_SIX,
        ),
        Item(
            "disaggregation",
            "Disaggregation of resources",
            "Do we show separately the money that others spend, and that we do not hold?",
            "We no longer hold all of the money. What we can do is inform providers and influence "
            "them.",
            group="Beside the six",
        ),
    ),
)

NINE_FACTORS = Framework(
    key="nine-factors",
    name="Nine factors behind commissioning",
    purpose=(
        "Nine things that bear on what can be bought here and how. Go through them before you "
        "plan, so that none surprises you later."
    ),
    kind=Kind.TOPICS,
    era=Era.IN_USE,
    about=About.ORGANISATION,
    publisher=FRIEND_BY,
    year=2009,
    source=_section("4.1"),
    items=(
        Item(
            "wcc",
            "World class commissioning",
            "Do we know how those who buy care are judged today?",
            "The scheme of 2009 is over. What is asked of you now?",
        ),
        Item(
            "policy",
            "Policy context",
            "Do we know which national policy applies here?",
        ),
        Item(
            "resources",
            "Finite resources",
            "Do we know how much there is to spend, and on what it goes now?",
        ),
        Item(
            "performance",
            "Performance requirements",
            "Do we know which targets we are held to?",
        ),
        Item(
            "workforce",
            "A skilled workforce",
            "Are there enough people with the right skills for what we plan?",
        ),
        Item(
            "personalisation",
            "Personalisation",
            "Will people be able to shape their own care?",
        ),
        Item(
            "stigma",
            "Stigma and discrimination",
            "Do we do something about how people with mental health problems are treated?",
            "Look first at those who discriminate.",
        ),
        Item(
            "choice",
            "Choice",
            "Will people have a real choice?",
        ),
        Item(
            "involvement",
            "Service user and carer involvement",
            "Do service users and carers have a part in every step?",
        ),
    ),
)

RACE_EQUALITY = Framework(
    key="race-equality-2005",
    name="Delivering Race Equality: three building blocks",
    purpose=(
        "A five-year plan from 2005 for fair mental health care for people from minority ethnic "
        "communities. It followed the inquiry into the death of David Bennett."
    ),
    kind=Kind.LENS,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher=_DH,
    year=2005,
    source=_section("2.4.2"),
    also_known_as=("DRE",),
    items=(
        Item(
            "services",
            "More appropriate and responsive services",
            "Do people of every background get help that fits them and answers to them?",
        ),
        Item(
            "community",
            "Community engagement",
            "Do we work with communities, and with people who come from them?",
            "The plan counted on 500 community development workers in England.",
        ),
        Item(
            "information",
            "Better information",
            "Do we know, by ethnic group, who uses services and what comes of it?",
            "The plan asked to monitor it, and for a regular count.",
        ),
    ),
)

DEPRIVATION_OF_LIBERTY = Framework(
    key="deprivation-of-liberty",
    name="Deprivation of Liberty Safeguards: what commissioners need",
    purpose=(
        "Three things to have in place for people in hospitals and care homes who cannot agree to "
        "being kept there. The safeguards began on 1 April 2009; check what the law says today."
    ),
    kind=Kind.CHECKLIST,
    era=Era.IN_USE,
    about=About.ORGANISATION,
    publisher="Mental Capacity Act 2005",
    year=2009,
    source=_section("2.3.3"),
    also_known_as=("DOLS",),
    items=(
        Item(
            "contracts",
            "Robust contractual arrangements",
            "Do our contracts say what hospitals and care homes have to do?",
            "They are called managing authorities.",
        ),
        Item(
            "assessors",
            "Enough trained assessors",
            "Are there enough people who are trained to assess?",
        ),
        Item(
            "systems",
            "Systems to co-ordinate",
            "Does somebody keep track of each assessment, and of when a permission is looked at "
            "again?",
            "The body that gives the permission is called the supervisory body.",
        ),
    ),
)

OPERATING_FRAMEWORK = Framework(
    key="operating-framework",
    name="NHS Operating Framework: four challenges",
    purpose=(
        "Each year this paper set out the priorities, the system, the money, the business rules "
        "and the timetable of the health service. Four challenges stood behind it."
    ),
    kind=Kind.LENS,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher=_DH,
    year=2009,
    source=_section("6.2"),
    items=(
        Item(
            "priorities",
            "National priorities",
            "Do our plans do what was promised to everybody in the country?",
        ),
        Item(
            "invest",
            "Invest wisely to prepare for efficiency",
            "Do we spend now in a way that makes leaner years bearable?",
        ),
        Item(
            "enablers",
            "Strategic enablers for regional visions, with quality at the centre",
            "Is what the region wants possible here, and does quality come first?",
        ),
        Item(
            "evidence",
            "New ways of working and leading, on evidence for large-scale change",
            "Do we try new ways of working, and go by what is known about big changes?",
        ),
    ),
)

REPRESENTATION = Framework(
    key="where-mental-health-stands",
    name="Where mental health stands in partners' plans",
    purpose=(
        "Mental health is easily left out where others plan. Five places of 2009 in which it was "
        "to have its part; add those of today."
    ),
    kind=Kind.CHECKLIST,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher=FRIEND_BY,
    year=2009,
    source=_section("1"),
    takes_own_items=True,
    items=(
        Item(
            "jsna",
            "Joint strategic needs assessment",
            "Does the needs assessment of council and NHS speak of mental health?",
        ),
        Item(
            "laa",
            "Local Area Agreement",
            "Is mental health in what councils and partners agreed with the government?",
        ),
        Item(
            "lsp",
            "Local Strategic Partnership",
            "Does the partnership of the area speak of mental health?",
        ),
        Item(
            "boards",
            "Joint commissioning boards",
            "Is mental health on the table where health and social care buy together?",
        ),
        Item(
            "pbc",
            "Practice-based commissioning consortia",
            "Do the GP practices that buy together plan for mental health?",
        ),
    ),
)

NATIONAL = (
    SCIE,
    NINE_FACTORS,
    DEPRIVATION_OF_LIBERTY,
    PUTTING_PEOPLE_FIRST,
    OLDER_PEOPLE,
    GREEN_PAPER,
    RACE_EQUALITY,
    OPERATING_FRAMEWORK,
    REPRESENTATION,
)
