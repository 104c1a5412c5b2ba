"""Services as they are, who runs them, and what hangs on each."""

from django.urls import path

from evidence.views import providers, service_corrections, service_files, service_parts, services

urlpatterns = [
    path("services/", services.service_list, name="services"),
    path("services/map/", services.map_of_services, name="service-map"),
    path("services/choices/", service_parts.choice_audit, name="choice-audit"),
    path("services/contacts/", providers.contacts, name="service-contacts"),
    path("services/corrections/", service_corrections.waiting, name="corrections-waiting"),
    path("services/add/", services.add_service, name="add-service"),
    path("services/import/", service_files.import_services, name="import-services"),
    path("services/to-fill-in/", service_files.pattern, name="services-pattern"),
    path("services/export/", service_files.export_services, name="export-services"),
    path("services/<slug:public_id>/", services.service, name="service"),
    path("services/<slug:public_id>/edit/", services.edit_service, name="edit-service"),
    path("services/<slug:public_id>/words/", services.edit_words, name="edit-service-words"),
    path("services/<slug:public_id>/withdraw/", services.withdraw, name="withdraw-service"),
    path("services/<slug:public_id>/bring-back/", services.bring_back, name="bring-back-service"),
    path(
        "services/<slug:public_id>/figures/<slug:kind>/",
        service_parts.figure,
        name="service-figure",
    ),
    path(
        "services/<slug:public_id>/clusters/add/",
        service_parts.add_cluster,
        name="add-service-cluster",
    ),
    path(
        "services/<slug:public_id>/clusters/<int:cluster>/remove/",
        service_parts.remove_cluster,
        name="remove-service-cluster",
    ),
    path(
        "services/<slug:public_id>/journey/add/", service_parts.add_event, name="add-service-event"
    ),
    path(
        "services/<slug:public_id>/journey/<slug:event_id>/edit/",
        service_parts.edit_event,
        name="edit-service-event",
    ),
    path(
        "services/<slug:public_id>/provider-choice/",
        service_parts.claimed_choice,
        name="claimed-choice",
    ),
    path("services/<slug:public_id>/choice/", service_parts.lived_choice, name="lived-choice"),
    path(
        "services/<slug:public_id>/choice/take-back/",
        service_parts.take_choice_back,
        name="take-choice-back",
    ),
    path(
        "services/<slug:public_id>/corrections/add/",
        service_corrections.ask,
        name="correct-service",
    ),
    path(
        "services/<slug:public_id>/corrections/<slug:correction_id>/answer/",
        service_corrections.answer,
        name="answer-service-correction",
    ),
    path(
        "services/<slug:public_id>/corrections/<slug:correction_id>/take-back/",
        service_corrections.take_back,
        name="take-service-correction-back",
    ),
    path("providers/", providers.providers, name="providers"),
    path("providers/add/", providers.add_provider, name="add-provider"),
    path("providers/<slug:public_id>/edit/", providers.edit_provider, name="edit-provider"),
]
