"""What an organisation measures itself against, once a year."""

from evidence.frameworks.shape import FRIEND, About, Era, Framework, Item, Kind

_DOMAINS = (
    Item(
        "better_outcomes",
        "Better outcomes",
        "Do people here live better because of what we buy?",
        "Look at what became better for people, and not only at what was done.",
    ),
    Item(
        "competencies",
        "Competencies",
        "Are we good at the work of deciding and buying?",
        "The eleven competencies have a page of their own.",
    ),
    Item(
        "governance",
        "Governance",
        "Is it clear who decides what, and who checks it?",
        "Who answers to whom, and who steps in when something goes wrong.",
    ),
)

WCC_ASSURANCE = Framework(
    key="wcc-assurance",
    name="World class commissioning: three domains",
    purpose=(
        "How the health service of 2009 judged those who buy care, every year, in three parts. It "
        "wanted to “add life to years and years to life”: to prevent illness and help people be "
        "well, as well as to treat them."
    ),
    kind=Kind.SELF_ASSESSMENT,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher="Department of Health",
    year=2009,
    source=f"{FRIEND} (December 2009), sections 2.1.1 and 6.1",
    items=_DOMAINS,
    also_known_as=("WCC assurance framework",),
)

_COMPETENCIES = (
    Item(
        "1",
        "Locally lead the NHS",
        "Do people here know us as those who speak up for the health of this place?",
    ),
    Item(
        "2",
        "Work with community partners",
        "Do we plan together with the council, charities and others who help people here?",
    ),
    Item(
        "3",
        "Engage with public and patients",
        "Do people who use services, carers and the public shape what we do, and hear what came "
        "of it?",
    ),
    Item(
        "4",
        "Collaborate with clinicians",
        "Do those who give care have a hand in planning it and making it better?",
    ),
    Item(
        "5",
        "Manage knowledge and assess needs",
        "Do we know who needs what here, now and in years to come, and how sure that is?",
    ),
    Item(
        "6",
        "Prioritise investment",
        "Do we choose what comes first by what people need, and say why?",
    ),
    Item(
        "7",
        "Stimulate the market",
        "Is there a choice of good providers, also of those that are not there yet?",
    ),
    Item(
        "8",
        "Promote improvement and innovation",
        "Do we help services to become better and to try new things?",
    ),
    Item(
        "9",
        "Secure procurement skills",
        "Are our contracts sound, and do we know how to buy well?",
    ),
    Item(
        "10",
        "Manage the local health system",
        "Do we look at how each service does, and act with it when it falls short?",
    ),
    Item(
        "11",
        "Efficiency and effectiveness of spend",
        "Is our money spent where it helps most, and within what we have?",
        also_known_as="Make sound financial investments",
    ),
)

WCC_COMPETENCIES = Framework(
    key="wcc-competencies",
    name="World class commissioning: eleven competencies",
    purpose=(
        "Eleven things that those who buy care should be good at, as the health service of 2009 "
        "saw it. Each was looked at once a year, so that one could see what changed."
    ),
    kind=Kind.SELF_ASSESSMENT,
    era=Era.HISTORIC,
    about=About.ORGANISATION,
    publisher="Department of Health",
    year=2009,
    source=f"{FRIEND} (December 2009), section 6.1; the second name of no. 11 in sections 4 and 5",
    items=_COMPETENCIES,
    also_known_as=("WCC competencies",),
)

_CAPABILITIES = (
    Item(
        "partnership",
        "Working in partnership",
        "Do we work with people who use services, their families and colleagues as partners?",
        "Also when we do not agree.",
    ),
    Item(
        "diversity",
        "Respecting diversity",
        "Do we respect each person for who they are, and fit what we do to them?",
        "Age, background, faith, sex, disability, and whom people love.",
    ),
    Item(
        "ethics",
        "Practising ethically",
        "Do we see the power we have over people, and use it openly and fairly?",
        "Rights, dignity, and what the law and our professions ask.",
    ),
    Item(
        "inequality",
        "Challenging inequality",
        "Do we act against stigma, unfair treatment and people being left out?",
    ),
    Item(
        "recovery",
        "Promoting recovery",
        "Does what we buy give people hope, and help them to live the life they want?",
        "Also with an illness that stays.",
    ),
    Item(
        "needs_strengths",
        "Identifying people's needs and strengths",
        "Do we ask what people can do and hope for, as well as what is wrong?",
    ),
    Item(
        "centred",
        "Providing service user centred care",
        "Does care follow what the person and their family want from it?",
        "Goals that they set, and that somebody looks after.",
    ),
    Item(
        "difference",
        "Making a difference",
        "Do people get help that is known to work and that fits what matters to them?",
        "What is known and what matters to people count together.",
    ),
    Item(
        "safety",
        "Promoting safety and positive risk taking",
        "Do people decide with us which risks are worth taking, and how to stay safe?",
    ),
    Item(
        "learning",
        "Personal development and learning",
        "Do we keep learning, also from people who use services?",
    ),
)

TEN_CAPABILITIES = Framework(
    key="ten-capabilities",
    name="Ten Essential Shared Capabilities",
    purpose=(
        "Ten things that everybody who works in mental health should bring along, whatever their "
        "job. Those who buy care were asked to measure themselves against them too."
    ),
    kind=Kind.SELF_ASSESSMENT,
    era=Era.IN_USE,
    about=About.ORGANISATION,
    publisher="Department of Health",
    year=2004,
    source=f"{FRIEND} (December 2009), appendix 3",
    items=_CAPABILITIES,
    also_known_as=("Ten ESCs",),
)

LIVING_VALUES = Framework(
    key="living-values",
    name="How well do we live our values?",
    purpose=(
        "Values on paper are not enough: people should see them in what we do. A few questions "
        "that show how far we are, and where to begin."
    ),
    kind=Kind.SELF_ASSESSMENT,
    era=Era.IN_USE,
    about=About.ORGANISATION,
    publisher="Questions of this service, after the NHS Institute for Innovation and Improvement",
    year=2009,
    source=(
        "Living our Local Values (2008 to 2009) had such a tool; its questions are not known to us"
    ),
    is_ours=True,
    items=(
        Item(
            "known",
            "Known",
            "Can staff, patients and the public say what our values are?",
            "If not: begin by finding out what matters to people here.",
        ),
        Item(
            "fresh",
            "Up to date",
            "Do our values still say what matters to people today?",
            "If not: look at them anew, with those they are for.",
        ),
        Item(
            "staff",
            "Lived with each other",
            "Do staff see our values in how they are treated at work?",
            "If not: talk with teams about a day when it went well and one when it did not.",
        ),
        Item(
            "patients",
            "Lived with patients",
            "Do patients and carers see our values in how they are treated?",
            "If not: hear their stories, and agree what people should see.",
        ),
        Item(
            "public",
            "Lived in public",
            "Can the public see our values in what we decide?",
            "If not: say with each decision which value it follows.",
        ),
        Item(
            "decisions",
            "Used to decide",
            "Do we use our values when it is hard to decide, and say so?",
            "If not: link each decision to the values that bear on it.",
        ),
    ),
)

ASSESSMENTS = (TEN_CAPABILITIES, LIVING_VALUES, WCC_COMPETENCIES, WCC_ASSURANCE)
