"""How an installation without the demonstration begins: somebody at the machine says for whom."""

from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from stakeholders.enums import OrganisationRole
from stakeholders.management.commands import add_staff
from stakeholders.models import Organisation, User
from stakeholders.queries.panels import roles_in

pytestmark = pytest.mark.django_db


def said(*command: Any, **options: Any) -> str:
    out = StringIO()
    call_command(*command, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_from_nothing_to_the_first_page_of_somebody_who_works_there() -> None:
    with pytest.raises(CommandError, match="add_organisation"):
        call_command("add_staff", "sam@example.org", name="Sam")
    assert "add_staff" in said("add_organisation", "NHS Kent and Medway ICB", ods_code="QKS")
    said("add_staff", "Sam@Example.org", name="Sam")
    organisation, sam = Organisation.objects.get(), User.objects.get()
    assert (organisation.slug, organisation.ods_code) == ("nhs-kent-and-medway-icb", "QKS")
    assert "111" in organisation.crisis_line
    assert roles_in(organisation, sam) == {OrganisationRole.COMMISSIONER}
    # Else the first person would wait for a letter before anything can send one.
    assert EmailAddress.objects.get(user=sam).verified
    client = Client()
    client.force_login(sam)
    page = client.get(reverse("home:my-work")).content.decode()
    for name in ("stakeholders:panels", "cycles:cycles", "evidence:library", "reports:documents"):
        assert f'"nhsuk-link" href="{reverse(name)}"' in page
    start = client.get(reverse("cycles:start")).content.decode()
    assert reverse("evidence:start-import") in start


def test_a_password_is_typed_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    said("add_organisation", "Kent County Council", kind="la", slug="kent")
    monkeypatch.setattr(add_staff, "_can_ask", lambda: True)
    monkeypatch.setattr(add_staff.getpass, "getpass", lambda _: next(typed))
    typed = iter(["short", "a-long-odd-one", "another", "a-long-odd-one", "a-long-odd-one"])
    answer = said("add_staff", "sam@example.org", name="Sam")
    assert "too short" in answer
    assert "not the same" in answer
    assert User.objects.get().check_password("a-long-odd-one")


def test_somebody_stops_working_there() -> None:
    said("add_organisation", "Kent County Council", kind="la", slug="kent")
    said("add_staff", "sam@example.org", name="Sam")
    said("add_staff", "sam@example.org", role="admin")
    kent, sam = Organisation.objects.get(), User.objects.get()
    assert roles_in(kent, sam) == set(OrganisationRole.values)
    said("add_staff", "sam@example.org", role="commissioner", end=True)
    assert roles_in(Organisation.objects.get(), User.objects.get()) == {OrganisationRole.ADMIN}


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (("add_organisation", "Kent again", "--slug", "kent"), "already"),
        (("add_organisation", "Ωμέγα"), "--slug"),
        (("add_staff", "new@example.org"), "--name"),
        (("add_staff", "new", "--name", "New"), "no e-mail address"),
        (("add_staff", "new@example.org", "--name", "N", "--organisation", "x"), "kent"),
        (("add_staff", "new@example.org", "--end"), "no account"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(command: tuple[str, ...], says: str) -> None:
    said("add_organisation", "Kent County Council", kind="la", slug="kent")
    with pytest.raises(CommandError, match=says):
        call_command(*command)
    assert Organisation.objects.count() == 1
    assert not User.objects.exists()
