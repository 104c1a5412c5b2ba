"""What has been written."""

from django.urls import path

from evidence.views import references

urlpatterns = [
    path("references/", references.references, name="references"),
    path("references/add/", references.add_reference, name="add-reference"),
    path("references/<slug:public_id>/", references.reference, name="reference"),
    path("references/<slug:public_id>/edit/", references.edit_reference, name="edit-reference"),
    path("references/<slug:public_id>/withdraw/", references.withdraw, name="withdraw-reference"),
    path(
        "references/<slug:public_id>/bring-back/",
        references.bring_back,
        name="bring-back-reference",
    ),
]
