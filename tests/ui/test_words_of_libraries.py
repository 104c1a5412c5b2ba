"""What Django and allauth say to people, in the words of this site."""

import gettext
import re
from pathlib import Path

import allauth
import django
import pytest
from django.conf import settings
from django.utils.translation import gettext as said
from django.utils.translation import override

FOLDER = Path(settings.LOCALE_PATHS[0]) / "en_GB" / "LC_MESSAGES"
WORDS = dict(
    re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', (FOLDER / "django.po").read_text(), re.MULTILINE)
)


def test_the_words_that_are_used_are_those_that_can_be_read() -> None:
    """The one file is made of the other, by hand."""
    with (FOLDER / "django.mo").open("rb") as file:
        made = gettext.GNUTranslations(file)
    assert len(WORDS) > 40
    assert {original: made.gettext(original) for original in WORDS} == WORDS


@pytest.mark.parametrize("original", WORDS)
def test_each_is_still_said_by_a_library_and_then_in_our_words(original: str) -> None:
    with override("en-gb"):
        assert said(original) == WORDS[original]
    places = [Path(each.__file__).parent for each in (django, allauth)]
    texts = (
        file.read_text()
        for place in places
        for file in place.rglob("locale/en/LC_MESSAGES/django.po")
    )
    plain = original.replace('\\"', '"')
    assert any(plain in re.sub(r'"\n"', "", text) for text in texts), "nobody says this any more"
