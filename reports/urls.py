from django.urls import path

from reports.views import archives, checking, editions, hand_overs, schedules, shelves

app_name = "reports"

urlpatterns = [
    path("", shelves.documents, name="documents"),
    path("new/<slug:key>/<slug:kind>/", editions.request_report, name="request-report"),
    path("check/", checking.check, name="check"),
    path("cycle/<slug:slug>/archive/", archives.make_archive, name="make-archive"),
    path("cycle/<slug:slug>/by-itself/", schedules.add_schedule, name="add-schedule"),
    path("archives/<slug:public_id>/", archives.archive, name="archive"),
    path("archives/<slug:public_id>/file/", archives.archive_file, name="archive-file"),
    path("by-itself/<slug:public_id>/stop/", schedules.stop_schedule, name="stop-schedule"),
    path("hand-over/<slug:public_id>/<slug:person_id>/", hand_overs.hand_over, name="hand-over"),
    path("needs/<slug:public_id>/", shelves.needs_documents, name="needs-documents"),
    path("decision/<slug:public_id>/", shelves.decision_documents, name="decision-documents"),
    path("meeting/<slug:public_id>/", shelves.meeting_documents, name="meeting-documents"),
    path("<slug:public_id>/", editions.report, name="report"),
    path("<slug:public_id>/read/", editions.read, name="report-read"),
    path("<slug:public_id>/read/<slug:version>/", editions.read, name="report-read-version"),
    path("<slug:public_id>/<slug:version>/<slug:ending>/", editions.file, name="report-file"),
    path("<slug:public_id>/changes/", editions.changed, name="report-changes"),
    path("<slug:public_id>/data/", editions.data, name="report-data"),
    path("<slug:public_id>/cancel/", editions.cancel, name="report-cancel"),
    path("<slug:public_id>/retry/", editions.retry, name="report-retry"),
]
