"""Files of public data."""

from django.urls import path

from evidence.views import columns, imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/start/", imports.start_import, name="start-import"),
    path("imports/<slug:public_id>/", imports.data_import, name="import"),
    path("imports/<slug:public_id>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<slug:public_id>/go-on/", imports.go_on, name="go-on"),
    path("imports/<slug:public_id>/columns/", columns.columns, name="columns"),
    path("imports/<slug:public_id>/look-again/", columns.look_again, name="look-again"),
    path("imports/<slug:public_id>/confirm/", columns.confirm, name="confirm-columns"),
    path("imports/<slug:public_id>/undo/", imports.undo_import, name="undo-import"),
    path("imports/<slug:public_id>/read-again/", imports.read_again, name="read-again"),
    path("imports/<slug:public_id>/keep/", imports.keep_good_rows, name="keep-good-rows"),
    path("imports/<slug:public_id>/put-aside/", imports.put_aside, name="put-aside"),
    path("imports/<slug:public_id>/try-again/", imports.try_again, name="try-import-again"),
]
