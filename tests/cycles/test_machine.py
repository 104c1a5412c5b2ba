"""The transition table, every pair of stages."""

import itertools

import pytest

from cycles.enums import Stage
from cycles.gates import GATES
from cycles.machine import TRANSITIONS, backward, forward, transition

ONWARDS = {("analyse", "plan"), ("plan", "do"), ("do", "review"), ("review", "closed")}
BACK = {("plan", "analyse"), ("do", "plan"), ("review", "do")}


@pytest.mark.row("A3-56")
@pytest.mark.parametrize(("source", "target"), list(itertools.product(Stage.values, repeat=2)))
def test_each_pair_of_stages(source, target):
    step = transition(source, target)
    pair = (source, target)
    if pair in ONWARDS:
        assert (step.gate, step.needs_reason) == (f"{source}_to_{target}", False)
    elif pair in BACK:
        assert (step.gate, step.needs_reason) == (None, True)
    else:
        assert step is None


@pytest.mark.parametrize("stage", Stage.values)
def test_forward_and_backward_agree_with_the_table(stage):
    assert {(s.source, s.target) for s in [forward(stage)] if s} == {
        pair for pair in ONWARDS if pair[0] == stage
    }
    assert {(s.source, s.target) for s in [backward(stage)] if s} == {
        pair for pair in BACK if pair[0] == stage
    }


@pytest.mark.parametrize("version", sorted(GATES))
def test_every_version_has_every_gate(version):
    assert set(GATES[version]) == {step.gate for step in TRANSITIONS if step.gate}
