"""Telling people outside what came of a call."""

from cycles.models import Call
from cycles.services import calls
from vbc.core.services import jobs


@jobs.task(calls.TELL_LISTENERS)
def tell_listeners(running: jobs.Running) -> None:
    calls.tell_listeners(Call.objects.get(public_id=running.object_id))
