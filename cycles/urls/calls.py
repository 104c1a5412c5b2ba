"""Calls for views, for those who ask and those who read."""

from django.urls import path

from cycles.views import calls, reading

_CALLS = "<slug:slug>/calls/"
_ONE = _CALLS + "<slug:call_id>/"
_ANSWER = _ONE + "answers/<slug:answer_id>/"

urlpatterns = [
    path(_CALLS, calls.call_list, name="calls"),
    path(_CALLS + "new/", calls.start, name="start-call"),
    path(_ONE, calls.call, name="call"),
    path(_ONE + "edit/", calls.edit, name="edit-call"),
    path(_ONE + "questions/new/", calls.ask, name="ask-question"),
    path(_ONE + "questions/<int:position>/take-out/", calls.take_out, name="take-question-out"),
    path(_ONE + "put-out/", calls.put_out, name="put-call-out"),
    path(_ONE + "close/", calls.close, name="close-call"),
    path(_ONE + "readers/", calls.readers, name="call-readers"),
    path(_ONE + "readers/<int:reader_id>/end/", calls.end_reader, name="end-call-reader"),
    path(_ONE + "what-came-of-it/all/", calls.respond, name="respond-to-call"),
    path(_ONE + "what-came-of-it/<slug:theme_id>/", calls.respond, name="respond-to-theme"),
    path(_ONE + "tell/", calls.publish_responses, name="publish-responses"),
    path(_ONE + "export/", reading.export, name="export-answers"),
    path(_ONE + "answers/", reading.answers, name="call-answers"),
    path(_ANSWER, reading.answer, name="call-answer"),
    path(_ANSWER + "theme/", reading.toggle_theme, name="toggle-theme"),
    path(_ANSWER + "note/", reading.note, name="note-answer"),
    path(_ANSWER + "hold/", reading.hold, name="hold-answer"),
    path(_ANSWER + "let-go/", reading.let_go, name="let-answer-go"),
]
