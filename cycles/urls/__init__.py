"""The addresses under /cycles/."""

from cycles.urls import cycles, decisions

app_name = "cycles"

urlpatterns = [*cycles.urlpatterns, *decisions.urlpatterns]
