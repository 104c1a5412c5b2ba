"""Minutes: writing them, sharing, correcting and agreeing them, and what people took on."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stakeholders.forms.minutes import (
    AnswerCorrectionForm,
    CorrectionForm,
    MeetingActionForm,
    MeetingDecisionForm,
    NoteForm,
)
from stakeholders.models import AgendaItem, Meeting, MeetingAction
from stakeholders.permissions.meetings import (
    may_answer_correction,
    may_ask_for_correction,
    may_do_action,
    may_read_minutes,
    may_run_meeting,
    may_write_minutes,
)
from stakeholders.presenters.minutes import item_page, minutes_page
from stakeholders.queries import minutes as queries
from stakeholders.queries.minutes import people_to_act
from stakeholders.services import minutes as services
from stakeholders.views.meeting_parts import find_meeting, item_of
from vbc.core.authorise import authorise
from vbc.core.saving import is_done, is_saved, posted
from vbc.core.services import notices
from vbc.ui.paginator import paginate


@require_safe
def minutes(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The minutes as everybody reads and prints them."""
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_read_minutes(request.user, meeting))
    context = minutes_page(meeting, request.user)
    return render(request, "stakeholders/meetings/minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    """One item: what was said, what is decided, who does what."""
    item = _written_by(request, public_id, meeting_id, item_id)
    form = NoteForm(posted(request), note=getattr(item, "note", None))

    def save(said: dict[str, Any]) -> object:
        return services.write_note(
            item, said=said["said"], expected=said["version"], by=request.user
        )

    if is_saved(form, save):
        messages.success(request, "Saved.")
        return redirect(request.path)
    return _item_page(request, item, note_form=form)


@require_POST
def decide(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    item = _written_by(request, public_id, meeting_id, item_id)
    form = MeetingDecisionForm(request.POST)

    def save(said: dict[str, Any]) -> object:
        return services.record_decision(item, words=said["words"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "What the panel decided is recorded.")
        return redirect("stakeholders:write-minutes", public_id, meeting_id, item_id)
    return _item_page(request, item, decision_form=form)


@require_POST
def add_action(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> HttpResponse:
    item = _written_by(request, public_id, meeting_id, item_id)
    form = MeetingActionForm(request.POST, people=people_to_act(item.meeting.panel))

    def save(said: dict[str, Any]) -> object:
        return services.add_action(item, **said, by=request.user)

    if is_saved(form, save):
        messages.success(request, "Written down. Whoever does it is told.")
        return redirect("stakeholders:write-minutes", public_id, meeting_id, item_id)
    return _item_page(request, item, action_form=form)


@require_POST
def withdraw_action(
    request: HttpRequest, public_id: str, meeting_id: str, item_id: str, action_id: str
) -> HttpResponse:
    item = _written_by(request, public_id, meeting_id, item_id)
    action = queries.action_of(item, action_id)
    if action is None:
        raise Http404
    is_done(request, lambda: services.withdraw_action(action, by=request.user), "Taken out.")
    return redirect("stakeholders:write-minutes", public_id, meeting_id, item_id)


@require_POST
def share(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_write_minutes(request.user, meeting))
    is_done(
        request,
        lambda: services.share(meeting, by=request.user),
        "Everyone on the panel is told that they can read the minutes.",
    )
    return redirect("stakeholders:minutes", public_id, meeting_id)


@require_POST
def agree(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    """The panel, in the meeting that the address names, agrees the minutes of an earlier one."""
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_run_meeting(request.user, meeting))
    earlier = get_object_or_404(
        queries.minutes_to_agree(meeting), meeting__public_id=request.POST.get("minutes", "")
    )
    is_done(
        request,
        lambda: services.agree(earlier, at=meeting, by=request.user),
        "The minutes are agreed.",
    )
    return redirect("stakeholders:meeting-room", public_id, meeting_id)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_correction(request: HttpRequest, public_id: str, meeting_id: str) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    asked = queries.minutes_of(meeting)
    if asked is None:
        raise Http404
    authorise(may_ask_for_correction(request.user, asked))
    form = CorrectionForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return services.ask_for_correction(asked, text=said["text"], by=request.user)

    if is_saved(form, save):
        messages.success(request, "Thank you. It stands with the minutes, and you get an answer.")
        return redirect("stakeholders:minutes", public_id, meeting_id)
    context = {"form": form, "heading": "Ask for a correction", "submit": "Ask for it"}
    return _form(request, meeting, context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_correction(
    request: HttpRequest, public_id: str, meeting_id: str, correction_id: str
) -> HttpResponse:
    meeting = find_meeting(request, public_id, meeting_id)
    correction = queries.correction_of(meeting, correction_id)
    if correction is None:
        raise Http404
    authorise(may_answer_correction(request.user, correction.minutes))
    form = AnswerCorrectionForm(posted(request))

    def save(said: dict[str, Any]) -> object:
        return services.answer_correction(
            correction, status=said["status"], text=said["answer"], by=request.user
        )

    if is_saved(form, save):
        sentence = "Your answer is saved, and whoever asked is told."
        messages.success(request, notices.told(correction.author, sentence))
        return redirect("stakeholders:minutes", public_id, meeting_id)
    context = {"form": form, "heading": "Answer a correction", "quoted": correction.text}
    return _form(request, meeting, context)


@require_safe
def my_actions(request: HttpRequest) -> HttpResponse:
    """What the reader took on in meetings."""
    page = paginate(request, queries.actions_of(request.user))
    return render(request, "stakeholders/meetings/my_actions.html", {"page": page})


@require_POST
def say_done(request: HttpRequest, action_id: str) -> HttpResponse:
    action = get_object_or_404(MeetingAction.objects.visible_to(request.user), public_id=action_id)
    authorise(may_do_action(request.user, action))
    is_finished = request.POST.get("done") == "yes"
    services.say_done(action, is_done=is_finished, by=request.user)
    messages.success(request, "Thank you. It is done." if is_finished else "It is open again.")
    return redirect("stakeholders:my-meeting-actions")


def _written_by(request: HttpRequest, public_id: str, meeting_id: str, item_id: str) -> AgendaItem:
    meeting = find_meeting(request, public_id, meeting_id)
    authorise(may_write_minutes(request.user, meeting))
    return item_of(meeting, item_id)


def _item_page(request: HttpRequest, item: AgendaItem, **forms: Any) -> HttpResponse:
    """The page of one item with its three forms; those of `forms` as they were sent."""
    context = item_page(item) | {
        "note_form": NoteForm(note=getattr(item, "note", None)),
        "decision_form": MeetingDecisionForm(),
        "action_form": MeetingActionForm(people=people_to_act(item.meeting.panel)),
        **forms,
    }
    context["form"] = next(iter(forms.values()))
    return render(request, "stakeholders/meetings/write.html", context)


def _form(request: HttpRequest, meeting: Meeting, context: dict[str, Any]) -> HttpResponse:
    context |= {"meeting": meeting, "panel": meeting.panel}
    return render(request, "stakeholders/meetings/form.html", context)
