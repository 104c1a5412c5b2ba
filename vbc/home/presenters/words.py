"""The words that this service cannot do without, each in a sentence or two."""

WORDS: tuple[tuple[str, str], ...] = (
    ("Action", "Something that somebody has agreed to do by a date, because of a decision."),
    (
        "Appraisal",
        "What the evidence reviewers make of the research about an option, and how sure it is.",
    ),
    ("Baseline", "Where we started: the figure before anything was changed."),
    ("Carer", "Someone who looks after or supports a friend or relative, without being paid."),
    ("Chair", "The person who leads a panel's talk. Anyone on the panel can be asked to."),
    ("Commissioning", "Deciding which services there should be, paying for them, and checking."),
    ("Commissioner", "Someone whose work that is, in an NHS body or a council."),
    ("Cycle", "One time round: find out what is needed, decide, do it, look whether it worked."),
    ("Equality impact assessment", "Looking whether a plan would be worse for some than others."),
    ("Evidence", "What research and figures show."),
    (
        "Evidence reviewer",
        "Someone who reads research, judges how far it can be trusted, and signs that judgement.",
    ),
    ("ICB", "Integrated care board: the NHS body that commissions services in an area."),
    ("JSNA", "Joint strategic needs assessment: what people in an area need, written down."),
    ("Option", "One of the things the panel could choose."),
    ("Outcome", "What changed for people."),
    ("Panel", "The group that decides together. It always has at least two service users."),
    (
        "Pillar",
        "One of three kinds of knowledge that count the same: that of service users and carers, "
        "clinical expertise, and evidence.",
    ),
    ("Rating", "A number from 1 to 9 for how right an option is, or “I choose not to score”."),
    ("Round", "A time in which people rate. Nobody sees a rating before it closes."),
    ("Seat", "A person's part in a panel."),
    ("Service user", "Someone who uses mental health services, or has used them."),
    ("Strategy", "The plan: what will be done, what will not, and why."),
)
