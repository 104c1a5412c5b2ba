"""Error pages: what happened, what is safe, what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from vbc.home.signed_out import came_from, page_above


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _refusal(request, "errors/400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    reason = str(exception) if exception and exception.args else ""
    return _refusal(request, "errors/403.html", 403, reason=reason)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _refusal(request, "errors/403_csrf.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _refusal(request, "errors/404.html", 404)


def wrong_way(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """An address that only takes what a form sends was opened, or one that only reads was sent to:
    the way back to a page."""
    reads = request.method in ("GET", "HEAD")
    before = came_from(request)
    if not reads:
        back = request.get_full_path()
    elif before and before != request.get_full_path():
        back = before
    else:
        back = page_above(request.path)
    response = _refusal(request, "errors/405.html", 405, back_url=back)
    response.headers["Allow"] = allowed
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Made without the database or the frame, because either may be what broke."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def _refusal(request: HttpRequest, template: str, status: int, **words: str) -> HttpResponse:
    """A page in the frame; raising a concern from it remembers no page, as none was shown."""
    context = {"concern_url": reverse("stakeholders:raise-concern"), **words}
    return render(request, template, context, status=status)
