"""The cycle itself: its page, its stages, its strategy, actions, outcomes and review."""

from django.urls import path

from cycles.views import (
    actions,
    cycles,
    involvement,
    outcomes,
    priorities,
    review,
    risks,
    stages,
    strategy,
)

urlpatterns = [
    path("", cycles.cycle_list, name="cycles"),
    path("start/", cycles.start, name="start"),
    path("<slug:slug>/", cycles.cycle, name="cycle"),
    path("<slug:slug>/about/", cycles.edit, name="edit-cycle"),
    path("<slug:slug>/panel/", cycles.link_panel, name="link-panel"),
    path("<slug:slug>/needs/", cycles.link_needs, name="link-needs"),
    path("<slug:slug>/stages/<slug:stage>/", stages.stage, name="stage"),
    path("<slug:slug>/onwards/", stages.advance, name="advance"),
    path("<slug:slug>/back/", stages.go_back, name="go-back"),
    path("<slug:slug>/history/", stages.history, name="history"),
    path("<slug:slug>/involvement/", involvement.involvement, name="involvement"),
    path("<slug:slug>/strategy/", strategy.strategy, name="strategy"),
    path("<slug:slug>/strategy/<slug:element>/", strategy.element, name="strategy-element"),
    path("<slug:slug>/actions/", actions.actions, name="actions"),
    path("<slug:slug>/actions/new/", actions.add, name="add-action"),
    path("<slug:slug>/actions/<slug:public_id>/", actions.action, name="action"),
    path("<slug:slug>/actions/<slug:public_id>/edit/", actions.edit, name="edit-action"),
    path("<slug:slug>/risks/", risks.risks, name="risks"),
    path("<slug:slug>/risks/new/", risks.add, name="add-risk"),
    path("<slug:slug>/risks/<slug:public_id>/", risks.risk, name="risk"),
    path("<slug:slug>/risks/<slug:public_id>/edit/", risks.edit, name="edit-risk"),
    path("<slug:slug>/risks/<slug:public_id>/close/", risks.close, name="close-risk"),
    path("<slug:slug>/risks/<slug:public_id>/reopen/", risks.reopen, name="reopen-risk"),
    path("<slug:slug>/priorities/", priorities.priorities, name="priorities"),
    path(
        "<slug:slug>/priorities/<slug:gap_id>/put/",
        priorities.put_to_panel,
        name="put-need-to-panel",
    ),
    path("<slug:slug>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("<slug:slug>/outcomes/new/", outcomes.add, name="add-outcome"),
    path("<slug:slug>/outcomes/<slug:public_id>/edit/", outcomes.edit, name="edit-outcome"),
    path("<slug:slug>/outcomes/<slug:public_id>/result/", outcomes.result, name="result"),
    path("<slug:slug>/review/", review.review, name="review"),
    path("<slug:slug>/review/findings/new/", review.add_finding, name="add-finding"),
    path("<slug:slug>/review/findings/<slug:public_id>/", review.finding, name="finding"),
]
