"""What pages say about files of figures."""

from evidence.enums import DisclosureProfile, ImportStatus
from evidence.models import DataImport
from evidence.queries.imports import Outcome

# What a status means for the person who added the file.
IMPORT_WORDS = {
    ImportStatus.WAITING: ("Being read", "blue"),
    ImportStatus.CHECKED: ("Waiting for your decision", "yellow"),
    ImportStatus.DONE: ("Imported", "green"),
    ImportStatus.REFUSED: ("Not imported", "red"),
    ImportStatus.DISCARDED: ("Put aside", "grey"),
}

_SHOWN: dict[str, str] = {
    DisclosureProfile.NONE: "As published",
    DisclosureProfile.TALKING_THERAPIES: "As published; the source has rounded them already",
    DisclosureProfile.HES: "Numbers from 1 to 7 hidden, others rounded to the nearest 5",
}


def import_tag(data_import: DataImport) -> dict[str, str]:
    text, colour = IMPORT_WORDS[ImportStatus(data_import.status)]
    return {"text": text, "colour": colour}


def import_facts(data_import: DataImport, outcome: Outcome | None) -> list[dict[str, str]]:
    """The numbers of an import that is done, each in words."""
    facts = [
        {"key": "Figures kept", "value": f"{data_import.row_count:,}"},
        {
            "key": "Suppressed by the source",
            "value": f"{data_import.suppressed_count:,}, shown as \u201cSuppressed\u201d",
        },
        {
            "key": "Without a figure",
            "value": f"{data_import.missing_count:,}, shown as \u201cNo figure\u201d",
        },
    ]
    facts.append({"key": "Where they are shown", "value": _SHOWN[data_import.disclosure_profile]})
    if outcome:
        parts = [f"{outcome.new:,} new", f"{outcome.replaced:,} replaced earlier figures"]
        if outcome.before:
            parts.append(f"{outcome.before:,} written before an interruption")
        facts.insert(1, {"key": "Of these", "value": ", ".join(parts)})
    if data_import.problem_count:
        left = f"{data_import.problem_count:,} problems, listed below"
        facts.append({"key": "Left out", "value": left})
    return facts
