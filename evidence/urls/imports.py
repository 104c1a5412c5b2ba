"""Files of figures."""

from django.urls import path

from evidence.views import imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/start/", imports.start_import, name="start-import"),
    path("imports/<slug:public_id>/", imports.data_import, name="import"),
    path("imports/<slug:public_id>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<slug:public_id>/keep/", imports.keep_good_rows, name="keep-good-rows"),
    path("imports/<slug:public_id>/put-aside/", imports.put_aside, name="put-aside"),
    path("imports/<slug:public_id>/try-again/", imports.try_again, name="try-import-again"),
]
