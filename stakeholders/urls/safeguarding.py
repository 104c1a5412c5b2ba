"""Concerns about somebody's safety, and who reads them."""

from django.urls import path

from stakeholders.views import concerns, safeguarding

_CONCERN = "concerns/<slug:public_id>/"

urlpatterns = [
    path("concerns/", concerns.queue, name="concerns"),
    path("concerns/raise/", concerns.raise_concern, name="raise-concern"),
    path("concerns/mine/", concerns.my_concerns, name="my-concerns"),
    path(_CONCERN, concerns.concern, name="concern"),
    path(_CONCERN + "raised/", concerns.concern_raised, name="concern-raised"),
    path(_CONCERN + "open/", concerns.open_concern, name="open-concern"),
    path(_CONCERN + "note/", concerns.add_note, name="note-on-concern"),
    path(_CONCERN + "pass-on/", concerns.pass_on, name="pass-on-concern"),
    path(_CONCERN + "close/", concerns.close, name="close-concern"),
    path(_CONCERN + "reopen/", concerns.reopen, name="reopen-concern"),
    path(
        "panels/<slug:public_id>/safeguarding/", safeguarding.panel_lead, name="safeguarding-lead"
    ),
    path(
        "organisations/<slug:public_id>/safeguarding/",
        safeguarding.organisation_lead,
        name="organisation-safeguarding",
    ),
]
