"""What the house promises about its own code, read from the code."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from cycles.machine import TRANSITIONS

ROOT = Path(__file__).resolve().parents[2]
APPS = ("stakeholders", "evidence", "cycles", "reports")


def _modules(pattern: str) -> list[Path]:
    """Modules of every app whose path in it matches, such as views.py or views/cycles.py."""
    found = [
        path
        for app in (*APPS, "vbc/home")
        for path in sorted((ROOT / app).rglob("*.py"))
        if re.search(pattern, path.relative_to(ROOT / app).as_posix())
    ]
    assert found
    return found


def _functions(path: Path) -> list[ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_views_start_from_what_the_person_may_see() -> None:
    """In a view `Model.objects` is followed by `visible_to` and nothing else."""
    loose = []
    for path in _modules(r"^views(\.py|/.*\.py)$"):
        source = path.read_text(encoding="utf-8")
        for match in re.finditer(
            r"\b[A-Z]\w+\.(?:_base_manager|_default_manager|objects)\b(.*)", source
        ):
            if not match[1].startswith(".visible_to("):
                loose.append(f"{path.relative_to(ROOT)}: {match[0]}")
    assert not loose, "\n".join(loose)


def test_every_act_of_a_service_says_who_acts() -> None:
    """A public function of a service that changes something takes `by`, by name."""
    unsaid = []
    for path in _modules(r"^services/.*\.py$"):
        for function in _functions(path):
            decorators = {ast.unparse(decorator) for decorator in function.decorator_list}
            if function.name.startswith("_") or "transaction.atomic" not in decorators:
                continue
            names = {argument.arg for argument in function.args.kwonlyargs}
            if "by" not in names:
                unsaid.append(f"{path.relative_to(ROOT)}: {function.name}")
    assert set(unsaid) == {
        # A person who makes their own account from an invitation acts for themselves.
        "stakeholders/services/people.py: create_from_invitation",
        # Steps of an import, whose own act says who.
        "evidence/services/areas.py: find_or_make",
        "evidence/services/descriptions.py: write",
        "evidence/services/observations.py: write",
        "evidence/services/places.py: write_areas",
        "evidence/services/places.py: write_boundaries",
    }


@pytest.mark.parametrize("word", ["django.http", "django.shortcuts", "HttpResponse"])
def test_services_know_nothing_of_http(word: str) -> None:
    for path in _modules(r"^services/.*\.py$"):
        assert word not in path.read_text(encoding="utf-8"), path


def test_guardian_is_known_to_permissions_and_grants_only() -> None:
    knowing = {
        path.relative_to(ROOT).as_posix()
        for path in _modules(r".*")
        if re.search(r"^(?:from|import) guardian", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert {re.sub(r"^\w+/", "", path) for path in knowing} <= {
        "permissions.py",
        "permissions/cycles.py",
        "permissions/panels.py",
        "models/grants.py",
    }


def test_the_stage_table_of_the_docs_is_the_machines() -> None:
    text = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w+) \| (\w+) \| (?:gate `(\w+)`|a reason) \|$", text, re.MULTILINE)
    assert rows == [(step.source, step.target, step.gate or "") for step in TRANSITIONS]


def test_no_remote_address_is_asked_for_by_a_page() -> None:
    """Templates, styles and scripts of ours name no other host to load from."""
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static").rglob("*.*")]:
        source = path.read_text(encoding="utf-8", errors="replace")
        loads = re.findall(r"""(?:src|href|url\()=?["'(]?\s*(?:https?:)?//[^"')\s]+""", source)
        allowed = [load for load in loads if "w3.org" in load]
        linked = re.findall(r'<a [^>]*href="https?://[^"]+"', source)
        assert len(loads) - len(allowed) == len(linked), (path, loads)


def test_templates_do_not_decide_who_may() -> None:
    """Display follows what a view says; no template asks for a role, staff or a permission."""
    for path in (ROOT / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"is_staff|is_superuser|perms\.|has_perm", source), path


def test_a_lock_with_a_join_names_its_own_row() -> None:
    """Locking the joined rows too would lock people, whom every notice points to: a deadlock."""
    for path in _modules(r"^services/.*\.py$"):
        source = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
        for chain in re.findall(r"select_for_update\(([^)]*)\)((?:\s*\.\w+\([^()]*\))*)", source):
            arguments, following = chain
            if "select_related" in following:
                assert "of=" in arguments, (path, chain)


def test_whoever_is_given_a_client_opens_pages(request: pytest.FixtureRequest, client: Any) -> None:
    """By this mark SQLite is spared the tests of pages, so it must not be missing."""
    assert request.node.get_closest_marker("pages")


def test_whoever_is_given_none_does_not(request: pytest.FixtureRequest) -> None:
    """Nor may it stand where no page is opened: that would be proved on one database only."""
    assert not request.node.get_closest_marker("pages")
