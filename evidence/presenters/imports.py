"""What pages say about files of public data."""

from django.template.defaultfilters import filesizeformat

from evidence.enums import DisclosureProfile, ImportKind, ImportStatus
from evidence.importers import BY_NAME, OTHERS
from evidence.models import DataImport
from evidence.queries.imports import Outcome

# What a status means for the person who added the file.
IMPORT_WORDS = {
    ImportStatus.WAITING: ("Being read", "blue"),
    ImportStatus.SAME: ("Imported before", "yellow"),
    ImportStatus.COLUMNS: ("Waiting for you", "yellow"),
    ImportStatus.CHECKED: ("Waiting for your decision", "yellow"),
    ImportStatus.DONE: ("Imported", "green"),
    ImportStatus.REFUSED: ("Not imported", "red"),
    ImportStatus.DISCARDED: ("Put aside", "grey"),
    ImportStatus.UNDOING: ("Being taken out", "blue"),
    ImportStatus.UNDONE: ("Taken out", "grey"),
}

_SHOWN: dict[str, str] = {
    DisclosureProfile.NONE: "As published",
    DisclosureProfile.TALKING_THERAPIES: "As published; the source has rounded them already",
    DisclosureProfile.HES: "Numbers from 1 to 7 hidden, others rounded to the nearest 5",
}


def import_tag(data_import: DataImport) -> dict[str, str]:
    text, colour = IMPORT_WORDS[ImportStatus(data_import.status)]
    return {"text": text, "colour": colour}


def decision_heading(data_import: DataImport) -> str:
    """What a file that was checked asks about: rows, or sheets only."""
    if data_import.problem_count:
        return "Some rows need a decision"
    return "Some sheets of this workbook were not read"


# What the things are that a file of each kind holds.
NOUNS = {
    ImportKind.FIGURES: "Figures",
    ImportKind.AREAS: "Areas",
    ImportKind.BOUNDARIES: "Outlines of areas",
    ImportKind.INDICATORS: "Indicators",
}


def provenance(data_import: DataImport) -> list[dict[str, str]]:
    """Where a file is from, and what shows that it is this file and no other."""
    upload, said = data_import.upload, data_import.column_mapping
    read_as = said.name if said else ""
    if not read_as and data_import.mapping in BY_NAME:
        read_as = BY_NAME[data_import.mapping].title
    sheets = sheets_of(data_import)
    facts = {
        "Where it is from": data_import.source,
        "Licence": data_import.licence or "Not stated",
        "What it holds": ImportKind(data_import.kind).label,
        "Read as": read_as or OTHERS.get(data_import.mapping, ""),
        "Sheets read": sheets["read"] if sheets else "",
        "Sheets not read": sheets["not_read"] if sheets else "",
        "File": f"{upload.original_name}, {filesizeformat(upload.size)}",
        "Fingerprint (SHA-256)": upload.digest,
    }
    return [{"key": key, "value": value} for key, value in facts.items() if value]


def sheets_of(data_import: DataImport) -> dict[str, str] | None:
    """Which sheets of a workbook are read and which are not; None where there was no choice.

    `others` are those with a table of other columns, which can be imported by themselves.
    """
    said = data_import.sheets
    if not said or sum(map(len, said.values())) < 2:
        return None
    read, others, without = (said.get(key, []) for key in ("read", "others", "without"))
    not_read = [_quoted(others) + " (other columns)"] if others else []
    not_read += [_quoted(without) + " (no table, or hidden)"] if without else []
    return {"read": _quoted(read), "others": _quoted(others), "not_read": "; ".join(not_read)}


def _quoted(names: list[str]) -> str:
    return ", ".join(f"\u201c{name}\u201d" for name in names)


def _shown_as(count: int, words: str) -> str:
    return f"{count:,}, shown as \u201c{words}\u201d" if count else "None"


def import_facts(data_import: DataImport, outcome: Outcome | None) -> list[dict[str, str]]:
    """The numbers of an import that is done, each in words."""
    noun = NOUNS[ImportKind(data_import.kind)]
    facts = [{"key": f"{noun} kept", "value": f"{data_import.row_count:,}"}]
    if data_import.kind == ImportKind.FIGURES:
        suppressed, missing = data_import.suppressed_count, data_import.missing_count
        facts += [
            {
                "key": "Suppressed by the source",
                "value": _shown_as(suppressed, "Suppressed"),
            },
            {
                "key": "Without a figure",
                "value": _shown_as(missing, "No figure"),
            },
            {"key": "Where they are shown", "value": _SHOWN[data_import.disclosure_profile]},
        ]
    if outcome:
        of_figures = data_import.kind == ImportKind.FIGURES
        counted = {
            "new": outcome.new,
            "replaced earlier figures" if of_figures else "known, and added to": outcome.replaced,
            "there from reading this file before"
            if of_figures
            else "known already": outcome.before,
        }
        parts = [f"{count:,} {what}" for what, count in counted.items() if count]
        facts.insert(1, {"key": "Of these", "value": ", ".join(parts) or "Nothing new"})
    if data_import.problem_count:
        count = data_import.problem_count
        left = f"{count:,} problem{'' if count == 1 else 's'}, listed below"
        facts.append({"key": "Left out", "value": left})
    return facts
