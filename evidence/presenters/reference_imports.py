"""What pages say about files of references."""

from evidence.enums import ImportStatus
from evidence.models import ReferenceImport

STATUS_WORDS = {
    ImportStatus.WAITING: ("Being read", "blue"),
    ImportStatus.CHECKED: ("Waiting for your decision", "yellow"),
    ImportStatus.DONE: ("Added", "green"),
    ImportStatus.REFUSED: ("Not added", "red"),
    ImportStatus.DISCARDED: ("Put aside", "grey"),
}


def import_tag(reference_import: ReferenceImport) -> dict[str, str]:
    if reference_import.undone_at:
        return {"text": "Undone", "colour": "grey"}
    text, colour = STATUS_WORDS[ImportStatus(reference_import.status)]
    return {"text": text, "colour": colour}


def provenance(reference_import: ReferenceImport) -> list[dict[str, str]]:
    """Where the references came from, so that anybody can look there again."""
    upload = reference_import.upload
    facts = [
        ("Where they are from", reference_import.source),
        ("Kind of file", reference_import.file_kind),
        ("Size", f"{upload.size:,} bytes"),
        ("Fingerprint of the file (SHA-256)", upload.digest),
        ("Added by", str(reference_import.created_by)),
    ]
    return [{"key": key, "value": value} for key, value in facts if value]


def counts(reference_import: ReferenceImport) -> list[dict[str, str]]:
    """New, here already, not usable: each with what it means."""
    waits = reference_import.status == ImportStatus.CHECKED
    facts = [
        ("New to the library", reference_import.new_count, ""),
        (
            "Already here",
            reference_import.here_count,
            "These get only what they lack. No word that somebody wrote is changed."
            if waits
            else "",
        ),
        ("Cannot be used", reference_import.problem_count, ""),
    ]
    return [{"key": key, "value": f"{number:,}", "hint": hint} for key, number, hint in facts]
