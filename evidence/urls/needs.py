"""Needs assessments."""

from django.urls import path

from evidence.views import needs, needs_public, needs_review, needs_writing

urlpatterns = [
    path("needs/", needs.needs_list, name="needs-list"),
    path("needs/add/", needs.add_needs, name="add-needs"),
    path("needs/add-existing/", needs.add_existing, name="add-existing-needs"),
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
    path(
        "needs/<slug:public_id>/numbers/<slug:kind>/<slug:horizon>/",
        needs_writing.edit_number,
        name="edit-number",
    ),
    path("needs/<slug:public_id>/people/", needs_writing.edit_populations, name="edit-populations"),
    path("needs/<slug:public_id>/gaps/add/", needs_writing.add_gap, name="add-gap"),
    path("needs/<slug:public_id>/gaps/<slug:gap_id>/", needs_writing.edit_gap, name="edit-gap"),
    path(
        "needs/<slug:public_id>/gaps/<slug:gap_id>/remove/",
        needs_writing.remove_gap,
        name="remove-gap",
    ),
    path(
        "needs/<slug:public_id>/gaps/<slug:gap_id>/place/", needs_writing.rank_gap, name="rank-gap"
    ),
    path("needs/<slug:public_id>/plans/add/", needs_writing.add_plan, name="add-plan"),
    path("needs/<slug:public_id>/plans/<slug:plan_id>/", needs_writing.edit_plan, name="edit-plan"),
    path(
        "needs/<slug:public_id>/plans/<slug:plan_id>/remove/",
        needs_writing.remove_plan,
        name="remove-plan",
    ),
    path("needs/<slug:public_id>/ask/", needs_review.ask_for_comments, name="ask-for-comments"),
    path("needs/<slug:public_id>/comments/", needs_review.comments, name="needs-comments"),
    path(
        "needs/<slug:public_id>/comments/close/",
        needs_review.close_comments,
        name="close-comments",
    ),
    path(
        "needs/<slug:public_id>/comments/<slug:comment_id>/",
        needs_review.answer_comment,
        name="answer-comment",
    ),
    path("needs/<slug:public_id>/new-edition/", needs_review.new_edition, name="new-edition"),
    path("needs/<slug:public_id>/publish/", needs.publish, name="publish-needs"),
    path("needs/<slug:public_id>/reopen/", needs.reopen, name="reopen-needs"),
    path("needs/<slug:public_id>/show/", needs_public.show, name="show-needs"),
    path("needs/<slug:public_id>/show/end/", needs_public.end, name="end-showing-needs"),
    path("published-needs/", needs_public.public_list, name="public-needs-list"),
    path("published-needs/<slug:public_id>/", needs_public.public, name="public-needs"),
]
