"""The front of the library, and figures."""

from django.urls import path

from evidence.views import indicators, library

urlpatterns = [
    path("", library.library, name="library"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<slug:public_id>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:public_id>/picture/", indicators.picture, name="indicator-picture"),
    path("indicators/<slug:public_id>/draw/", indicators.draw_chart, name="draw-chart"),
]
