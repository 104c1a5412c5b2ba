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
    work = LinkGroup(
        "What the panel does",
        (
            Link("What is being worked on and decided", reverse("cycles:cycles")),
            _to(panel, "engagement", "Asking people, and what came of it"),
            _to(panel, "stakeholder-map", "Who is affected"),
        ),
    )
    ways = LinkGroup(
        "How the panel works",
        (
            _to(panel, "conditions", "What you can rely on"),
            _to(panel, "interests", "Interests that people have declared"),
            _to(panel, "panel-composition", "Who we are, in numbers"),
            Link("For whoever chairs", reverse("stakeholders:for-chairs")),
        ),
    )
    return [_of_the_reader(panel), work, ways] if seat is not None else [work, ways]


def _of_the_reader(panel: Panel) -> LinkGroup:
    part_hint = "What you speak from, who steps in for you, your card"
    return LinkGroup(
        "For you",
        (
            _to(panel, "your-part", "Your part", part_hint),
            _to(panel, "support-plan", "What helps you to take part", "And how to reach you"),
            Link(
                "Your money and support",
                reverse("stakeholders:my-support"),
                "What you are offered and paid, and quiet times",
            ),
            Link(
                "Getting started",
                reverse("stakeholders:induction"),
                "How this works, and your rights: about 10 minutes",
            ),
        ),
    )


def for_those_who_run_it(panel: Panel, *, invitations: int, manages: bool) -> list[LinkGroup]:
    """What whoever runs the panel can do; the organisation's staff can do more."""
    unanswered = f"{invitations} not answered yet" if invitations else ""
    people = [
        _to(panel, "invite", "Invite people", unanswered),
        _to(panel, "appoint-chair", "Change who chairs" if panel.chair_id else "Choose who chairs"),
    ]
    care = [
        _to(panel, "safeguarding-lead", "Who reads concerns"),
        _to(panel, "name-arranger", "Who arranges what people need"),
    ]
    itself = [_to(panel, "edit-panel", "Change the panel's name or purpose")]
    if manages:
        people += [
            _to(panel, "people", "People and terms"),
            _to(panel, "sign-in-letters", "Letters for people without e-mail"),
        ]
        care += [
            _to(panel, "who-chose-you", "Being in touch with members"),
            _to(panel, "panel-payments", "Payments"),
        ]
        itself += [
            _to(panel, "raise-minimum", "How many service users must be there"),
            _to(panel, "close-panel", "Close the panel"),
        ]
    groups = [
        LinkGroup("People", tuple(people)),
        LinkGroup("Looking after people", tuple(care)),
        LinkGroup("The panel itself", tuple(itself)),
    ]
    return [*groups, _of_the_organisation(panel)] if manages else groups


def _of_the_organisation(panel: Panel) -> LinkGroup:
    """What holds for all panels of the organisation."""
    organisation = panel.organisation
    return LinkGroup(
        f"All panels of {organisation.name}",
        (
            Link(
                "Young people on panels",
                reverse("stakeholders:organisation", args=[organisation.public_id]),
            ),
            Link(
                "Who reads concerns that belong to no panel",
                reverse("stakeholders:organisation-safeguarding", args=[organisation.public_id]),
            ),
        ),
    )


def _to(panel: Panel, name: str, text: str, hint: str = "") -> Link:
    return Link(text, reverse(f"stakeholders:{name}", args=[panel.public_id]), hint)
