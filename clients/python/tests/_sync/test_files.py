# Generated from tests/_async/test_files.py by `npm run generate`. Do not edit.

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sandgate import APIConnectionError, APIError, Session
from tests.collect import collect
from tests.gateway import Gateway, as_json, empty, half, hang_up, whole

ENTRY = as_json(
    {"path": "a", "name": "a", "type": "file", "size": 5, "modifiedAt": "2026-11-22T20:34:00Z", "mode": 420}
)
BYTES = bytes([0, 255, 10, 128])


def test_are_read(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(whole("grüß".encode(), headers={"etag": '"1"'}))
    file = session.files.read("src/ä b.txt")
    assert (file.text, file.content, file.etag) == ("grüß", "grüß".encode(), '"1"')
    assert gateway.requests == ["GET /v1/sessions/s/files/src%2F%C3%A4%20b.txt"]


def test_are_read_in_part_and_only_as_they_are_known(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(whole(b"b", 206))
    assert (session.files.read("a", byte_range=(1, 1), if_match='"1"')).content == b"b"
    session.files.read("a", byte_range=(5, None))
    assert gateway.headers("range") == ["bytes=1-1", "bytes=5-"]
    assert gateway.headers("if-match") == ['"1"', None]


def test_that_break_off_are_read_again(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(half(b"half"), whole(b"whole"))
    assert (session.files.read("a")).text == "whole"


def test_are_streamed(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(empty(503), whole(BYTES, headers={"etag": '"1"'}))
    with session.files.stream("a") as file:
        assert file.etag == '"1"'
        assert b"".join(collect(file)) == BYTES


def test_say_where_a_stream_breaks_off(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(half(b"half"))
    with session.files.stream("a") as file:
        with pytest.raises(APIConnectionError):
            collect(file)


def chunks() -> Iterator[bytes]:
    yield b"hel"
    yield b"lo"


def test_are_written(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(ENTRY)
    for content in ("hello", b"hello", chunks()):
        assert (session.files.write("a", content)).path == "a"
    assert [seen.line for seen in gateway.seen] == ["PUT /v1/sessions/s/files/a"] * 3
    assert [seen.body for seen in gateway.seen] == [b"hello"] * 3
    assert gateway.headers("content-type") == ["application/octet-stream"] * 3


def test_from_elsewhere_are_sent_once(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(empty(503))
    with pytest.raises(APIError):
        session.files.write("a", chunks())
    assert len(gateway.requests) == 1


@pytest.mark.parametrize(
    ("condition", "header", "value"),
    [({"if_match": '"1"'}, "if-match", '"1"'), ({"create_only": True}, "if-none-match", "*")],
)
def test_are_written_on_a_condition_once_as_a_repeat_would_meet_what_the_first_has_written(
    condition: dict[str, Any], header: str, value: str, gateway: Gateway, session: Session
) -> None:
    gateway.answer_with(hang_up)
    with pytest.raises(APIConnectionError):
        session.files.write("a", "x", **condition)
    assert gateway.headers(header) == [value]


def test_are_deleted_on_a_condition_once_as_a_repeat_would_meet_that_they_are_gone(
    gateway: Gateway, session: Session
) -> None:
    gateway.answer_with(hang_up)
    with pytest.raises(APIConnectionError):
        session.files.delete("a", if_match='"1"')
    assert gateway.headers("if-match") == ['"1"']


def test_go_and_come_as_an_archive(gateway: Gateway, session: Session) -> None:
    gateway.answer_with(whole(BYTES), as_json({"entries": 1, "bytes": 2}))
    with session.files.read_archive("src", format="tar") as archive:
        session.files.write_archive("other", archive)
    assert gateway.requests == [
        "GET /v1/sessions/s/archive?path=src&format=tar",
        "PUT /v1/sessions/s/archive?path=other",
    ]
    assert gateway.seen[1].body == BYTES


@pytest.mark.parametrize("path", ["", ".", ".."])
def test_never_reach_another_resource(path: str, session: Session) -> None:
    with pytest.raises(ValueError, match="cannot be a path"):
        session.files.delete(path)
