"""Where a reader can go from the page of a panel: each to what they may open, and no further."""

from dataclasses import dataclass

from django.urls import reverse

from stakeholders.models import Panel, Seat


@dataclass(frozen=True)
class Link:
    """A way on, and in a few words what is there."""

    text: str
    url: str
    hint: str = ""


@dataclass(frozen=True)
class LinkGroup:
    """Links that belong together, under a heading."""

    heading: str
    links: tuple[Link, ...]


def for_readers(panel: Panel, seat: Seat | None) -> list[LinkGroup]:
    """What is the reader's own first, then what the panel does, then how it works."""

    def to(name: str, text: str, hint: str = "") -> Link:
        return _to(panel, name, text, hint)

    yours = LinkGroup(
        "Yours",
        (
            to("your-part", "Your part", "What you speak from, who steps in for you, your card"),
            to("support-plan", "What helps you to take part", "And how you like to be reached"),
            Link(
                "Your money and reminders",
                reverse("stakeholders:my-support"),
                "What you are offered and paid, and quiet times",
            ),
            Link(
                "Start here",
                reverse("stakeholders:induction"),
                "What commissioning is, how this works, and your rights: about ten minutes",
            ),
        ),
    )
    work = LinkGroup(
        "What the panel does",
        (
            to("meetings", "Meetings"),
            Link("See what is being worked on and decided", reverse("cycles:cycles")),
            to("engagement", "Asking people, and what came of it"),
        ),
    )
    ways = LinkGroup(
        "How the panel works",
        (
            to("conditions", "What you can rely on"),
            to("stakeholder-map", "Who is affected"),
            to("interests", "Interests that people have declared"),
            to("panel-composition", "Who we are, in numbers that single nobody out"),
            Link("For whoever chairs", reverse("stakeholders:for-chairs")),
        ),
    )
    return [yours, work, ways] if seat is not None else [work, ways]


def for_those_who_run_it(panel: Panel, *, invitations: int, manages: bool) -> list[Link]:
    """What whoever runs the panel can do; the last ones are for the organisation's staff."""
    organisation = panel.organisation
    links = [
        _to(
            panel,
            "invite",
            "Invite people",
            f"{invitations} not answered yet" if invitations else "",
        ),
        _to(panel, "appoint-chair", "Change who chairs" if panel.chair_id else "Choose who chairs"),
        _to(panel, "edit-panel", "Change the panel's name or purpose"),
        _to(panel, "safeguarding-lead", "Who reads concerns"),
        _to(panel, "name-arranger", "Who arranges what people need"),
    ]
    if manages:
        links += [
            _to(panel, "panel-payments", "Payments"),
            _to(panel, "people", "People and terms"),
            _to(panel, "sign-in-letters", "Letters for people without e-mail"),
            _to(panel, "raise-minimum", "How many service users must be there"),
            _to(panel, "close-panel", "Close the panel"),
            Link(
                f"Settings of {organisation.name}",
                reverse("stakeholders:organisation", args=[organisation.public_id]),
                "Young people on panels",
            ),
            Link(
                f"Who reads concerns at {organisation.name}",
                reverse("stakeholders:organisation-safeguarding", args=[organisation.public_id]),
            ),
        ]
    return links


def _to(panel: Panel, name: str, text: str, hint: str = "") -> Link:
    return Link(text, reverse(f"stakeholders:{name}", args=[panel.public_id]), hint)
