"""Whether a library has a reference already, and what a record adds to it.

Two are the same by DOI; else by PubMed number; else by title and year, letters and digits alone.
A title and year never join two that have different DOIs or numbers.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from evidence.importers.references import ReferenceRecord, title_key
from evidence.models import ImportedReference, Reference

# What a record may fill where the library's reference has nothing. Never what people judged.
FILLED = (
    "authors",
    "year",
    "published_in",
    "doi",
    "pmid",
    "abstract",
    "keywords",
    "web_address",
    "design",
    "population",
    "outcome",
)


@dataclass(slots=True)
class Known:
    """A reference that is there: in the library (`pk`), or earlier in the same file; then
    `reference` is the one that is being made of it."""

    pk: int | None
    doi: str
    pmid: str
    was_taken_back: bool = False
    reference: Reference | None = None


@dataclass(slots=True)
class Shelf:
    """The references of one library, and of the file that is being read, by what tells them
    apart."""

    by_doi: dict[str, Known] = field(default_factory=dict)
    by_pmid: dict[str, Known] = field(default_factory=dict)
    by_title: dict[tuple[str, int | None], Known] = field(default_factory=dict)

    def find(self, record: ReferenceRecord) -> Known | None:
        """The same reference as the record's, or None."""
        if found := self.by_doi.get(record.doi) or self.by_pmid.get(record.pmid):
            return found
        found = self.by_title.get((title_key(record.title), record.year))
        if found is None or _differ(found.doi, record.doi) or _differ(found.pmid, record.pmid):
            return None
        return found

    def put(self, known: Known, title: str, year: int | None) -> None:
        """Take a reference in; the first of two that look alike stays."""
        if known.doi:
            self.by_doi.setdefault(known.doi, known)
        if known.pmid:
            self.by_pmid.setdefault(known.pmid, known)
        if title:
            self.by_title.setdefault((title, year), known)

    def put_record(self, record: ReferenceRecord, reference: Reference | None = None) -> None:
        known = Known(None, record.doi, record.pmid, reference=reference)
        self.put(known, title_key(record.title), record.year)


def shelf_of(organisation: Any) -> Shelf:
    """The library as it is now: what is in use first, then what undoing an import took back."""
    shelf = Shelf()
    back = ImportedReference.objects.filter(reference=OuterRef("pk"), was_taken_back=True)
    every = Reference.objects.filter(organisation=organisation).order_by("pk")
    fields = ("pk", "doi", "pmid", "title_key", "year")
    for pk, doi, pmid, title, year in every.kept().values_list(*fields):
        shelf.put(Known(pk, doi, pmid), title, year)
    taken_back = every.filter(Exists(back), withdrawn_at__isnull=False)
    for pk, doi, pmid, title, year in taken_back.values_list(*fields):
        if doi in shelf.by_doi or pmid in shelf.by_pmid:
            continue  # Somebody added it anew.
        shelf.put(Known(pk, doi, pmid, was_taken_back=True), title, year)
    return shelf


def fields_of(record: ReferenceRecord) -> dict[str, Any]:
    """What a record says, as a reference keeps it."""
    said = {name: getattr(record, name) for name in FILLED if name != "keywords"}
    return said | {"keywords": "\n".join(record.keywords)}


def fill(reference: Reference, record: ReferenceRecord, shelf: Shelf) -> list[str]:
    """Give a reference what it lacks and the record has; returns the names of what was filled.

    A DOI or number that another reference of the library has stays with that one.
    """
    filled = []
    for name, value in fields_of(record).items():
        if not value or getattr(reference, name):
            continue
        if name in ("doi", "pmid"):
            holder = (shelf.by_doi if name == "doi" else shelf.by_pmid).get(value)
            if holder is not None and holder.pk != reference.pk:
                continue
        setattr(reference, name, value)
        filled.append(name)
    return filled


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)
