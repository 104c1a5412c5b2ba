"""The addresses under /library/."""

from evidence.urls import (
    areas,
    experience,
    figures,
    frameworks,
    imports,
    needs,
    pathways,
    references,
    services,
)

app_name = "evidence"

urlpatterns = [
    *figures.urlpatterns,
    *areas.urlpatterns,
    *imports.urlpatterns,
    *references.urlpatterns,
    *needs.urlpatterns,
    *frameworks.urlpatterns,
    *services.urlpatterns,
    *pathways.urlpatterns,
    *experience.urlpatterns,
]
