"""What people can rely on: six texts, all there before a panel opens, every wording kept."""

from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from stakeholders.enums import ConditionKind, PanelStatus, Perspective
from stakeholders.gates import to_open
from stakeholders.models import Panel, PanelCondition
from stakeholders.permissions.conditions import may_write_condition
from stakeholders.presenters import conditions as presenters
from stakeholders.services import conditions, invitations, panels
from tests.factories import involvement
from tests.factories import stakeholders as make
from vbc.core.models import AuditContent
from vbc.core.models.base import AppendOnlyRefusal
from vbc.core.services.versions import EditedMeanwhile

pytestmark = pytest.mark.django_db
LIMITS = ConditionKind.LIMITS


def _forming() -> Panel:
    panel = make.forming_panel(make.organisation())
    make.seat(panel, Perspective.SERVICE_USER)
    make.seat(panel, Perspective.SERVICE_USER)
    return panel


def _write(panel: Panel, kind: str, text: str = "Words.", expected: int = 0) -> PanelCondition:
    return conditions.write(panel, kind, text=text, expected=expected, by=panel.created_by)


def _address(name: str, panel: Panel, *more: str) -> str:
    return reverse(f"stakeholders:{name}", args=[panel.public_id, *more])


@pytest.mark.row("A3-47")
def test_panel_does_not_open_until_all_six_are_written() -> None:
    panel = _forming()
    panels.name_safeguarding_lead(panel, panel.created_by, by=panel.created_by)
    panel.refresh_from_db()
    for left, kind in zip(range(6, 0, -1), ConditionKind, strict=True):
        (missing,) = to_open(panel)
        assert (missing.key, missing.page) == ("conditions", "stakeholders:conditions")
        assert f"{left} of six things {'is' if left == 1 else 'are'} not written" in missing.text
        with pytest.raises(panels.NotReadyToOpen, match="people can rely on"):
            panels.open_panel(panel, by=panel.created_by)
        _write(panel, kind)
    assert to_open(panel) == []
    panels.open_panel(panel, by=panel.created_by)
    panel.refresh_from_db()
    assert panel.status == PanelStatus.SITTING


@pytest.mark.row("A3-47")
def test_commissioner_writes_one_after_the_other() -> None:
    panel = _forming()
    client = involvement.client_of(panel.created_by)
    address = client.get(_address("conditions", panel)).context["next_url"]
    for kind in ConditionKind:
        assert address == _address("edit-condition", panel, kind.value)
        page = unescape(client.get(address).content.decode())
        for question in presenters.PROMPTS[kind].questions:
            assert question in page
        address = client.post(address, {"text": f"About {kind.label}", "version": "0"}).url
    assert address == _address("conditions", panel)
    shown = client.get(address).context["rows"]
    assert [row["text"] for row in shown] == [f"About {kind.label}" for kind in ConditionKind]


@pytest.mark.row("A3-47")
def test_every_member_reads_what_is_written() -> None:
    panel = _forming()
    _write(panel, LIMITS, "There is £200,000 a year.")
    member = make.members(panel, Perspective.SERVICE_USER)[0]
    page = involvement.client_of(member).get(_address("conditions", panel)).content.decode()
    assert "There is £200,000 a year." in page
    assert _address("edit-condition", panel, LIMITS.value) not in page


def test_whoever_is_invited_reads_what_is_written_before_they_answer() -> None:
    panel = _forming()
    _write(panel, LIMITS, "Half a million a year.\n\n<b>No more.</b>")
    invitation = invitations.invite(
        panel, email="new@example.org", suggested_perspective="carer", by=panel.created_by
    )
    page = Client().get(invitations.link(invitation)).content.decode()
    assert LIMITS.label in unescape(page)
    assert "Half a million a year." in page
    assert "&lt;b&gt;No more." in page
    assert ConditionKind.HURDLES.label not in unescape(page)
    again = Client().post(invitations.link(invitation), {"display_name": ""}).content.decode()
    assert "Something is missing" in again
    assert "Half a million a year." in again


def test_every_wording_is_kept_and_shown_to_whoever_writes() -> None:
    panel = _forming()
    first = _write(panel, LIMITS, "There is money.")
    second = _write(panel, LIMITS, "There is less money.", expected=1)
    assert (second.pk, second.text, second.version) == (first.pk, "There is less money.", 2)
    texts = [wording.text for wording in second.wordings.all()]
    assert texts == ["There is less money.", "There is money."]
    with pytest.raises(AppendOnlyRefusal):
        second.wordings.all().delete()
    page = involvement.client_of(panel.created_by).get(
        _address("edit-condition", panel, LIMITS.value)
    )
    assert [wording.text for wording in page.context["earlier"]] == ["There is money."]


def test_saving_the_same_words_again_is_no_new_wording() -> None:
    panel = _forming()
    _write(panel, LIMITS)
    again = _write(panel, LIMITS)
    assert (again.version, again.wordings.count()) == (1, 1)


def test_second_of_two_who_write_is_shown_what_it_says_now() -> None:
    panel = _forming()
    client = involvement.client_of(panel.created_by)
    address = _address("edit-condition", panel, LIMITS.value)
    _write(panel, LIMITS, "There is money.")
    answer = client.post(address, {"text": "There is none.", "version": "0"})
    words = answer.content.decode()
    assert "This was changed after you opened it." in words
    assert "There is money." in words
    assert "There is none." in words
    assert client.post(address, {"text": "There is none.", "version": "1"}).status_code == 302
    with pytest.raises(EditedMeanwhile):
        _write(panel, LIMITS, "Late.", expected=1)


def test_database_wants_words_and_each_kind_once() -> None:
    panel = _forming()
    condition = _write(panel, LIMITS)
    with pytest.raises(IntegrityError, match="condition_has_words"), transaction.atomic():
        PanelCondition.objects.filter(pk=condition.pk).update(text="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PanelCondition.objects.create(panel=panel, kind=LIMITS, text="More.")


def test_words_are_not_in_the_audit() -> None:
    panel = _forming()
    _write(panel, LIMITS, "A sentence of its own")
    assert not AuditContent.objects.filter(data__icontains="A sentence of its own").exists()


@pytest.mark.parametrize(("who", "may"), [("staff", True), ("member", False), ("elsewhere", False)])
def test_who_may_write(who: str, may: bool) -> None:
    panel = _forming()
    person: Any = {
        "staff": panel.created_by,
        "member": make.members(panel, Perspective.SERVICE_USER)[0],
        "elsewhere": make.commissioner(make.organisation()),
    }[who]
    assert bool(may_write_condition(person, panel)) is may
    answer = involvement.client_of(person).post(
        _address("edit-condition", panel, LIMITS.value), {"text": "Mine.", "version": "0"}
    )
    assert answer.status_code == {"staff": 302, "member": 403, "elsewhere": 404}[who]
    assert panel.conditions.exists() is may


def test_no_other_kind_has_a_page() -> None:
    panel = _forming()
    client = involvement.client_of(panel.created_by)
    assert client.get(_address("edit-condition", panel, "anything")).status_code == 404
