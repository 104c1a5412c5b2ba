from django.urls import path

from evidence.views import imports, indicators, library, needs, references

app_name = "evidence"

urlpatterns = [
    path("", library.library, name="library"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<slug:public_id>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:public_id>/picture/", indicators.picture, name="indicator-picture"),
    path("indicators/<slug:public_id>/draw/", indicators.draw_chart, name="draw-chart"),
    path("imports/", imports.imports, name="imports"),
    path("imports/start/", imports.start_import, name="start-import"),
    path("imports/<slug:public_id>/", imports.data_import, name="import"),
    path("imports/<slug:public_id>/progress/", imports.import_progress, name="import-progress"),
    path("imports/<slug:public_id>/keep/", imports.keep_good_rows, name="keep-good-rows"),
    path("imports/<slug:public_id>/put-aside/", imports.put_aside, name="put-aside"),
    path("imports/<slug:public_id>/try-again/", imports.try_again, name="try-import-again"),
    path("references/", references.references, name="references"),
    path("references/add/", references.add_reference, name="add-reference"),
    path("references/<slug:public_id>/", references.reference, name="reference"),
    path("references/<slug:public_id>/edit/", references.edit_reference, name="edit-reference"),
    path("references/<slug:public_id>/withdraw/", references.withdraw, name="withdraw-reference"),
    path(
        "references/<slug:public_id>/bring-back/",
        references.bring_back,
        name="bring-back-reference",
    ),
    path("needs/", needs.needs_list, name="needs-list"),
    path("needs/add/", needs.add_needs, name="add-needs"),
    path("needs/<slug:public_id>/", needs.needs, name="needs"),
    path("needs/<slug:public_id>/statement/", needs.edit_statement, name="edit-statement"),
    path(
        "needs/<slug:public_id>/chapters/<slug:chapter>/", needs.edit_chapter, name="edit-chapter"
    ),
    path(
        "needs/<slug:public_id>/chapters/<slug:chapter>/charts/add/",
        needs.add_chart,
        name="add-chart",
    ),
    path(
        "needs/<slug:public_id>/charts/<int:chart_id>/remove/",
        needs.remove_chart,
        name="remove-chart",
    ),
    path("needs/<slug:public_id>/groups/<slug:group>/", needs.edit_coverage, name="edit-coverage"),
    path("needs/<slug:public_id>/publish/", needs.publish, name="publish-needs"),
    path("needs/<slug:public_id>/reopen/", needs.reopen, name="reopen-needs"),
]
