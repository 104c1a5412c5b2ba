"""What somebody leads on, as a document for whoever goes on with it. It is made when it is asked
for, given to who asked, and not kept: it holds names and what people said, and an edition would
keep those for ever.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from reports import pdf
from reports.documents import hand_over
from reports.services import forms
from stakeholders.models import Organisation, User
from stakeholders.presenters.leads import hand_over_page
from stakeholders.queries.leads import hand_over_of
from vbc.core.refusals import Refused
from vbc.core.services import audit

# Somebody waits for it.
SECONDS = 20


class NotMade(Refused):
    """There is nothing to hand over, or more than can be laid out while somebody waits."""


def as_pdf(person: User, organisation: Organisation, *, by: Any) -> bytes:
    """The document of today. That it was made is written down, and by whom. Raises `NotMade`."""
    today = timezone.localdate()
    page = hand_over_page(hand_over_of(person, organisation), today)
    if page["is_empty"]:
        raise NotMade(
            "There is nothing to hand over at the moment, so no document was made. Nothing was "
            "changed."
        )
    html = render_to_string("reports/hand_over.html", hand_over.context(page))
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "hand-over.pdf"
        try:
            pdf.make_pdf(html, made, files=forms.own_files(), seconds=SECONDS)
        except pdf.LayoutFailed as failure:
            raise NotMade(
                "This is too much to lay out while you wait, so no document was made. Nothing was "
                "changed. Print the hand-over page, or download it as a table."
            ) from failure
        content = made.read_bytes()
    audit.record("hand_over.printed", organisation, by=by, data={"person": person.public_id})
    return content
