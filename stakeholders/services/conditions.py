"""The six conditions under which people take part. Every wording they had is kept."""

from typing import Any

from django.db import transaction

from stakeholders.enums import ConditionKind
from stakeholders.models import ConditionWording, Panel, PanelCondition
from vbc.core.services import audit
from vbc.core.services.versions import save_version


@transaction.atomic
def write(panel: Panel, kind: str, *, text: str, expected: int, by: Any) -> PanelCondition:
    """Write one of them, or write it anew. `expected` is 0 the first time."""
    panel = Panel.objects.select_for_update(no_key=True).get(pk=panel.pk)
    condition = panel.conditions.filter(kind=kind).first()
    if condition is None:
        condition = panel.conditions.create(kind=ConditionKind(kind), text=text)
    elif condition.text == text:
        return condition
    else:
        save_version(condition, expected=expected, fields={"text": text})
    ConditionWording.objects.create(condition=condition, text=text, by=by)
    audit.record("condition.written", panel, by=by, data={"kind": condition.kind})
    return condition
