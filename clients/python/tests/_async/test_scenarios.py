"""Plays ``clients/scenarios.json`` against a running server."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from pydantic import BaseModel

from sandgate import APIError, AsyncEventStream, AsyncPaginator, AsyncSandgate, AsyncSession
from sandgate.types import PermissionAnswerParams, PermissionRequestedEvent
from tests.collect import async_collect
from tests.scenario import Json, arguments, check, fill, pick, scenarios, told, url
from tests.witness import Witness

SCENARIOS = scenarios()


@pytest.mark.real_time
@pytest.mark.skipif("SANDGATE_BASE_URL" not in os.environ, reason="is run by `npm run test:clients`")
@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario["name"] for scenario in SCENARIOS])
async def test_scenario(scenario: Json) -> None:
    player = Player(scenario.get("through"))
    names = {"run": str(uuid4())}
    async with player.client:
        for step in scenario["steps"]:
            await play(player, fill(step, names), names)


async def play(player: Player, step: dict[str, Any], names: dict[str, Json]) -> None:
    words = {"do", "expect", "save", "refused"}
    (name,) = arguments({step["do"]: None})
    act = partial(getattr(player, name), **arguments({key: step[key] for key in step.keys() - words}))
    if "refused" in step:
        with pytest.raises(APIError) as raised:
            await act()
        assert raised.value.code == step["refused"]
        return
    outcome = wire(await act())
    if "expect" in step:
        check(outcome, step["expect"])
    names |= {name: pick(outcome, path) for name, path in step.get("save", {}).items()}


def wire(value: object) -> Json:
    """What came out, as it was on the wire."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return [wire(item) for item in value] if isinstance(value, list) else value


class Player:
    """Each step in the words of this client."""

    def __init__(self, through: str | None) -> None:
        self._url = url(through)
        self._through = through
        self.client = AsyncSandgate(told("SANDGATE_API_KEY"), self._url)
        self._session_id = "none"

    @property
    def session(self) -> AsyncSession:
        return self.client.sessions.handle(self._session_id)

    async def use_key(self, key: str | None = None) -> None:
        await self.client.close()
        self.client = AsyncSandgate(key or told("SANDGATE_API_KEY"), self._url)

    async def create_session(self, body: Json) -> Json:
        return self._on(await self.client.sessions.create(**arguments(body)))

    async def get_session(self) -> Json:
        return await self.session.get()

    async def delete_session(self) -> None:
        await self.session.delete()

    async def list_sessions(self, query: Mapping[str, Json] = {}) -> Json:
        return await everything(self.client.sessions.list(**query))

    async def fork(self, body: Json) -> Json:
        return self._on(await self.session.fork(**arguments(body)))

    async def chat(
        self,
        text: str,
        answer: PermissionAnswerParams | None = None,
        until: str | None = None,
        key: str | None = None,
    ) -> Json:
        async def decide(request: PermissionRequestedEvent) -> PermissionAnswerParams | None:
            return answer

        chat = self.session.chat(text, on_permission=decide if answer else None, idempotency_key=key)
        # A key, and a request that is sent again, may find a turn that is over: of it no deltas come.
        is_live = self._through is None and key is None and until is None
        outcome = await self._watch(chat, until, is_live)
        return {**outcome, "text": None if until else await chat.text(), "turnId": chat.turn_id}

    async def start_turn(self, text: str, key: str | None = None) -> Json:
        return await self.session.turns.start(text, idempotency_key=key)

    async def get_turn(self, turn_id: str, query: Mapping[str, Json] = {}) -> Json:
        return await self.session.turns.get(turn_id, **query)

    async def follow(self, turn_id: str, after: int | None = None) -> Json:
        return await self._watch(self.session.turns.events(turn_id, after=after))

    async def interrupt(self) -> Json:
        return await self.session.interrupt()

    async def list_requests(self) -> Json:
        return await async_collect(self.session.requests())

    async def resume(self, body: Json) -> Json:
        return await self.session.resume(**arguments(body))

    async def list_events(self, query: Mapping[str, Json] = {}) -> Json:
        return await everything(self.session.list_events(**query))

    async def list_messages(self, query: Mapping[str, Json] = {}) -> Json:
        return await everything(self.session.messages(**query))

    async def read_file(self, path: str) -> Json:
        file = await self.session.files.read(path)
        text = file.content.decode(errors="replace")
        return {"etag": file.etag, "text": text, "base64": b64encode(file.content).decode()}

    async def write_file(self, path: str, text: str = "", base64: str | None = None, create_only: bool = False) -> Json:
        content = text.encode() if base64 is None else b64decode(base64)
        return await self.session.files.write(path, content, create_only=create_only)

    async def list_files(self, path: str, query: Mapping[str, Json] = {}) -> Json:
        return await everything(self.session.files.list(path, **query))

    async def delete_file(self, path: str, query: Mapping[str, Json] = {}) -> None:
        await self.session.files.delete(path, **query)

    async def create_snapshot(self, body: Json) -> Json:
        return await self.session.snapshots.create(**body)

    async def restore_snapshot(self, snapshot_id: str) -> Json:
        return await self.session.snapshots.restore(snapshot_id)

    def _on(self, session: AsyncSession) -> Json:
        self._session_id = session.id
        return session.data

    async def _watch(
        self, events: AsyncEventStream, until: str | None = None, is_live: bool = False
    ) -> dict[str, Json]:
        """Reads a stream, and holds it against the log as far as it was read."""
        witness = Witness()
        async with events:
            async for event in events:
                witness.see(event)
                if event.type == until:
                    break
        first, last = witness.seqs[0], witness.seqs[-1]
        log = [event async for event in self.session.list_events(after=first - 1)]
        due = [event for event in log if event.turn_id == witness.turn_id and event.seq <= last]
        witness.judge(due, is_whole=self._through != "cuts" and until is None, is_live=is_live)
        return witness.outcome


async def everything(items: AsyncPaginator[Any]) -> list[Any]:
    return [item async for item in items]
