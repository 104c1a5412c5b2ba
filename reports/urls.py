from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.documents, name="documents"),
    path("new/<slug:slug>/<slug:kind>/", views.request_report, name="request-report"),
    path("needs/<slug:public_id>/", views.needs_documents, name="needs-documents"),
    path("<slug:public_id>/", views.report, name="report"),
    path("<slug:public_id>/read/", views.read, name="report-read"),
    path("<slug:public_id>/pdf/", views.pdf, name="report-pdf"),
    path("<slug:public_id>/data/", views.data, name="report-data"),
    path("<slug:public_id>/retry/", views.retry, name="report-retry"),
]
