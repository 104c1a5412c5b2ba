"""Organisations."""

from django.urls import path

from stakeholders.views import organisations

urlpatterns = [
    path("<slug:public_id>/", organisations.organisation, name="organisation"),
]
