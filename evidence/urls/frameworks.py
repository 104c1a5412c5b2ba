"""Frameworks. No address says from which perspective somebody reads or writes."""

from django.urls import path

from evidence.views import framework_sheets as sheets
from evidence.views import frameworks

_SHEET = "frameworks/answers/<slug:sheet_id>/"
_ITEM = _SHEET + "items/<slug:item>/"
_OWN = _SHEET + "own/<slug:item_id>/"
_NOTE = "frameworks/notes/<slug:note_id>/"
_USE = "frameworks/in-use/<slug:use_id>/"

urlpatterns = [
    path("frameworks/", frameworks.frameworks, name="frameworks"),
    path(_USE + "off/", frameworks.switch_off, name="switch-framework-off"),
    path(_USE + "years/", frameworks.years, name="framework-years"),
    path(_USE + "years/begin/", frameworks.begin_year, name="begin-framework-year"),
    path(_SHEET, sheets.sheet, name="framework-sheet"),
    path(_SHEET + "own/add/", sheets.add_item, name="add-framework-item"),
    path(_OWN + "edit/", sheets.edit_item, name="edit-framework-item"),
    path(_OWN + "withdraw/", sheets.withdraw_item, name="withdraw-framework-item"),
    path(_OWN + "bring-back/", sheets.bring_item_back, name="bring-framework-item-back"),
    path(_ITEM, sheets.item, name="framework-item"),
    path(_ITEM + "answer/", sheets.answer, name="answer-framework"),
    path(_ITEM + "still-true/", sheets.still_true, name="framework-still-true"),
    path(_ITEM + "note/", sheets.add_note, name="add-framework-note"),
    path(_ITEM + "links/add/", sheets.add_link, name="add-framework-link"),
    path(_ITEM + "links/<slug:link_id>/remove/", sheets.remove_link, name="remove-framework-link"),
    path(_NOTE + "withdraw/", sheets.withdraw_note, name="withdraw-framework-note"),
    path(_NOTE + "answer/", sheets.answer_note, name="answer-framework-note"),
    path("frameworks/about/<slug:key>/", frameworks.framework, name="framework"),
    path("frameworks/switch-on/", frameworks.switch_on, name="switch-framework-on"),
]
