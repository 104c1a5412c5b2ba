"""Who leads on what, and handing it over."""

from django.urls import path

from stakeholders.views import leads

_HERE = "leads/<slug:public_id>/"
_PERSON = _HERE + "people/<slug:person_id>/"

urlpatterns = [
    path("leads/", leads.leads, name="leads"),
    path(_HERE + "add/", leads.add_lead, name="add-lead"),
    path(_HERE + "<slug:lead_id>/cover/", leads.lead_cover, name="lead-cover"),
    path(_HERE + "<slug:lead_id>/end/", leads.end_lead, name="end-lead"),
    path(_PERSON, leads.hand_over, name="hand-over"),
    path(_PERSON + "data/", leads.hand_over_data, name="hand-over-data"),
    path(_PERSON + "hand-on/", leads.hand_on, name="hand-on"),
]
