"""Looking for references: by words, by what they are about, by how sure they are."""

import re
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value

from evidence.enums import TagFacet
from evidence.importers.references import plain_doi
from evidence.models import Reference, ReferenceTag

_DOI = re.compile(r"(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:\s*)?10\.[0-9]{4,9}/\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:PMID:?\s*)?([0-9]{5,12})", re.IGNORECASE)
MOST_WORDS = 12

WITH_SUMMARY, WITHOUT_SUMMARY = "with", "without"


class HasWords(Func):
    """Whether a text has the words of a query, in any of their forms: PostgreSQL only.

    Written as the index `reference_words` is, or that would not be used.
    """

    template = "(to_tsvector('english', %(expressions)s))"
    arg_joiner = ") @@ to_tsquery('english', "
    arity = 2
    output_field = BooleanField()


def narrowed(references: QuerySet[Reference], **asked: Any) -> QuerySet[Reference]:
    """The references that fit all that is asked; what is empty is not asked.

    `words` are looked for in all that is known of a reference, or are a DOI or a PubMed number.
    `kind`, `certainty`: of the enums. `topic`, `group`, `part`, `process`: tags. `summary`:
    `WITH_SUMMARY` or `WITHOUT_SUMMARY`.
    """
    if words := asked.get("words"):
        references = with_words(references, words)
    for name in ("kind", "certainty"):
        if value := asked.get(name):
            references = references.filter(**{name: value})
    for facet in TagFacet:
        if value := asked.get(facet.value):
            tagged = ReferenceTag.objects.filter(reference=OuterRef("pk"), facet=facet, value=value)
            references = references.filter(Exists(tagged))
    summary = asked.get("summary")
    if summary in (WITH_SUMMARY, WITHOUT_SUMMARY):
        empty = Q(plain_summary="")
        references = references.filter(empty if summary == WITHOUT_SUMMARY else ~empty)
    return references


def with_words(references: QuerySet[Reference], words: str) -> QuerySet[Reference]:
    """Those that have every word, or the beginning of it. PostgreSQL knows a word in its forms
    ("recovering" finds "recovered"); SQLite looks for the letters as they are."""
    words = words.strip()
    if _DOI.fullmatch(words):
        return references.filter(doi=plain_doi(words))
    if number := _NUMBER.fullmatch(words):
        return references.filter(pmid=number[1])
    tokens = re.findall(r"\w+", words)[:MOST_WORDS]
    if not tokens:
        return references
    if connection.vendor == "postgresql":
        query = " & ".join(f"'{token}':*" for token in tokens)
        return references.filter(HasWords(F("search_text"), Value(query)))
    for token in tokens:
        references = references.filter(search_text__icontains=token)
    return references
