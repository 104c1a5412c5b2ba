"""Asking people, their answers, and letters."""

from django.urls import path

from stakeholders.views import invitations, letters, nominations

_PANEL = "<slug:public_id>/"
_INVITATION = _PANEL + "invitations/<slug:invitation_id>/"

urlpatterns = [
    path("invitation/<str:code>/", invitations.invitation, name="invitation"),
    path("code/", letters.enter_code, name="enter-code"),
    path("code/answer/", invitations.answer_letter, name="answer-letter"),
    path("code/new-password/", letters.new_password, name="new-password"),
    path(_PANEL + "welcome/", letters.welcome, name="welcome"),
    path(_PANEL + "invitations/", invitations.invite, name="invite"),
    path(_INVITATION + "resend/", invitations.resend, name="resend-invitation"),
    path(_INVITATION + "letter/", invitations.print_invitation, name="print-invitation"),
    path(_INVITATION + "withdraw/", invitations.withdraw, name="withdraw-invitation"),
    path(_PANEL + "step-in-for-me/", nominations.name_cover, name="name-cover"),
    path(_PANEL + "beside-me/", nominations.bring_supporter, name="bring-supporter"),
    path(_PANEL + "reserve-list/", nominations.reserve_list, name="reserve-list"),
    path(_PANEL + "beside-me/<slug:seat_id>/end/", nominations.release, name="release"),
    path(_PANEL + "sign-in-letters/", letters.sign_in_letter_list, name="sign-in-letters"),
    path(
        _PANEL + "sign-in-letters/<slug:person_id>/",
        letters.print_sign_in_letter,
        name="print-sign-in-letter",
    ),
]
