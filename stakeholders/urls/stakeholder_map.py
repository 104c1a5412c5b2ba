"""The map, and being in touch with who is on it."""

from django.urls import path

from stakeholders.views import contacts, stakeholder_categories, stakeholder_map

_MAP = "<slug:public_id>/map/"
_CATEGORY = _MAP + "categories/<slug:category_id>/"
_ONE = _MAP + "<slug:stakeholder_id>/"

urlpatterns = [
    path(_MAP, stakeholder_map.stakeholder_map, name="stakeholder-map"),
    path(_MAP + "centre/", stakeholder_map.describe_centre, name="describe-centre"),
    path(_MAP + "add/", stakeholder_map.add_stakeholder, name="add-stakeholder"),
    path(_MAP + "categories/", stakeholder_categories.categories, name="stakeholder-categories"),
    path(
        _MAP + "categories/usual/",
        stakeholder_categories.usual_categories,
        name="usual-stakeholder-categories",
    ),
    path(
        _CATEGORY + "withdraw/",
        stakeholder_categories.withdraw_category,
        name="withdraw-stakeholder-category",
    ),
    path(
        _CATEGORY + "bring-back/",
        stakeholder_categories.bring_back_category,
        name="bring-back-stakeholder-category",
    ),
    path(_ONE, contacts.stakeholder, name="stakeholder"),
    path(_ONE + "edit/", stakeholder_map.edit_stakeholder, name="edit-stakeholder"),
    path(_ONE + "withdraw/", stakeholder_map.withdraw_stakeholder, name="withdraw-stakeholder"),
    path(
        _ONE + "bring-back/", stakeholder_map.bring_back_stakeholder, name="bring-back-stakeholder"
    ),
    path(_ONE + "contact-plan/", contacts.plan_contact, name="plan-contact"),
    path(_ONE + "contacts/add/", contacts.log_contact, name="log-contact"),
    path(_ONE + "promises/<slug:promise_id>/", contacts.settle_promise, name="settle-promise"),
]
