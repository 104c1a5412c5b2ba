"""Needs assessments."""

from django.urls import path

from evidence.views import needs

urlpatterns = [
    path("needs/", needs.needs_list, name="needs-list"),
    path("needs/add/", needs.add_needs, name="add-needs"),
    path("needs/<slug:public_id>/", needs.needs, name="needs"),
    path("needs/<slug:public_id>/statement/", needs.edit_statement, name="edit-statement"),
    path(
        "needs/<slug:public_id>/chapters/<slug:chapter>/", needs.edit_chapter, name="edit-chapter"
    ),
    path(
        "needs/<slug:public_id>/chapters/<slug:chapter>/charts/add/",
        needs.add_chart,
        name="add-chart",
    ),
    path(
        "needs/<slug:public_id>/charts/<int:chart_id>/remove/",
        needs.remove_chart,
        name="remove-chart",
    ),
    path("needs/<slug:public_id>/groups/<slug:group>/", needs.edit_coverage, name="edit-coverage"),
    path("needs/<slug:public_id>/publish/", needs.publish, name="publish-needs"),
    path("needs/<slug:public_id>/reopen/", needs.reopen, name="reopen-needs"),
]
