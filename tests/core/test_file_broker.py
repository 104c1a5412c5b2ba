"""The embedded broker: what a reader finds is whole, however it is written meanwhile."""

import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.simple import SimpleQueue

import vbc.celery  # noqa: F401  (names the transport)


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    folders = {name: str(tmp_path / name) for name in ("queue", "control")}
    for folder in folders.values():
        Path(folder).mkdir()
    return Connection(
        "files://localhost",
        transport_options={
            "data_folder_in": folders["queue"],
            "data_folder_out": folders["queue"],
            "control_folder": folders["control"],
            "polling_interval": 0.01,
        },
    )


def _number(queue: SimpleQueue) -> int:
    message = queue.get(timeout=2)
    message.ack()
    return int(message.payload["number"])


def test_what_is_sent_arrives_in_order(connection: Connection) -> None:
    with connection.SimpleQueue("letters") as queue:
        for number in range(3):
            queue.put({"number": number})
        assert [_number(queue) for _ in range(3)] == [0, 1, 2]


def test_reader_never_finds_half_a_message(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader looks while the writer is at it; upstream it would read an empty file."""
    written, looked = threading.Event(), threading.Event()
    real = Path.write_text

    def slowly(path: Path, text: str, **kwargs: str) -> int:
        if path.suffix == ".part" and "body" in text:
            real(path, text[: len(text) // 2], **kwargs)
            written.set()
            assert looked.wait(5)
        return real(path, text, **kwargs)

    with connection.SimpleQueue("notes") as reader:
        monkeypatch.setattr(Path, "write_text", slowly)
        with connection.clone().SimpleQueue("notes") as sender:
            writing = threading.Thread(target=sender.put, args=[{"number": 1}])
            writing.start()
            assert written.wait(5)
            with pytest.raises(Empty):
                reader.get(timeout=0.1)
            looked.set()
            writing.join()
            assert _number(reader) == 1
