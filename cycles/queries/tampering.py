"""Whether every rating is as it was recorded. `manage.py verify` prints what is found.

The audit, whose own chain shows when it was changed, keeps a digest of each rating: over every
column that never changes, with a salt that stands in the row. So the digest gives nothing away
without the row, and the row cannot be changed without the digest.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import Any

from django.db.models import Exists, OuterRef

from cycles.enums import BallotMethod
from cycles.models import OptionInterest, Rating
from vbc.core.models import AuditEntry

RECORDED, RANKED = "rating.recorded", "ranking.recorded"
REASON_RELEASED, REASON_TAKEN_BACK = "rating.reason_released", "rating.reason_taken_back"
CHUNK = 2000

# By two keys, the moments at which something ended what had been given before.
Moments = dict[tuple[int, int], set[datetime]]


@dataclass(frozen=True)
class Written:
    """What one entry of the audit says of one rating."""

    sequence: int
    option: str
    round: str
    receipt: str
    # Empty in entries from before there were digests.
    digest: str


@dataclass(frozen=True)
class Ends:
    """What ends a rating beside a later one of the same option: its author declaring an interest
    (by person and option), and a new order of the place as a whole (by place and round)."""

    interests: Moments
    orders: Moments

    def ended(self, row: Rating) -> bool:
        at = row.superseded_at
        # A moment before its own is none: the row would have ended itself.
        return (at is not None and at > row.given_at) and (
            at in self.interests[row.seat.user_id, row.option_id]
            or at in self.orders[row.place_id, row.round_id]
        )


def digest_of(rating: Rating) -> str:
    """The digest of every column of the rating that never changes, and of its salt."""
    given: datetime = rating.given_at
    columns = [
        rating.salt,
        rating.public_id,
        rating.round_id,
        rating.option_id,
        rating.place_id,
        rating.seat_id,
        rating.perspective,
        rating.value,
        rating.rank,
        rating.vote,
        rating.reason,
        rating.receipt,
        given.astimezone(UTC).isoformat(timespec="microseconds"),
        rating.entered_by_id,
    ]
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def faults() -> Iterator[str]:
    """Name every rating that is not as it was recorded; nothing when all are."""
    written, broken = _written()
    yield from broken
    released = _reasons_released()
    ends = Ends(_interests(), _orders())
    ratings = (
        Rating.objects.select_related("option", "round", "seat")
        .order_by("round_id", "option_id", "place_id", "pk")
        .iterator(chunk_size=CHUNK)
    )
    seen: set[str] = set()
    for _, group in groupby(
        ratings, key=lambda each: (each.round_id, each.option_id, each.place_id)
    ):
        rows = list(group)
        seen.update(row.public_id for row in rows)
        for row in rows:
            yield from _wrong_in(row, written.get(row.public_id, []), released)
        yield from _wrong_order(rows, ends)
    for public_id, entries in written.items():
        if public_id not in seen:
            yield f"Rating {public_id}: it is gone. Audit entry {entries[0].sequence} recorded it."


def _wrong_in(row: Rating, entries: list[Written], released: dict[str, bool]) -> Iterator[str]:
    """What is wrong with one row by itself."""
    name = f"Rating {row.public_id}"
    if not entries:
        yield f"{name}: the audit does not know it."
        return
    if len(entries) > 1:
        yield f"{name}: the audit recorded it {len(entries)} times."
    entry = entries[0]
    if entry.digest:
        is_whole = digest_of(row) == entry.digest
    else:
        # From before there were digests: what can be compared is.
        known = (row.option.public_id, row.round.public_id, row.receipt)
        is_whole = not row.salt and known == (entry.option, entry.round, entry.receipt)
    if not is_whole:
        yield f"{name}: it was changed after audit entry {entry.sequence} recorded it."
    if (row.reason_released_at is not None) != released.get(row.public_id, False):
        yield f"{name}: whether its reason is shown is not what its author chose."


def _wrong_order(rows: list[Rating], ends: Ends) -> Iterator[str]:
    """What is wrong with how the ratings of one place, option and round took each other's place."""
    for row, later in pairwise(rows):
        name = f"Rating {row.public_id}"
        if row.superseded_at is None:
            yield f"{name}: it counts, although a later one took its place."
        elif row.superseded_at != later.given_at and not ends.ended(row):
            yield f"{name}: it stopped counting at another moment than the next one was given."
    last = rows[-1]
    if last.superseded_at is not None and not ends.ended(last):
        yield f"Rating {last.public_id}: it does not count, and no later one took its place."


def _written() -> tuple[dict[str, list[Written]], list[str]]:
    """What the audit says of ratings, by rating; and its entries that no longer say it."""
    written: dict[str, list[Written]] = defaultdict(list)
    broken = []
    entries = AuditEntry.objects.filter(verb__in=(RECORDED, RANKED)).select_related("content")
    for entry in entries.iterator(chunk_size=CHUNK):
        content = getattr(entry, "content", None)
        if content is None:
            broken.append(f"Audit entry {entry.sequence}: what it says of ratings is gone.")
            continue
        for each in _each_in(entry, content.data):
            written[each["rating"]].append(
                Written(
                    sequence=entry.sequence,
                    option=each["option"],
                    round=each["round"],
                    receipt=each["receipt"],
                    digest=each.get("digest", ""),
                )
            )
    return written, broken


def _each_in(entry: AuditEntry, data: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """An entry is about one rating, or about all of a ranking."""
    if entry.verb == RECORDED:
        return [{"rating": entry.object_id, **data}]
    return [{"round": data["round"], **each} for each in data["ratings"]]


def _reasons_released() -> dict[str, bool]:
    """Whether the author's last word on showing a reason was yes, by rating."""
    entries = AuditEntry.objects.filter(
        verb__in=(REASON_RELEASED, REASON_TAKEN_BACK), object_type=Rating._meta.label
    ).order_by("sequence")
    return {
        public_id: verb == REASON_RELEASED
        for public_id, verb in entries.values_list("object_id", "verb")
    }


def _interests() -> Moments:
    """When people declared interests, by person and option; only what the audit knows."""
    declared = AuditEntry.objects.filter(
        verb="option_interest.declared",
        object_type=OptionInterest._meta.label,
        object_id=OuterRef("public_id"),
    )
    moments: Moments = defaultdict(set)
    for person, option, at in OptionInterest.objects.filter(Exists(declared)).values_list(
        "seat__user_id", "option_id", "declared_at"
    ):
        moments[person, option].add(at)
    return moments


def _orders() -> Moments:
    """When orders were given, by place and round. Each of their ratings is checked by itself."""
    moments: Moments = defaultdict(set)
    given = Rating.objects.filter(round__decision__method=BallotMethod.RANKING)
    for place, round_, at in given.values_list("place_id", "round_id", "given_at"):
        moments[place, round_].add(at)
    return moments
