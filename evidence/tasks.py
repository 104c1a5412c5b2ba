"""Background work on evidence: reading files and undoing that, drawing charts."""

from evidence.models import DataImport, Indicator, ReferenceImport
from evidence.queries.gaps import DRAW_HOPES
from evidence.queries.imports import READ, UNDO
from evidence.queries.pictures import DRAW, DRAW_PROFILE
from evidence.queries.reference_imports import READ_REFERENCES
from evidence.services import drawings, imports, reference_imports, undoing
from stakeholders.models import Organisation
from vbc.core.refusals import Refused
from vbc.core.services import jobs
from vbc.ui.charts import ChartFailed


@jobs.task(READ, at_most=jobs.LONG)
def read_import(running: jobs.Running) -> None:
    data_import = DataImport.objects.select_related("upload", "organisation", "column_mapping").get(
        public_id=running.object_id
    )
    imports.read(data_import, say=running.say)


@jobs.task(UNDO, at_most=jobs.LONG)
def undo_import(running: jobs.Running) -> None:
    data_import = DataImport.objects.get(public_id=running.object_id)
    try:
        undoing.take_out(data_import, say=running.say)
    except Refused as refused:
        raise jobs.JobRefused(str(refused)) from refused


@jobs.task(READ_REFERENCES)
def read_references(running: jobs.Running) -> None:
    reference_import = ReferenceImport.objects.select_related("upload", "organisation").get(
        public_id=running.object_id
    )
    reference_imports.read(reference_import, say=running.say)


@jobs.task(DRAW)
def draw_chart(running: jobs.Running) -> None:
    indicator = Indicator.objects.get(public_id=running.object_id)
    try:
        drawings.draw(indicator, running.job.edition)
    except ChartFailed as failed:
        raise jobs.JobRefused(str(failed)) from failed


@jobs.task(DRAW_PROFILE)
def draw_profile(running: jobs.Running) -> None:
    organisation = Organisation.objects.get(public_id=running.object_id)
    try:
        drawings.draw_profile(organisation, running.job.edition)
    except ChartFailed as failed:
        raise jobs.JobRefused(str(failed)) from failed


@jobs.task(DRAW_HOPES)
def draw_hopes(running: jobs.Running) -> None:
    organisation = Organisation.objects.get(public_id=running.object_id)
    try:
        drawings.draw_hopes(organisation)
    except ChartFailed as failed:
        raise jobs.JobRefused(str(failed)) from failed
