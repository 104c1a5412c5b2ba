"""Asking people, and what came of it."""

from django.urls import path

from stakeholders.views import engagement, seldom_heard

_HERE = "panels/<slug:public_id>/engagement/"
_GROUP = _HERE + "groups/<slug:group_id>/"
_EVENT = _HERE + "events/<slug:event_id>/"

urlpatterns = [
    path("what-came-of-it/<slug:event_id>/", engagement.what_came_of_it, name="what-came-of-it"),
    path(_HERE, engagement.engagement, name="engagement"),
    path(_HERE + "log/", engagement.involvement_log, name="involvement-log"),
    path(_HERE + "groups/add/", seldom_heard.add_group, name="add-group"),
    path(_GROUP + "edit/", seldom_heard.edit_group, name="edit-group"),
    path(_GROUP + "withdraw/", seldom_heard.withdraw_group, name="withdraw-group"),
    path(_GROUP + "bring-back/", seldom_heard.bring_back_group, name="bring-back-group"),
    path(_HERE + "events/add/", engagement.record_event, name="record-event"),
    path(_EVENT, engagement.event, name="engagement-event"),
    path(_EVENT + "edit/", engagement.edit_event, name="edit-event"),
    path(_EVENT + "share/", engagement.share_event, name="share-event"),
    path(_EVENT + "stop-sharing/", engagement.stop_sharing_event, name="stop-sharing-event"),
]
