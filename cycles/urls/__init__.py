"""The addresses under /cycles/."""

from cycles.urls import (
    boards,
    calls,
    checklists,
    cycles,
    decisions,
    equality,
    lenses,
    ratings,
    talking,
    values,
)

app_name = "cycles"

urlpatterns = [
    *cycles.urlpatterns,
    *decisions.urlpatterns,
    *ratings.urlpatterns,
    *talking.urlpatterns,
    *equality.urlpatterns,
    *checklists.urlpatterns,
    *boards.urlpatterns,
    *values.urlpatterns,
    *lenses.urlpatterns,
    *calls.urlpatterns,
]
