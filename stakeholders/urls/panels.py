"""Panels, and each person's own seat."""

from django.urls import path

from stakeholders.views import liaisons, managing, panels, seats

_PANEL = "<slug:public_id>/"
_SEAT = _PANEL + "people/<slug:seat_id>/"

urlpatterns = [
    path("", panels.panel_list, name="panels"),
    path("set-up/", panels.create_panel, name="create-panel"),
    path(_PANEL, panels.panel, name="panel"),
    path(_PANEL + "edit/", panels.edit_panel, name="edit-panel"),
    path(_PANEL + "open/", panels.open_panel, name="open-panel"),
    path(_PANEL + "resume/", panels.resume_panel, name="resume-panel"),
    path(_PANEL + "chair/", panels.appoint_chair, name="appoint-chair"),
    path(_PANEL + "minimum/", managing.raise_minimum, name="raise-minimum"),
    path(_PANEL + "close/", managing.close_panel, name="close-panel"),
    path(_PANEL + "people/", managing.people, name="people"),
    path(_SEAT + "term/", managing.set_term, name="set-term"),
    path(_SEAT + "end/", managing.remove, name="remove"),
    path("ended/<slug:seat_id>/", seats.removed, name="removed"),
    path(_PANEL + "your-part/", seats.your_part, name="your-part"),
    path(_PANEL + "step-in/", seats.step_in, name="step-in"),
    path(_PANEL + "card/", seats.card, name="unwell-card"),
    path(_PANEL + "card/throw-away/", seats.throw_card_away, name="throw-card-away"),
    path(_PANEL + "in-touch/", liaisons.choose, name="liaison"),
    path(_PANEL + "in-touch/offer/", liaisons.offer, name="offer-liaison"),
    path(_PANEL + "in-touch/who-chose-you/", liaisons.who_chose_you, name="who-chose-you"),
    path(_PANEL + "leave/", seats.leave, name="leave"),
    path(_PANEL + "away/", seats.go_away, name="go-away"),
    path(_PANEL + "back/", seats.come_back, name="come-back"),
    path(_PANEL + "my-part/", seats.change_perspective, name="change-perspective"),
]
