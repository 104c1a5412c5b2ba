"""Places, and where public data comes from."""

from django.urls import path

from evidence.views import areas, sources

urlpatterns = [
    path("areas/", areas.areas, name="areas"),
    path("areas/nhs/", areas.nhs_areas, name="nhs-areas"),
    path("areas/<path:code>/", areas.area, name="area"),
    path("sources/", sources.sources, name="sources"),
]
