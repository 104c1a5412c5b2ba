"""What has been written."""

from django.urls import path

from evidence.views import examples, guidance, reference_imports, references

_IMPORT = "references/import/<slug:public_id>"
_ONE = "references/<slug:public_id>"

urlpatterns = [
    path("references/", references.references, name="references"),
    path("references/add/", references.add_reference, name="add-reference"),
    path("references/guidance/", guidance.guidance, name="guidance-library"),
    path("references/examples/add/", examples.add_example, name="add-example"),
    path("references/import/", reference_imports.reference_imports, name="reference-imports"),
    path(
        "references/import/start/",
        reference_imports.start_reference_import,
        name="start-reference-import",
    ),
    path(f"{_IMPORT}/", reference_imports.reference_import, name="reference-import"),
    path(
        f"{_IMPORT}/progress/",
        reference_imports.reference_import_progress,
        name="reference-import-progress",
    ),
    path(f"{_IMPORT}/agree/", reference_imports.agree, name="agree-reference-import"),
    path(f"{_IMPORT}/put-aside/", reference_imports.put_aside, name="put-reference-import-aside"),
    path(f"{_IMPORT}/try-again/", reference_imports.try_again, name="try-reference-import-again"),
    path(f"{_IMPORT}/undo/", reference_imports.undo, name="undo-reference-import"),
    path(f"{_ONE}/", references.reference, name="reference"),
    path(f"{_ONE}/edit/", references.edit_reference, name="edit-reference"),
    path(f"{_ONE}/describe/", references.describe_reference, name="describe-reference"),
    path(f"{_ONE}/example/", examples.edit_example, name="edit-example"),
    path(f"{_ONE}/journey/add/", examples.add_step, name="add-journey-step"),
    path(f"{_ONE}/journey/<int:step_id>/remove/", examples.remove_step, name="remove-journey-step"),
    path(f"{_ONE}/withdraw/", references.withdraw, name="withdraw-reference"),
    path(f"{_ONE}/bring-back/", references.bring_back, name="bring-back-reference"),
]
