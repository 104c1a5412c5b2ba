from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.documents, name="documents"),
    path("new/<slug:key>/<slug:kind>/", views.request_report, name="request-report"),
    path("check/", views.check, name="check"),
    path("cycle/<slug:slug>/archive/", views.make_archive, name="make-archive"),
    path("cycle/<slug:slug>/by-itself/", views.add_schedule, name="add-schedule"),
    path("archives/<slug:public_id>/", views.archive, name="archive"),
    path("archives/<slug:public_id>/file/", views.archive_file, name="archive-file"),
    path("by-itself/<slug:public_id>/stop/", views.stop_schedule, name="stop-schedule"),
    path("hand-over/<slug:public_id>/<slug:person_id>/", views.hand_over, name="hand-over"),
    path("needs/<slug:public_id>/", views.needs_documents, name="needs-documents"),
    path("decision/<slug:public_id>/", views.decision_documents, name="decision-documents"),
    path("meeting/<slug:public_id>/", views.meeting_documents, name="meeting-documents"),
    path("<slug:public_id>/", views.report, name="report"),
    path("<slug:public_id>/read/", views.read, name="report-read"),
    path("<slug:public_id>/read/<slug:version>/", views.read, name="report-read-version"),
    path("<slug:public_id>/<slug:version>/<slug:ending>/", views.file, name="report-file"),
    path("<slug:public_id>/changes/", views.changed, name="report-changes"),
    path("<slug:public_id>/data/", views.data, name="report-data"),
    path("<slug:public_id>/cancel/", views.cancel, name="report-cancel"),
    path("<slug:public_id>/retry/", views.retry, name="report-retry"),
]
