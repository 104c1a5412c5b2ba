"""Files that people really add by mistake, and what they are told."""

import io
import zipfile

from evidence.enums import ImportStatus
from tests.factories.evidence import csv

GOOD = "E08000006,Salford,2024,111,Recovery,49,45,53,%,,,Similar"


def _workbook() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return made.getvalue()


def _wide() -> bytes:
    names = ",".join(f"column_{number}" for number in range(300))
    return f"{names}\n{','.join(['1'] * 300)}\n".encode()


# Name: content, what becomes of it, words that the page and the command say.
REFUSED = ImportStatus.REFUSED
CHECKED = ImportStatus.CHECKED
COLUMNS = ImportStatus.COLUMNS
DONE = ImportStatus.DONE
BAD_FILES = {
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", REFUSED, "This is a PDF"),
    "a workbook": (_workbook(), REFUSED, "This workbook is damaged"),
    "300 columns": (_wide(), REFUSED, "300 columns"),
    "other columns": (b"a,b\n1,2\n", COLUMNS, "do not know the columns"),
    "only a header": (csv("x").split(b"\n")[0] + b"\n", REFUSED, "no rows"),
    "spaces": (b"  \n \n", REFUSED, "empty"),
    "no area": (csv(GOOD, ",,2024,111,Recovery,50,,,%,,,"), CHECKED, "no area code"),
    "a negative count": (
        csv(GOOD, "E08000006,Salford,2024,222,Referrals,-5,,,people,,,"),
        CHECKED,
        "cannot be below zero",
    ),
    "a binary tail": (csv() + b"\x00\x01\x02", REFUSED, "not text"),
}
GOOD_FILES = {
    "an asterisk": (csv("E08000006,Salford,2024,111,Recovery,*,,,%,,,"), "suppressed", None),
    "a decimal comma": (
        b"area_code;area_name;period;indicator;value\nE08000006;Salford;2024;Recovery;49,5\n",
        "value",
        "49.500000",
    ),
}
