"""The addresses of checklists."""

from django.urls import path

from cycles.views import checklists

_ONE = "<slug:slug>/decisions/<slug:public_id>/"
_OF_DECISION = _ONE + "checklists/<slug:checklist>/"
_OF_OPTION = _ONE + "options/<slug:option_id>/checklists/<slug:checklist>/"

urlpatterns = [
    path(_OF_DECISION, checklists.of_decision, name="checklist"),
    path(
        _OF_DECISION + "<slug:item>/", checklists.answer_about_decision, name="checklist-question"
    ),
    path(_OF_OPTION, checklists.of_option, name="option-checklist"),
    path(
        _OF_OPTION + "<slug:item>/",
        checklists.answer_about_option,
        name="option-checklist-question",
    ),
]
