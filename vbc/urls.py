"""Every address of the site."""

from django.urls import include, path

handler400 = "vbc.home.errors.bad_request"
handler403 = "vbc.home.errors.not_allowed"
handler404 = "vbc.home.errors.not_found"
handler500 = "vbc.home.errors.broken"

urlpatterns = [
    path("", include("vbc.home.urls")),
    path("account/", include("allauth.urls")),
    path("", include("stakeholders.urls")),
    path("library/", include("evidence.urls")),
    path("say/", include("cycles.urls.say")),
    path("cycles/", include("cycles.urls")),
    path("documents/", include("reports.urls")),
]
