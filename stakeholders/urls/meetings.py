"""Meetings, agendas, attendance, minutes and the register of interests."""

from django.urls import path

from stakeholders.views import agendas, attendance, dates, interests, meetings, minutes, papers

_PANEL = "panels/<slug:public_id>/"
_ALL = _PANEL + "meetings/"
_ONE = _ALL + "<slug:meeting_id>/"
_DATE = _ONE + "dates/<slug:date_id>/"
_PAPER = _ONE + "papers/<slug:paper_id>/"
_ITEM = _ONE + "agenda/<slug:item_id>/"
_TURN = _ONE + "speakers/<slug:turn_id>/"
_CORRECTION = _ONE + "minutes/corrections/<slug:correction_id>/"
_INTEREST = _PANEL + "interests/<slug:interest_id>/"

urlpatterns = [
    path("meetings/how-to-chair/", meetings.how_to_chair, name="how-to-chair"),
    path("meetings/my-actions/", minutes.my_actions, name="my-meeting-actions"),
    path("meetings/actions/<slug:action_id>/done/", minutes.say_done, name="meeting-action-done"),
    path(_ALL, meetings.meeting_list, name="meetings"),
    path(_ALL + "set-up/", meetings.create, name="create-meeting"),
    path(_ONE, meetings.meeting, name="meeting"),
    path(_ONE + "edit/", meetings.edit, name="edit-meeting"),
    path(_ONE + "arrange/", meetings.arrange, name="arrange-meeting"),
    path(_ONE + "move/", meetings.move, name="move-meeting"),
    path(_ONE + "cancel/", meetings.cancel, name="cancel-meeting"),
    path(_ONE + "close/", meetings.close, name="close-meeting"),
    path(_ONE + "meeting.ics", meetings.calendar, name="meeting-calendar"),
    path(_ONE + "dates/", dates.meeting_dates, name="meeting-dates"),
    path(_ONE + "dates/offer/", dates.offer, name="offer-date"),
    path(_ONE + "dates/ask/", dates.ask, name="ask-for-dates"),
    path(_DATE + "withdraw/", dates.withdraw, name="withdraw-date"),
    path(_DATE + "pick/", dates.pick, name="pick-date"),
    path(_ONE + "papers/add/", papers.add, name="add-paper"),
    path(_ONE + "papers/send-round/", papers.send_round, name="send-papers"),
    path(_PAPER, papers.paper, name="paper"),
    path(_PAPER + "file/", papers.paper_file, name="paper-file"),
    path(_PAPER + "withdraw/", papers.withdraw, name="withdraw-paper"),
    path(_ONE + "agenda/", agendas.agenda, name="agenda"),
    path(_ONE + "agenda/add/", agendas.add, name="add-agenda-item"),
    path(_ONE + "agenda/ask/", agendas.ask_for, name="ask-for-item"),
    path(_ITEM + "edit/", agendas.edit, name="edit-agenda-item"),
    path(_ITEM + "take/", agendas.take, name="take-agenda-item"),
    path(_ITEM + "not-this-time/", agendas.turn_down, name="turn-down-agenda-item"),
    path(_ITEM + "move/", agendas.move, name="move-agenda-item"),
    path(_ITEM + "remove/", agendas.remove, name="remove-agenda-item"),
    path(_ONE + "coming/", attendance.say_coming, name="say-coming"),
    path(_ONE + "today/", attendance.room, name="meeting-room"),
    path(_ONE + "today/now/", attendance.now, name="meeting-now"),
    path(_ONE + "today/here/", attendance.say_present, name="say-present"),
    path(_ONE + "speakers/ask/", attendance.ask_to_speak, name="ask-to-speak"),
    path(_TURN + "spoken/", attendance.has_spoken, name="has-spoken"),
    path(_TURN + "off/", attendance.take_off, name="take-off"),
    path(_ONE + "minutes/", minutes.minutes, name="minutes"),
    path(_ONE + "minutes/share/", minutes.share, name="share-minutes"),
    path(_ONE + "minutes/agree/", minutes.agree, name="agree-minutes"),
    path(_ONE + "minutes/corrections/ask/", minutes.ask_for_correction, name="ask-for-correction"),
    path(_CORRECTION + "answer/", minutes.answer_correction, name="answer-correction"),
    path(_ITEM + "minutes/", minutes.write, name="write-minutes"),
    path(_ITEM + "minutes/decide/", minutes.decide, name="record-meeting-decision"),
    path(_ITEM + "minutes/action/", minutes.add_action, name="add-meeting-action"),
    path(
        _ITEM + "minutes/action/<slug:action_id>/withdraw/",
        minutes.withdraw_action,
        name="withdraw-meeting-action",
    ),
    path(_PANEL + "interests/", interests.register, name="interests"),
    path(_PANEL + "interests/declare/", interests.declare, name="declare-interest"),
    path(_INTEREST + "end/", interests.end, name="end-interest"),
    path("register/<slug:public_id>/", interests.public_register, name="public-register"),
]
