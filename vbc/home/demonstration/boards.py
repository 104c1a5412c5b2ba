"""What came after a record: who signed it, how it was corrected, what the board answered; and a
decision that could not wait. All invented."""

from datetime import timedelta

from django.utils import timezone

from cycles.enums import BoardAnswerKind, SignatureKind
from cycles.models import Cycle, Decision
from cycles.queries.corrections import versions_of
from cycles.services import boards, corrections, signatures, urgent
from vbc.home.demonstration.people import Cast

BOARD = "The board of the South Yorkshire Demonstration ICB"


def tell(cast: Cast, decision: Decision) -> None:
    """A record that was corrected after somebody did not sign it, is sealed, and was accepted."""
    _sign_and_correct(cast, decision)
    boards.answer(
        decision,
        body=BOARD,
        met_on=timezone.localdate(),
        minute="item 9, minute 114",
        answer=BoardAnswerKind.ACCEPTED,
        why=(
            "The board heard that people chose a place they know, and that the evidence does not speak against it. It accepts the choice and asks to hear in a year how many came."
        ),
        by=cast["alex"],
    )


def tell_of_changes(cast: Cast, decision: Decision) -> None:
    """A record that two have signed as it was first written, and a board that thought twice."""
    for key in ("wren", "linnet"):
        signatures.sign(decision.record, version=0, kind=SignatureKind.SIGNED, by=cast[key])
    boards.answer(
        decision,
        body=BOARD,
        met_on=timezone.localdate() - timedelta(days=60),
        minute="item 4, minute 31",
        answer=BoardAnswerKind.REFUSED,
        why="There was no money left for this year.",
        by=cast["alex"],
    )
    boards.answer(
        decision,
        body=BOARD,
        met_on=timezone.localdate() - timedelta(days=20),
        minute="item 6, minute 58",
        answer=BoardAnswerKind.VARIED,
        what_changed="It starts with two places and not with four. The other two follow in spring.",
        why="Money for two was found after the panel asked again. The board thanks the panel for that.",
        by=cast["alex"],
    )


def tell_of_urgency(cast: Cast, cycle: Cycle) -> None:
    """Two decisions outside the panel: one that it has looked at, one that it has not."""
    today = timezone.localdate()
    first = urgent.enter(
        cycle,
        fields={
            "title": "Rent one room for another two months",
            "what_was_decided": "The room in the library is rented until the panel has decided.",
            "why_it_could_not_wait": "The rent ran out, and thirty people would have lost their place.",
            "legal_basis": "Standing orders, section 5.2: urgent decisions",
            "officer": cast["kim"],
            "decided_on": today - timedelta(days=80),
            "expires_on": today - timedelta(days=20),
        },
        by=cast["alex"],
    )
    urgent.review(
        first,
        reviewed_on=today - timedelta(days=60),
        what_the_panel_said="We would have done the same. Next time, please ring two of us before.",
        expected=first.version,
        by=cast["alex"],
    )
    urgent.enter(
        cycle,
        fields={
            "title": "Pay an interpreter until spring",
            "what_was_decided": "One interpreter is paid for two days a week.",
            "why_it_could_not_wait": "The one before stopped from one day to the next.",
            "legal_basis": "Standing orders, section 5.2: urgent decisions",
            "officer": cast["alex"],
            "decided_on": today - timedelta(days=6),
            "expires_on": today + timedelta(days=90),
        },
        by=cast["alex"],
    )


def _sign_and_correct(cast: Cast, decision: Decision) -> None:
    signatures.sign(
        decision.record,
        version=0,
        kind=SignatureKind.REFUSED,
        comment="It leaves out that some of us cannot leave the house.",
        by=cast["wren"],
    )
    first = versions_of(decision.record)[0]
    corrections.correct(
        decision.record,
        words={
            "reasons": f"{first.reasons} For people who cannot leave the house, help at home stays as it is."
        },
        why="A member did not sign, because those who cannot leave the house were left out.",
        expected=0,
        by=cast["alex"],
    )
    signatures.sign(decision.record, version=1, kind=SignatureKind.SIGNED, by=cast["wren"])
    signatures.sign(
        decision.record,
        version=1,
        kind=SignatureKind.SIGNED,
        shown_name="Linnet E.",
        by=cast["linnet"],
    )
