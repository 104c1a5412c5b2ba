"""What pages of other apps say of documents, which those apps know nothing of."""

from collections.abc import Mapping
from typing import Any

from django import template

from reports.permissions import may_make_report
from stakeholders.models import Organisation

register = template.Library()


@register.simple_tag(takes_context=True)
def may_make_documents(context: Mapping[str, Any], organisation: Organisation) -> bool:
    """Whether the reader of this page makes documents of `organisation`."""
    return bool(may_make_report(context["request"].user, organisation))
