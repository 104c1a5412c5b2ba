"""The addresses of equality assessments. A published edition is open to anybody."""

from django.urls import path

from cycles.views import equality

_EQUALITY = "<slug:slug>/decisions/<slug:public_id>/equality/"

urlpatterns = [
    path(_EQUALITY, equality.assessment, name="equality"),
    path(_EQUALITY + "parts/<slug:part>/", equality.part, name="equality-part"),
    path(_EQUALITY + "groups/<slug:group>/", equality.group, name="equality-group"),
    path(_EQUALITY + "duties/", equality.duty, name="equality-duty"),
    path(_EQUALITY + "publish/", equality.publish, name="publish-equality"),
    path(_EQUALITY + "editions/<slug:edition_id>/", equality.edition, name="equality-edition"),
]
