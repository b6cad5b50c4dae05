"""Contexts, the bridge and its emitters."""

import asyncio
import dataclasses

import pytest

from netra_backend.app.services.user_execution_context import (
    InvalidContextError,
    UserExecutionContext,
    anonymous_context,
    validate_user_context,
)


def test_context_never_changes(alice):
    with pytest.raises(dataclasses.FrozenInstanceError):
        alice.user_id = "bob"


def test_context_needs_a_user():
    with pytest.raises(InvalidContextError):
        UserExecutionContext("")


def test_runs_have_their_own_ids():
    assert UserExecutionContext("alice").run_id != UserExecutionContext("alice").run_id


def test_child_keeps_user_and_thread(alice):
    child = alice.child("run-child")
    assert (child.user_id, child.thread_id, child.run_id) == ("alice", "thread-of-alice", "run-child")


@pytest.mark.parametrize("thing", [None, {}, object()])
def test_only_a_context_is_a_context(thing):
    with pytest.raises(InvalidContextError):
        validate_user_context(thing)


def test_work_that_nobody_asked_for():
    assert validate_user_context(anonymous_context()).user_id == "system"


def test_emitter_speaks_to_its_user_only(bridge, alice):
    emitters = [bridge.create_user_emitter(alice), bridge.create_user_emitter(UserExecutionContext("bob"))]

    async def speak():
        await asyncio.gather(*(emitter.emit("agent_started") for emitter in emitters))

    asyncio.run(speak())
    assert [bridge.manager.event_types_for(name) for name in ("alice", "bob")] == [["agent_started"]] * 2
