"""What people need on a panel, and who arranges it; and everything of one's own."""

from django.urls import path

from stakeholders.views import my_money, support

_PANEL = "<slug:public_id>/"
_PAYMENT = "payments/<slug:payment_id>/"

# Below panels/.
of_panel = [
    path(_PANEL + "my-support/", support.support_plan, name="support-plan"),
    path(_PANEL + "arranger/", support.name_arranger, name="name-arranger"),
    path(_PANEL + "arrangements/", support.arrangements, name="arrangements"),
]

# Below my-support/.
of_person = [
    path("", support.my_support, name="my-support"),
    path("quiet/", support.begin_quiet, name="begin-quiet"),
    path("reminders/", support.end_quiet, name="end-quiet"),
    path("claim/", my_money.claim, name="claim"),
    path("limit/", my_money.weekly_limit, name="weekly-limit"),
    path("letter/", my_money.letter, name="support-letter"),
    path(_PAYMENT, my_money.payment, name="payment"),
    path(_PAYMENT + "accept/", my_money.accept, name="accept-payment"),
    path(_PAYMENT + "decline/", my_money.decline, name="decline-payment"),
]
