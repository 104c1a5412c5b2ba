"""Rating in order, what was recorded, and rating with help. No address says what was given."""

from django.urls import path

from cycles.views import helping, ratings

_ONE = "<slug:slug>/decisions/<slug:public_id>/"
_RECORDED = _ONE + "recorded/<slug:rating_id>/"
_HELPING = _ONE + "helping/<slug:helping_id>/"

urlpatterns = [
    path(_ONE + "order/", ratings.rank, name="rank-options"),
    path(_ONE + "recorded/", ratings.recorded, name="recorded-for-me"),
    path(_RECORDED + "show/", ratings.release_reason, name="release-reason"),
    path(_RECORDED + "take-back/", ratings.take_reason_back, name="take-reason-back"),
    path(_ONE + "helping/", helping.index, name="helping"),
    path(_ONE + "helping/choose/", helping.choose, name="choose-helper"),
    path(_HELPING, helping.member, name="help-member"),
    path(_HELPING + "end/", helping.end, name="end-helping"),
    path(_HELPING + "order/", helping.rank, name="help-rank"),
    path(_HELPING + "options/<slug:option_id>/", helping.enter, name="help-enter"),
]
