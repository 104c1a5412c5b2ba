"""What somebody sent after they had been signed out: it is not saved, and not lost without a word.

Their words are given back once, in the answer to what they sent. They are kept nowhere, and the
same sent again does not bring them back: whoever uses a shared computer next would read them.
"""

from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

# Of a field's name: what is never shown, whatever was sent.
_SECRET = ("csrf", "password", "code", "credential")
# On the page to sign in: that something was sent, and not saved.
NOT_SAVED = "not-saved"


def answer(request: HttpRequest) -> HttpResponse:
    """To the page for signing in, and from there to where they were; with words to copy first."""
    back = came_from(request)
    query = {"next": back} if back else {}
    words = words_of(request)
    if not words:
        to_sign_in = f"{reverse('account_login')}?{urlencode({**query, NOT_SAVED: 1}, safe='/')}"
        return redirect(to_sign_in)
    to_sign_in = reverse("account_login") + (f"?{urlencode(query, safe='/')}" if query else "")
    # The page that they sent has done its last: what it holds is answered with words only once.
    rotate_token(request)
    context = {"words": words, "had_files": bool(request.FILES), "sign_in_url": to_sign_in}
    return render(request, "errors/signed_out.html", context, status=403)


def words_of(request: HttpRequest) -> list[str]:
    """What they wrote, as far as it is more than a word: not what they ticked, nor any secret."""
    return [
        value
        for name, values in request.POST.lists()
        if not any(secret in name.lower() for secret in _SECRET)
        for value in values
        if len(value.split()) > 1
    ]


def came_from(request: HttpRequest) -> str:
    """The page of ours on which they were, without its host; empty where that is not known."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )
    if not is_ours:
        return ""
    parts = urlsplit(page)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, None) else ""


def page_above(path: str) -> str:
    """The nearest address above this one that is of the site."""
    steps = path.strip("/").split("/")[:-1]
    while steps:
        above = f"/{'/'.join(steps)}/"
        try:
            resolve(above)
        except Resolver404:
            steps.pop()
        else:
            return above
    return "/"
