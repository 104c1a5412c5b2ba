"""What holds for every version of every kind of document, also of those that are added later."""

import re
from pathlib import Path

import pytest

from reports import pdf
from reports.enums import FileFormat, Version
from reports.kinds import KINDS
from reports.services import forms
from tests.reports import paper, words
from tests.reports.every_document import EVERY, SAMPLES, Made, made
from tests.support import thoroughly


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.django_db
@pytest.mark.row("A3-3")
@pytest.mark.row("A3-66")
@pytest.mark.parametrize(("kind", "version"), thoroughly(EVERY, ("minutes", "full")))
def test_it_is_accessible_and_read_out_word_for_word_and_names_nobody_beside_it(
    kind: str, version: Version
) -> None:
    """All in one test, so that a document is made once."""
    document = made(kind)
    content = document.files[version, FileFormat.PDF]
    paper.check_is_accessible(content, title=document.title)
    assert paper.bookmarks(content)
    html = document.printed[version]
    words.check_paper_says(content, html)
    said = words.letters(words.of_html(html, "body", words.HEADS_ON_PAPER))
    assert len(said) > 300
    words.check_same(said, words.letters(words.on_screen(document.pages[version])))
    _check_names_nobody_beside_it(document, version)


def _check_names_nobody_beside_it(document: Made, version: str) -> None:
    """Not in what a file says of itself, nor in the name it is saved under."""
    for (of, ending), content in document.files.items():
        if of != version:
            continue
        said = document.saved_as[of, ending]
        assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.(pdf|docx|xlsx|zip)"', said)
        if ending == FileFormat.PDF:
            opened = paper.opened(content)
            said += str(dict(opened.docinfo)) + opened.Root.Metadata.read_bytes().decode()
        assert [each for person in document.people for each in person if each in said] == []


NAME = "Ẹ̀gbẹ́ Ọ̀ṣọ́"


def test_letters_that_are_drawn_of_several_glyphs_are_read_out_as_they_are_written(
    tmp_path: Path,
) -> None:
    """A glyph that is met in such a letter first stands for itself everywhere else."""
    made = tmp_path / "made.pdf"
    html = (
        '<html lang="en-GB"><head><title>T</title><link rel="stylesheet" href="own:document.css">'
        f"</head><body><h1>Names</h1><p>{NAME}</p><p>Every egg: Eve, Ola, office.</p>"
    )
    pdf.make_pdf(html, made, files=forms.own_files(), seconds=60)
    said = words.letters(paper.words_in_order(made.read_bytes()))
    assert said == words.letters(f"Names{NAME}Every egg: Eve, Ola, office.")


# As far as there are letters for them on every machine that the site runs on.
SCRIPTS = {
    "Arabic": "مرحبا بالعالم",
    "Hebrew": "שלום",
    "Hindi": "नमस्ते हिन्दी क्षेत्र",
    "Bengali": "বাংলা বিশ্ব",
    "Punjabi": "ਪੰਜਾਬੀ ਸਿੰਘ",
    "Tamil": "தமிழ் கோ",
    "Thai": "ภาษาไทย",
    "Amharic": "አማርኛ",
    "Armenian": "Հայերեն",
    "unknown": "\ufffd",
}


def test_names_in_other_scripts_have_all_their_letters(tmp_path: Path) -> None:
    made = tmp_path / "made.pdf"
    listed = "".join(f"<li>{name}</li>" for name in SCRIPTS.values())
    html = (
        '<html lang="en-GB"><head><title>T</title><link rel="stylesheet" href="own:document.css">'
        f"</head><body><h1>Names</h1><ul>{listed}</ul>"
    )
    pdf.make_pdf(html, made, files=forms.own_files(), seconds=60)
    paper.check_keeps_the_rules(made.read_bytes())
