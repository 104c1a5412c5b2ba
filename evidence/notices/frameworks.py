"""What people are told of notes on a checklist."""

from django.urls import reverse

from evidence.models import FrameworkNote
from evidence.queries.frameworks import notes_visible_to
from vbc.core.models import Notification
from vbc.core.services.notices import Words, in_my_words, writes

FRAMEWORK_NOTE_ANSWERED = "evidence.framework_note_answered"


@writes(FRAMEWORK_NOTE_ANSWERED)
def framework_note_answered(notice: Notification) -> Words | None:
    """Neither subject nor text say what the person spoke from. Its author hears it also where they
    no longer see the sheet."""
    own = FrameworkNote.objects.filter(author=notice.recipient_id, withdrawn_at__isnull=True)
    note = own.filter(public_id=notice.object_id).select_related("sheet__use").first()
    if note is None or not note.is_answered:
        return None
    page = reverse("evidence:framework-item", args=[note.sheet.public_id, note.item])
    words = Words(
        subject="There is an answer to something you said",
        paragraphs=(
            f"You wrote a note on “{note.sheet.use.definition.name}”. Now you can read what became "
            "of it.",
        ),
        link=f"{page}#note-{note.public_id}",
        link_text="Read it where you said it",
    )
    sees = notes_visible_to(notice.recipient).filter(pk=note.pk).exists()
    return words if sees else in_my_words(words)
