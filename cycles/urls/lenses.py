"""The addresses of lenses: frameworks through which a cycle is looked at."""

from django.urls import path

from cycles.views import lenses

_LENSES = "<slug:slug>/lenses/"

urlpatterns = [
    path(_LENSES, lenses.lenses, name="lenses"),
    path(_LENSES + "choose/", lenses.choose, name="choose-lens"),
    path(_LENSES + "<slug:lens_id>/put-aside/", lenses.put_aside, name="put-lens-aside"),
]
