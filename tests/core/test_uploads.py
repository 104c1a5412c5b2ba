"""Files that people hand in: their names, and how large they really are."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from tests.factories import stakeholders as make
from vbc.core.services import uploads

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\wren\\minutes.pdf", "minutes.pdf"),
        ("minutes\u202efdp.exe", "minutesfdp.exe"),
        ("a\r\nSet-Cookie: b\x00.csv", "a Set-Cookie: b .csv"),
        ("\u200b\u202e", "file"),
        ("x" * 300 + ".csv", "x" * 200),
    ],
)
def test_a_name_has_no_folder_and_nothing_unseen(given: str, kept: str) -> None:
    organisation = make.organisation()
    file = ContentFile(b"area,value\n")
    file.name = given
    taken = uploads.receive(file, organisation=organisation, by=make.person(), purpose="test")
    assert taken.original_name == kept
    assert kept not in taken.stored_name


def test_the_size_is_counted_and_not_believed(settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    file = ContentFile(b"x" * (1024 * 1024 + 1), name="large.csv")
    file.size = 3
    with pytest.raises(uploads.FileRefused, match="larger than 1 MB"):
        uploads.receive(file, organisation=make.organisation(), by=make.person(), purpose="test")
