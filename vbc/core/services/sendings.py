"""What is sent twice counts once.

A page is slow, so somebody presses again; a connection breaks, so a browser sends all of it again.
Both carry what only this opening of the page had, so the second is known, and led to where the
first led. Whoever sends something else from the same page is heard.
"""

import time
from datetime import timedelta

from django.utils import timezone

from vbc.core.models import Sending

# Longer than any page works: what has not ended by then was broken off.
LONGEST = timedelta(minutes=2)
# So long whoever sent it again waits for the first to end.
WAIT_SECONDS = 5.0
PAUSE_SECONDS = 0.1
KEPT = timedelta(days=1)


class StillWorking(Exception):
    """The same page was sent a moment ago, and that has not ended."""


def begin(page: str, said: str) -> str:
    """Where `said` led if it was sent from `page` before; or nothing, and it is worked on from now.

    `page` and `said` are digests, of 64 characters at most. Whoever gets nothing back has to call
    `end`. Outside of a transaction, or nobody else sees it. Raises StillWorking.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        sending, is_first = Sending.objects.get_or_create(page=page, defaults={"said": said})
        if is_first:
            return ""
        if sending.led_to and sending.said == said:
            return sending.led_to
        if sending.led_to or sending.begun_at < timezone.now() - LONGEST:
            as_found = Sending.objects.filter(pk=sending.pk, begun_at=sending.begun_at)
            if as_found.update(said=said, led_to="", begun_at=timezone.now()):
                return ""
        elif time.monotonic() > until:
            raise StillWorking
        else:
            time.sleep(PAUSE_SECONDS)


def end(page: str, led_to: str) -> None:
    """It is done and led there; or to nothing, as where a form has to be corrected: then the same
    may be sent again."""
    sending = Sending.objects.filter(page=page)
    if led_to:
        sending.update(led_to=led_to)
    else:
        sending.delete()


def forget() -> None:
    """Delete what nobody will send again."""
    Sending.objects.filter(begun_at__lt=timezone.now() - KEPT).delete()
