"""The Celery application. Celery only carries the id of a `core.Job`; the row is the job."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import worker_ready, worker_shutdown
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vbc.settings")

# The embedded default: messages as files, readable while they are written.
TRANSPORT_ALIASES["files"] = "vbc.core.file_broker:Transport"

app = Celery("vbc")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _ready_file() -> Path:
    from django.conf import settings

    return Path(settings.VAR) / "run" / "worker.ready"


@worker_ready.connect
def _say_ready(**_: Any) -> None:
    """`bin/run` waits for this file before it says that a person can use the site."""
    _ready_file().parent.mkdir(parents=True, exist_ok=True)
    _ready_file().write_text(str(os.getpid()))


@worker_shutdown.connect
def _say_gone(**_: Any) -> None:
    _ready_file().unlink(missing_ok=True)
