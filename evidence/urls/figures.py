"""The front of the library, and figures."""

from django.urls import path

from evidence.views import indicators, library, profiles, tiers

urlpatterns = [
    path("", library.library, name="library"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/tiers/", tiers.tiers, name="tiers"),
    path("indicators/tiers/add/", tiers.add_vital_sign, name="add-vital-sign"),
    path("indicators/<slug:public_id>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:public_id>/edit/", indicators.edit_indicator, name="edit-indicator"),
    path("indicators/<slug:public_id>/picture/", indicators.picture, name="indicator-picture"),
    path("indicators/<slug:public_id>/draw/", indicators.draw_chart, name="draw-chart"),
    path(
        "indicators/<slug:public_id>/figures.csv", indicators.figures_file, name="indicator-figures"
    ),
    path("areas/<slug:code>/profile/", profiles.profile, name="area-profile"),
    path("areas/<slug:code>/profile/picture/", profiles.picture, name="profile-picture"),
    path("areas/<slug:code>/profile/draw/", profiles.draw, name="draw-profile"),
    path("areas/<slug:code>/profile/figures.csv", profiles.figures_file, name="profile-figures"),
]
