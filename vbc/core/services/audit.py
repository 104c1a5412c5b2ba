"""The one door to the audit. Call `record` inside the act's own transaction, as its last step:
the head is the last lock of every lock order, so it is held as briefly as can be."""

import hashlib
import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Subquery
from django.utils import timezone

from vbc.core.models import AuditContent, AuditEntry, AuditHead, PersonSalt

GENESIS = "0" * 64


@transaction.atomic(savepoint=False)
def record(
    verb: str,
    thing: models.Model,
    *,
    by: Any,
    subject: Any = None,
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Add one link: `by` did `verb` to `thing`, about the person `subject`.

    `by` is None where the system itself acts. `data` must be plain JSON and holds no words that the
    product promises to forget elsewhere. An act whose entry fails is undone whole, so there is no
    savepoint; and the salts come with the head, which everybody waits for.
    """
    heads: Any = AuditHead.objects.select_for_update().annotate(
        actor_salt=_salt_of(by), subject_salt=_salt_of(subject)
    )
    head = heads.get(pk=1)
    salt = secrets.token_hex(32)
    content = data or {}
    entry = AuditEntry(
        sequence=head.sequence + 1,
        at=timezone.now(),
        organisation=_organisation_of(thing),
        verb=verb,
        object_type=thing._meta.label,
        object_id=str(getattr(thing, "public_id", None) or thing.pk),
        actor_pseudonym=pseudonym(by, head.actor_salt),
        subject_pseudonym=pseudonym(subject, head.subject_salt),
        content_digest=_digest(salt, _canonical(content)),
        previous_digest=head.digest,
    )
    entry.digest = entry_digest(entry)
    entry.save()
    AuditContent.objects.create(entry=entry, salt=salt, actor=by, data=content)
    AuditHead.objects.filter(pk=1).update(sequence=entry.sequence, digest=entry.digest)
    return entry


def pseudonym(person: Any, salt: str | None = None) -> str:
    """What stands for a person in the chain; empty for nobody. Their salt may be known already."""
    if person is None:
        return ""
    if salt is None:
        salt = PersonSalt.objects.get_or_create(
            user=person, defaults={"salt": secrets.token_hex(32)}
        )[0].salt
    return _digest(salt, person.public_id)


def _salt_of(person: Any) -> Subquery:
    return Subquery(PersonSalt.objects.filter(user=person).values("salt"))


def entry_digest(entry: AuditEntry) -> str:
    """The digest of every column of the entry and of the link before it."""
    at: datetime = entry.at
    return _digest(
        entry.previous_digest,
        _canonical(
            [
                entry.sequence,
                at.astimezone(UTC).isoformat(timespec="microseconds"),
                entry.organisation_id,
                entry.verb,
                entry.object_type,
                entry.object_id,
                entry.actor_pseudonym,
                entry.subject_pseudonym,
                entry.content_digest,
            ]
        ),
    )


@dataclass(frozen=True)
class Fault:
    """A place where the chain does not hold."""

    sequence: int
    what: str


def faults() -> Iterator[Fault]:
    """Walk the whole chain and name every break; nothing when it is whole."""
    previous, expected = GENESIS, 0
    for entry in AuditEntry.objects.select_related("content").iterator(chunk_size=2000):
        expected += 1
        if entry.sequence != expected:
            yield Fault(entry.sequence, f"entry {expected} is missing")
            expected = entry.sequence
        if entry.previous_digest != previous:
            yield Fault(entry.sequence, "it does not follow the entry before it")
        if entry.digest != entry_digest(entry):
            yield Fault(entry.sequence, "it was changed after it was written")
        content = getattr(entry, "content", None)
        if content and _digest(content.salt, _canonical(content.data)) != entry.content_digest:
            yield Fault(entry.sequence, "its content was changed after it was written")
        previous = entry.digest
    head = AuditHead.objects.get(pk=1)
    if (head.sequence, head.digest) != (expected, previous):
        yield Fault(head.sequence, "the newest entries are missing or the head was changed")


def _organisation_of(thing: Any) -> Any:
    if thing._meta.label == "stakeholders.Organisation":
        return thing
    return getattr(thing, "owning_organisation", None)


def _canonical(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _digest(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}|{text}".encode()).hexdigest()
