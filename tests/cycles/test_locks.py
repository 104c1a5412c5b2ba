"""Locks hold the row they mean, and no row of another table."""

import ast
from collections.abc import Iterator
from pathlib import Path

import cycles

SOURCES = sorted(Path(cycles.__file__).parent.rglob("*.py"))


def calls_in_chain(node: ast.AST) -> Iterator[ast.Call]:
    """Of `a.b().c()`, the calls c and b."""
    while isinstance(node, ast.Call | ast.Attribute):
        if isinstance(node, ast.Call):
            yield node
            node = node.func
        else:
            node = node.value


def test_a_lock_with_a_join_locks_its_own_row_alone() -> None:
    """Joined rows, such as a person's, are pointed to by others and never locked by accident."""
    seen, wrong = 0, []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            chain = {
                call.func.attr: call
                for call in calls_in_chain(node)
                if isinstance(call.func, ast.Attribute)
            }
            if {"select_for_update", "select_related"} <= set(chain):
                seen += 1
                if not any(word.arg == "of" for word in chain["select_for_update"].keywords):
                    wrong.append(f"{source.name}:{node.lineno}")
    assert seen
    assert wrong == []
