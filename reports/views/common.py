"""What the views of documents share."""

from django.http.response import HttpResponseBase


def private(response: HttpResponseBase) -> HttpResponseBase:
    """A file for one person: not kept by anyone between, not run by the browser."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
