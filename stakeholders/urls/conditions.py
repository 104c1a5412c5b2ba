"""The conditions under which people take part."""

from django.urls import path

from stakeholders.views import conditions

_CONDITIONS = "<slug:public_id>/conditions/"

urlpatterns = [
    path(_CONDITIONS, conditions.conditions_page, name="conditions"),
    path(_CONDITIONS + "<slug:kind>/", conditions.edit_condition, name="edit-condition"),
]
