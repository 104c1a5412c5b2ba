"""Exits 0 while the site answers that it is well: the container's health check.

Standard library only. Reads PORT (default 8000) and the same settings as the site to know which
host name it answers to.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def _host_name() -> str:
    """A name that the site accepts; without one it would refuse the question itself."""
    named = [name.strip() for name in os.environ.get("VBC_ALLOWED_HOSTS", "").split(",")]
    exact = [name for name in named if name and name[0] not in "*."]
    return (exact or [urlsplit(os.environ.get("VBC_SITE_ADDRESS", "")).hostname or "localhost"])[0]


def answers(host: str, port: int) -> bool:
    """Whether /health/ of the server at this address answers 200 within five seconds."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": _host_name()})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(0 if answers("127.0.0.1", int(os.environ.get("PORT") or 8000)) else 1)
