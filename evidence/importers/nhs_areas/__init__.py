"""The areas of the NHS in England since 2017, and what became of those that are gone.

`list.csv` is a list of areas as anybody could add one (`importers.areas`). Facts only:

- boards, their locations, and which lies in which: the area hierarchy of FingertipsNext
  (Department of Health and Social Care);
- which commissioning group was merged into which: the table of old and new codes in NHS England's
  published code for reports from the Mental Health Services Data Set; those of April 2018 and the
  days by the first year in which NHS England's annual reports on Talking Therapies have the new
  one. Checked by sums: in every year from 2017-18 to 2021-22 the referrals of the groups that a
  board took over add up to those of the partnership with its ONS code, to the rounding;
- partnerships and locations whose ONS code was given up because their borders changed, by the
  codes in those files: Harrogate, Hambleton, Richmondshire and Whitby, and East Surrey in April
  2020; Glossop, Bassetlaw, West Birmingham and smaller changes in July 2022 (Department of Health
  and Social Care, Integrated care systems boundaries review, 22 July 2021).

Knows nothing of Django.
"""

from pathlib import Path

SOURCE = "NHS areas of England since 2017, from lists of the NHS and of the ONS"
LICENCE = "Open Government Licence v3.0"
NAME = "nhs-areas.csv"
_FILE = Path(__file__).parent / "list.csv"


def content() -> bytes:
    """The list, as a file."""
    return _FILE.read_bytes()
