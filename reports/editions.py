"""One edition of a document: from what it is about to its facts, and from those to a page.

Facts are frozen when the edition is made, not when it is asked for: between the two people may take
back what they said, and an edition that waited, or failed and is tried again, must not print it.
"""

import re
from collections.abc import Mapping
from datetime import date
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate

from cycles.models import Cycle
from reports.documents import Draw
from reports.documents.words import Entry, day
from reports.enums import Version
from reports.kinds import KINDS, Kind
from reports.models import Report
from reports.snapshots.plain import JSON, digest, plain
from vbc.ui import glossary

# 2: a document says itself whose it is; before, only its cycle did.
SCHEMA_VERSION = 2
LONG_TITLE = 70
# The last part but that on how a document was made.
WORDS_USED = Entry("words", "Words used here")


def build(kind: str, subject: Any, *, edition: int, made_on: date, reason: str = "") -> JSON:
    """The snapshot of one edition. Raises `Refused` where there is nothing to make it of."""
    said = KINDS[kind]
    facts = said.facts(subject)
    title = facts.pop("title")
    snapshot: JSON = plain(
        {
            "schema_version": SCHEMA_VERSION,
            "document": {
                "kind": said.key.value,
                "kind_label": said.label,
                "title": title,
                "organisation": subject.owning_organisation.name,
                "edition": edition,
                "made_on": made_on,
                "reason": reason,
                "check_at": f"{settings.SITE_ADDRESS}{reverse('reports:check')}",
                "language": "en-GB",
            },
            **facts,
        }
    )
    if said.explains_words:
        snapshot["words"] = [
            {"term": each.term, "meaning": each.meaning}
            for each in glossary.used_in(_words_of(snapshot))
        ]
    return snapshot


def _words_of(snapshot: Mapping[str, Any]) -> str:
    """What a reader of the whole document reads, in one line."""
    context = printed(snapshot, draw=lambda spec: None)
    parts = filter(None, (context.get("front_template"), context["body_template"]))
    html = "".join(render_to_string(each, context) for each in parts)
    return unescape(re.sub(r"<[^>]*>", " ", html))


def standing(report: Report) -> JSON:
    """The facts of an edition: those that it was made of or, until it is made, those of today.

    Where nothing changed since it was asked for they are those kept with it, to the letter.
    Raises `Refused` like `build`.
    """
    if report.is_ready:
        return report.snapshot
    today = build(
        report.kind,
        report.subject,
        edition=report.edition,
        made_on=localdate(),
        reason=report.reason,
    )
    return report.snapshot if same_facts(report.snapshot, today) else today


def same_facts(
    one: Mapping[str, Any], other: Mapping[str, Any], *, whatever_the_reason: bool = False
) -> bool:
    """Whether two editions say the same, whatever their number and their day."""
    own = {"edition", "made_on"} | ({"reason"} if whatever_the_reason else set())

    def said(snapshot: Mapping[str, Any]) -> dict[str, Any]:
        document = {key: value for key, value in snapshot["document"].items() if key not in own}
        return {**snapshot, "document": document}

    return digest(said(one)) == digest(said(other))


def printed(
    snapshot: Mapping[str, Any], *, draw: Draw, version: Version = Version.FULL
) -> dict[str, Any]:
    """All that the templates of one version need, made from the snapshot alone."""
    document = snapshot["document"]
    kind = KINDS[document["kind"]]
    words = snapshot.get("words", [])
    said = kind.others.get(version, kind.printed)(snapshot, draw)
    if words and version == Version.FULL:
        said["contents"].insert(-1, WORDS_USED)
    # The cover already says what kind of document it is.
    title = document["title"].removeprefix(f"{kind.label}: ")
    return {
        "document": document,
        "organisation": document.get("organisation") or snapshot["cycle"]["organisation"],
        "cover_title": title,
        "is_long_title": len(title) > LONG_TITLE,
        "is_short": kind.is_short,
        "made_on": day(document["made_on"]),
        "cycle": snapshot.get("cycle"),
        "panel": snapshot.get("panel"),
        "body_template": body_template(kind, version),
        "fingerprint": digest(snapshot),
        "words_used": words,
        **said,
    }


def body_template(kind: Kind, version: Version) -> str:
    return f"reports/bodies/{kind.key.value}_{version.value.replace('-', '_')}.html"


def key_of(subject: Any) -> str:
    """What names a subject in an address: a cycle has a name of its own, others a random id."""
    return str(subject.slug if isinstance(subject, Cycle) else subject.public_id)


def file_name(report: Report, ending: str, version: Version = Version.FULL) -> str:
    """The name a file is saved under: what it is, never who is in it."""
    which = "" if version == Version.FULL else f"-{version.value}"
    return f"{report.kind}-{key_of(report.subject)}-edition-{report.edition}{which}.{ending}"
