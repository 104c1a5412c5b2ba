"""Pathways through services."""

from django.urls import path

from evidence.views import pathways

urlpatterns = [
    path("pathways/", pathways.pathways, name="pathways"),
    path("pathways/add/", pathways.add_pathway, name="add-pathway"),
    path("pathways/<slug:public_id>/", pathways.pathway, name="pathway"),
    path("pathways/<slug:public_id>/edit/", pathways.edit_pathway, name="edit-pathway"),
    path("pathways/<slug:public_id>/steps/add/", pathways.add_step, name="add-step"),
    path(
        "pathways/<slug:public_id>/steps/<slug:step_id>/edit/", pathways.edit_step, name="edit-step"
    ),
    path(
        "pathways/<slug:public_id>/steps/<slug:step_id>/move/", pathways.move_step, name="move-step"
    ),
    path(
        "pathways/<slug:public_id>/steps/<slug:step_id>/remove/",
        pathways.remove_step,
        name="remove-step",
    ),
    path(
        "pathways/<slug:public_id>/steps/<slug:step_id>/put-back/",
        pathways.put_step_back,
        name="put-step-back",
    ),
    path(
        "pathways/<slug:public_id>/steps/<slug:step_id>/hand-off/",
        pathways.hand_off,
        name="hand-off",
    ),
]
