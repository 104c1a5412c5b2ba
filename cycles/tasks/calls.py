"""Telling people outside what came of a call."""

from cycles.models import Call
from cycles.services import calls
from vbc.core.services import jobs


@jobs.task(calls.TELL_LISTENERS)
def tell_listeners(running: jobs.Running) -> None:
    call = Call.objects.get(public_id=running.object_id)
    calls.tell_listeners(call, is_last=running.is_last_attempt)
