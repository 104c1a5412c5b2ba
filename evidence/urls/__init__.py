"""The addresses under /library/."""

from evidence.urls import figures, frameworks, imports, needs, references

app_name = "evidence"

urlpatterns = [
    *figures.urlpatterns,
    *imports.urlpatterns,
    *references.urlpatterns,
    *needs.urlpatterns,
    *frameworks.urlpatterns,
]
