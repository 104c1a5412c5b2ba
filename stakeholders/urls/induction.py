"""The guided start, the page for chairs, and the guides. Anyone signed in can open every step, so
none of these addresses says what somebody is on a panel for."""

from django.urls import path

from stakeholders.views import induction

urlpatterns = [
    path("", induction.induction, name="induction"),
    path("steps/<slug:step>/", induction.step, name="induction-step"),
    path("for-chairs/", induction.for_chairs, name="for-chairs"),
    path("guides/<slug:guide>/", induction.guide, name="guide"),
]
