"""Who is on the panels, taken together, and what one says of oneself."""

from django.urls import path

from stakeholders.views import composition

_ORGANISATION = "organisations/<slug:public_id>/"

urlpatterns = [
    path(_ORGANISATION + "who-we-are/", composition.composition, name="composition"),
    path(_ORGANISATION + "about-me/", composition.about_me, name="about-me"),
    path(_ORGANISATION + "about-me/delete/", composition.delete_about_me, name="delete-about-me"),
    path(
        _ORGANISATION + "people-here/<slug:characteristic>/",
        composition.population,
        name="population",
    ),
    path(
        "panels/<slug:public_id>/who-we-are/",
        composition.panel_composition,
        name="panel-composition",
    ),
]
