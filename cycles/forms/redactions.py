"""Which names are to be taken out."""

from vbc.ui.forms import Form
from vbc.ui.names import NamesField


class RedactForm(Form):
    names = NamesField(
        label="Which names are to be taken out?",
        help_text="One on each line, as it stands in the text: a name, or what else would give "
        "somebody away. Nobody is told what you write here.",
    )
