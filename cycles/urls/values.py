"""What matters to the panel, and how the problem is understood. No address says from which
perspective somebody reads or writes."""

from django.urls import path

from cycles.views import decision_values, understanding, values

_VALUES = "<slug:slug>/values/"
_ONE = _VALUES + "<slug:value_id>/"
_SAID = "<slug:slug>/understanding/"
_ONE_SAID = _SAID + "<slug:said_id>/"
_DECISION = "<slug:slug>/decisions/<slug:public_id>/"
_LINK = _DECISION + "values/<slug:link_id>/"

urlpatterns = [
    path(_VALUES, values.values, name="values"),
    path(_VALUES + "propose/", values.propose, name="propose-value"),
    path(_VALUES + "put/", values.put, name="put-values"),
    path(_VALUES + "agree/", values.agree, name="agree-values"),
    path(_VALUES + "presets/<slug:source>/", values.take_preset, name="take-preset"),
    path(_VALUES + "editions/<slug:edition_id>/", values.edition, name="values-edition"),
    path(_ONE + "edit/", values.edit, name="edit-value"),
    path(_ONE + "withdraw/", values.withdraw, name="withdraw-value"),
    path(_ONE + "bring-back/", values.bring_back, name="bring-back-value"),
    path(_SAID, understanding.understanding, name="understanding"),
    path(_SAID + "say/", understanding.say, name="say-understanding"),
    path(_ONE_SAID + "edit/", understanding.edit, name="edit-understanding"),
    path(_ONE_SAID + "withdraw/", understanding.withdraw, name="withdraw-understanding"),
    path(_ONE_SAID + "answer/", understanding.answer, name="answer-understanding"),
    path(_ONE_SAID + "names/", understanding.redact, name="redact-understanding"),
    path(
        _SAID + "originals/<slug:redaction_id>/",
        understanding.see_original,
        name="see-original-understanding",
    ),
    path(_DECISION + "values/link/", decision_values.link, name="link-value"),
    path(_DECISION + "how-heard/", decision_values.how_heard, name="how-heard"),
    path(_LINK + "edit/", decision_values.edit, name="edit-value-link"),
    path(_LINK + "unlink/", decision_values.unlink, name="unlink-value"),
    path(_LINK + "outweighed/", decision_values.outweighed, name="value-outweighed"),
]
