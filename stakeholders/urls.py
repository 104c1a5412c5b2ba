"""The addresses under /panels/. None says what anyone speaks from."""

from django.urls import path

from stakeholders.views import invitations, panels, seats

app_name = "stakeholders"

_PANEL = "<slug:public_id>/"
_INVITATION = _PANEL + "invitations/<slug:invitation_id>/"

urlpatterns = [
    path("", panels.panel_list, name="panels"),
    path("set-up/", panels.create_panel, name="create-panel"),
    path("invitation/<str:code>/", invitations.invitation, name="invitation"),
    path(_PANEL, panels.panel, name="panel"),
    path(_PANEL + "edit/", panels.edit_panel, name="edit-panel"),
    path(_PANEL + "open/", panels.open_panel, name="open-panel"),
    path(_PANEL + "resume/", panels.resume_panel, name="resume-panel"),
    path(_PANEL + "chair/", panels.appoint_chair, name="appoint-chair"),
    path(_PANEL + "invitations/", invitations.invite, name="invite"),
    path(_INVITATION + "resend/", invitations.resend, name="resend-invitation"),
    path(_INVITATION + "withdraw/", invitations.withdraw, name="withdraw-invitation"),
    path(_PANEL + "leave/", seats.leave, name="leave"),
    path(_PANEL + "away/", seats.go_away, name="go-away"),
    path(_PANEL + "back/", seats.come_back, name="come-back"),
    path(_PANEL + "my-part/", seats.change_perspective, name="change-perspective"),
]
