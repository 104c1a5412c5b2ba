"""Kombu's file broker, made safe to read while it is written.

Upstream opens a message's file under its final name and then writes it; a worker that looks in
between reads nothing, fails to parse it and stops. Here a file gets its name when it is whole. Used
by the embedded defaults only; production has Redis.
"""

import contextlib
import os
import uuid
from pathlib import Path
from time import monotonic_ns
from typing import Any

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        name = f"{monotonic_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        part = _written(Path(self.data_folder_out), dumps(payload))
        part.rename(part.with_name(name))

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        file = self._exchange_file(exchange)
        if not file.exists():
            self.control_folder.mkdir(exist_ok=True)
            part = _written(self.control_folder, "[]")
            # Two may begin at once; the second finds the first one's file, which is as good.
            with contextlib.suppress(FileExistsError):
                os.link(part, file)
            part.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    Channel = Channel


def _written(folder: Path, text: str) -> Path:
    """A file of the folder that no reader looks at, holding `text`."""
    part = folder / f".{uuid.uuid4()}.part"
    part.write_text(text, encoding="utf-8")
    return part
