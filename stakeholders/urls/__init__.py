"""The addresses of who takes part. None says what anyone speaks from."""

from django.urls import include, path

from stakeholders.urls import (
    composition,
    conditions,
    engagement,
    induction,
    invitations,
    leads,
    meetings,
    organisations,
    panels,
    payments,
    safeguarding,
    stakeholder_map,
    support,
)

app_name = "stakeholders"

urlpatterns = [
    path("", include(composition.urlpatterns)),
    path("taking-part/", include(induction.urlpatterns)),
    path("", include(safeguarding.urlpatterns)),
    path("organisations/", include(organisations.urlpatterns)),
    path("", include(meetings.urlpatterns)),
    # Before the panels: their addresses begin with any word.
    path("panels/", include(invitations.urlpatterns)),
    path("panels/", include(panels.urlpatterns)),
    path("panels/", include(conditions.urlpatterns)),
    path("panels/", include(support.of_panel)),
    path("panels/", include(payments.of_panel)),
    path("my-support/", include(support.of_person)),
    path("payments/", include(payments.of_organisation)),
    path("panels/", include(stakeholder_map.urlpatterns)),
    path("", include(leads.urlpatterns)),
    path("", include(engagement.urlpatterns)),
]
