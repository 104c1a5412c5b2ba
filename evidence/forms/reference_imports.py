"""Adding a file of references."""

from django import forms

from evidence.forms.common import ForOrganisation


class StartReferenceImportForm(ForOrganisation):
    """A file of references."""

    file = forms.FileField(
        label="The file",
        help_text=(
            "RIS from EndNote, Zotero or Mendeley, PubMed (.nbib), BibTeX, or a table (CSV) with a "
            "column “Title”."
        ),
        error_messages={
            "empty": "This file is empty. Check that it is the one you meant to add.",
            "missing": "Choose a file with references in it.",
        },
    )
    source = forms.CharField(
        label="Where the references are from",
        help_text="Such as “PubMed, searched for crisis houses on 3 May 2026”.",
        max_length=240,
    )
    field_order = ("file", "source", "organisation")
