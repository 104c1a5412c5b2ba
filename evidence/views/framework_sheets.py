"""The answers to a framework: a sheet, one of its items, what shows it, and notes of members."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evidence.forms.frameworks import (
    FrameworkAnswerForm,
    FrameworkItemForm,
    FrameworkLinkForm,
    FrameworkNoteAnswerForm,
    FrameworkNoteForm,
)
from evidence.models import FrameworkAnswer, FrameworkItem, FrameworkNote, FrameworkSheet
from evidence.permissions import frameworks as permissions
from evidence.presenters import framework_items
from evidence.presenters import frameworks as presenters
from evidence.queries import frameworks as queries
from evidence.queries.frameworks import Asked
from evidence.services import framework_notes
from evidence.services import frameworks as services
from evidence.views.frameworks import form_page
from vbc.core.authorise import authorise
from vbc.core.saving import is_saved, posted
from vbc.core.services import notices
from vbc.ui.editing import current_words
from vbc.ui.paginator import paginate


@require_safe
def sheet(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """Everything that is asked, with what was answered."""
    found = _sheet(request, sheet_id)
    context = presenters.sheet_page(found) | {
        "may_answer": bool(permissions.may_answer_framework(request.user, found)),
        "may_note": bool(permissions.may_add_framework_note(request.user, found)),
    }
    return render(request, "evidence/frameworks/sheet.html", context)


@require_safe
def item(request: HttpRequest, sheet_id: str, item: str) -> HttpResponse:
    """One item: its question, its answer, what shows it, and what members say of it."""
    found, asked = _item(request, sheet_id, item)
    notes = paginate(request, queries.notes_on(found, item))
    context = framework_items.page(found, asked, request.user, notes) | {"page": notes}
    return render(request, "evidence/frameworks/item.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, sheet_id: str, item: str) -> HttpResponse:
    found, asked = _item(request, sheet_id, item)
    authorise(permissions.may_answer_framework(request.user, found))
    framework = found.use.definition
    before = queries.answer_on(found, item)
    form = FrameworkAnswerForm(posted(request), framework=framework, asked=asked, answered=before)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version")
        return services.answer(found, item=item, expected=expected, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your answer is saved, with your name and the day.")
        return redirect(presenters.item_url(found, item))
    earlier = framework_items.year_before(found, item)
    return _form(request, form, asked.name, found, item, earlier=earlier)


@require_POST
def still_true(request: HttpRequest, sheet_id: str, item: str) -> HttpResponse:
    """Say that it is as true today as when it was answered."""
    found, _ = _item(request, sheet_id, item)
    authorise(permissions.may_answer_framework(request.user, found))
    version = request.POST.get("version", "")
    expected = int(version) if version.isdecimal() and len(version) < 9 else 0
    services.still_true(_answered(found, item), expected=expected, by=request.user)
    messages.success(request, "Thank you. It now says that it is still true today.")
    return redirect(presenters.item_url(found, item))


@require_http_methods(["GET", "HEAD", "POST"])
def add_link(request: HttpRequest, sheet_id: str, item: str) -> HttpResponse:
    """Point to what shows the answer."""
    found, _ = _item(request, sheet_id, item)
    authorise(permissions.may_answer_framework(request.user, found))
    answered = _answered(found, item)
    form = FrameworkLinkForm(posted(request), organisation=found.use.organisation)

    if is_saved(form, lambda said: services.link(answered, **said, by=request.user)):
        messages.success(request, "It is linked.")
        return redirect(presenters.item_url(found, item))
    return _form(request, form, "What shows it?", found, item)


@require_POST
def remove_link(request: HttpRequest, sheet_id: str, item: str, link_id: str) -> HttpResponse:
    found, _ = _item(request, sheet_id, item)
    authorise(permissions.may_answer_framework(request.user, found))
    link = get_object_or_404(_answered(found, item).links, public_id=link_id)
    services.unlink(link, by=request.user)
    messages.success(request, "It is no longer linked. What it pointed to stays where it is.")
    return redirect(presenters.item_url(found, item))


@require_http_methods(["GET", "HEAD", "POST"])
def add_note(request: HttpRequest, sheet_id: str, item: str) -> HttpResponse:
    """Say how one sees it, from where one stands."""
    found, asked = _item(request, sheet_id, item)
    authorise(permissions.may_add_framework_note(request.user, found))
    form = FrameworkNoteForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return framework_notes.add(found, item=item, text=said["text"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It stands here as yours, and you get a reply.")
        return redirect(presenters.item_url(found, item))
    return _form(request, form, asked.question, found, item, submit="Add it", writes=True)


@require_POST
def withdraw_note(request: HttpRequest, note_id: str) -> HttpResponse:
    note = _note(request, note_id)
    authorise(permissions.may_withdraw_framework_note(request.user, note))
    framework_notes.withdraw(note, by=request.user)
    messages.success(request, "It is taken back: nobody sees it any more.")
    return redirect(presenters.item_url(note.sheet, note.item))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_note(request: HttpRequest, note_id: str) -> HttpResponse:
    """Say what became of a note. Its author is told."""
    note = _note(request, note_id)
    authorise(permissions.may_answer_framework_notes(request.user, note.sheet))
    before = {"status": note.status, "text": note.answer, "version": note.version}
    form = FrameworkNoteAnswerForm(posted(request), initial=before)

    def save(said: dict[str, Any]) -> object:
        return framework_notes.answer(note, **said, by=request.user)

    if is_saved(form, save, shown=partial(current_words, text="answer")):
        sentence = "Your reply is saved, and the person who wrote this is told."
        messages.success(request, notices.told(note.author, sentence))
        return redirect(presenters.item_url(note.sheet, note.item))
    return _form(request, form, "Reply to a note", note.sheet, note.item, quoted=note.text)


@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """Add something of one's own."""
    found = _sheet(request, sheet_id)
    if not found.use.definition.takes_own_items:
        raise Http404
    authorise(permissions.may_answer_framework(request.user, found))
    form = FrameworkItemForm(posted(request), framework=found.use.definition)

    def save(said: dict[str, Any]) -> object:
        said.pop("version")
        return services.add_item(found, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "It is on the list, after those that were there.")
        return redirect(found)
    return _form(request, form, "Add your own", found)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_item(request: HttpRequest, sheet_id: str, item_id: str) -> HttpResponse:
    own = _own(request, sheet_id, item_id)
    authorise(permissions.may_answer_framework(request.user, own.sheet))
    form = FrameworkItemForm(posted(request), framework=own.sheet.use.definition, item=own)

    def save(said: dict[str, Any]) -> object:
        expected = said.pop("version") or 0
        return services.edit_item(own, expected=expected, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Your words are saved.")
        return redirect(own.sheet)
    return _form(request, form, "Change your own", own.sheet)


@require_POST
def withdraw_item(request: HttpRequest, sheet_id: str, item_id: str) -> HttpResponse:
    own = _own(request, sheet_id, item_id)
    authorise(permissions.may_answer_framework(request.user, own.sheet))
    services.withdraw_item(own, by=request.user)
    messages.success(request, "It is off the list. You can bring it back below.")
    return redirect(own.sheet)


@require_POST
def bring_item_back(request: HttpRequest, sheet_id: str, item_id: str) -> HttpResponse:
    own = _own(request, sheet_id, item_id)
    authorise(permissions.may_answer_framework(request.user, own.sheet))
    services.bring_item_back(own, by=request.user)
    messages.success(request, "It is on the list again, with what was answered.")
    return redirect(own.sheet)


def _sheet(request: HttpRequest, sheet_id: str) -> FrameworkSheet:
    return get_object_or_404(queries.sheets_visible_to(request.user), public_id=sheet_id)


def _item(request: HttpRequest, sheet_id: str, item: str) -> tuple[FrameworkSheet, Asked]:
    found = _sheet(request, sheet_id)
    asked = next((each for each in queries.asked_on(found) if each.key == item), None)
    if asked is None:
        raise Http404
    return found, asked


def _own(request: HttpRequest, sheet_id: str, item_id: str) -> FrameworkItem:
    found = _sheet(request, sheet_id)
    own = get_object_or_404(found.own_items, public_id=item_id)
    own.sheet = found
    return own


def _note(request: HttpRequest, note_id: str) -> FrameworkNote:
    return get_object_or_404(queries.notes_visible_to(request.user), public_id=note_id)


def _answered(sheet: FrameworkSheet, item: str) -> FrameworkAnswer:
    answered = queries.answer_on(sheet, item)
    if answered is None:
        raise Http404
    return answered


def _form(
    request: HttpRequest,
    form: Any,
    heading: str,
    sheet: FrameworkSheet,
    item: str = "",
    **more: Any,
) -> HttpResponse:
    """A form beside an item of a sheet, or beside the whole sheet."""
    url = presenters.item_url(sheet, item) if item else sheet.get_absolute_url()
    name = sheet.use.definition.name
    # Some frameworks are named by a question, so their name comes last.
    caption = f"{presenters.sheet_title(sheet)}: {name}"
    crisis_line = sheet.use.organisation.crisis_line
    return form_page(
        request,
        form,
        heading,
        caption,
        back_url=url,
        back_text="Back" if item else name,
        crisis_line=crisis_line,
        **more,
    )
