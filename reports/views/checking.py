"""Whether a document that somebody holds is one of ours."""

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from reports import presenters
from reports.forms import CheckForm
from vbc.core.saving import posted

CHECK_LIMIT = "check_document"  # See ACCOUNT_RATE_LIMITS.


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Whether a PDF that somebody has is one of ours, to the letter. For everybody."""
    form = CheckForm(posted(request), request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if form.is_bound:
        if not ratelimit.consume(request, action=CHECK_LIMIT):
            return ratelimit.respond_429(request)
        if form.is_valid():
            context["answer"] = presenters.checked(form.cleaned_data, request.user)
    return render(request, "reports/check.html", context)
