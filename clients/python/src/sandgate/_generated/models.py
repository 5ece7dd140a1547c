# Generated from api-spec/openapi.json by `npm run generate`. Do not edit.

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType

from sandgate._core.unknown import UnknownBlock, UnknownEvent


class WebhookPermissionRequestedData(BaseModel):
    """What it happened to."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    session_id: Annotated[str, Field(alias="sessionId")]
    """The session's id, yours or ours."""

    turn_id: Annotated[str, Field(alias="turnId")]
    """The turn."""

    request_id: Annotated[str, Field(alias="requestId")]
    """The request to a person."""

    kind: Annotated[Literal["permission", "question"] | str, Field(union_mode="left_to_right")]
    """What is asked for."""

    tool: str
    """The name of the tool."""

    expires_at: Annotated[AwareDatetime, Field(alias="expiresAt")]
    """When the request is denied by `timeout`."""


StopReason = TypeAliasType(
    "StopReason",
    Annotated[
        Literal["end_turn", "interrupted", "max_turns", "budget", "deadline", "refusal", "error"] | str,
        Field(union_mode="left_to_right"),
    ],
)
"""Why a turn ended."""


class WebhookSessionExpiredData(BaseModel):
    """What it happened to."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    session_id: Annotated[str, Field(alias="sessionId")]
    """The session's id, yours or ours."""


class WebhookTestData(BaseModel):
    """What it happened to."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    webhook_id: Annotated[str, Field(alias="webhookId")]
    """The webhook."""


class Health(BaseModel):
    """The gateway is up."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    status: Annotated[Literal["ok"] | str, Field(union_mode="left_to_right")]
    """Always `ok`: otherwise there is no answer."""

    version: str
    """The version of Sandgate."""

    isolation: Annotated[
        Literal["cloudflare", "root", "unprivileged", "docker", "none"] | str, Field(union_mode="left_to_right")
    ]
    """What holds a sandbox: `cloudflare` in production; locally `root`, `unprivileged`, `docker` or `none`."""


class FieldError(BaseModel):
    """One thing wrong with a request."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    path: str
    """Where in the request, as a dotted path."""

    message: str
    """What is wrong there."""


class McpServer1(BaseModel):
    """A server of the Model Context Protocol: a program in the sandbox, or a URL."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    command: str
    """The program."""

    args: list[str] | None = None
    """Its arguments."""


class McpServer2(BaseModel):
    """A server of the Model Context Protocol: a program in the sandbox, or a URL."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    url: str
    """Where it listens."""

    type: Annotated[Literal["http", "sse"] | str | None, Field(union_mode="left_to_right")] = None
    """How: by streamable HTTP unless told, or by the older SSE."""

    headers: dict[str, str] | None = None
    """Headers of each request. They are shown with the session: put a secret into its `egress` instead, which adds it outside of the sandbox."""


McpServer = TypeAliasType("McpServer", Annotated[McpServer1 | McpServer2, Field(union_mode="left_to_right")])
"""A server of the Model Context Protocol: a program in the sandbox, or a URL."""


class Question(BaseModel):
    """A question of the agent."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The key of the answer."""

    text: str
    """The question."""

    choices: list[str] | None = None
    """The answers to choose from."""


class RequestOption(BaseModel):
    """An answer that can be given."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: Annotated[Literal["allow", "deny"] | str, Field(union_mode="left_to_right")]
    """The answer."""

    scope: Annotated[Literal["once", "session"] | str, Field(union_mode="left_to_right")]
    """How far the answer reaches: this call, or every such call of the session."""


class SavedDisk(BaseModel):
    """The newest save of the disk: what the next container begins with."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    saved_at: Annotated[AwareDatetime, Field(alias="savedAt")]
    """When the save began."""

    seq: int
    """The newest event of the log by then."""

    entries: int
    """Files, directories and links."""

    bytes: int
    """The bytes in the files, holes left out."""


class ForkedFrom(BaseModel):
    """What a session was forked from. That may be deleted by now."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    session_id: Annotated[str, Field(alias="sessionId")]
    """The session's id, yours or ours."""

    seq: int
    """The newest event that both logs have."""

    snapshot_id: Annotated[str | None, Field(alias="snapshotId")] = None
    """The snapshot."""


class EgressRuleShown(BaseModel):
    """A host that the sandbox may reach."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    host: str
    """A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports."""

    header_names: Annotated[list[str], Field(alias="headerNames")]
    """The headers that are added; not their values."""


class Budget(BaseModel):
    """The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    input_tokens: Annotated[int | None, Field(alias="inputTokens")] = None
    """The most tokens that the model reads."""

    output_tokens: Annotated[int | None, Field(alias="outputTokens")] = None
    """The most tokens that the model writes."""

    total_tokens: Annotated[int | None, Field(alias="totalTokens")] = None
    """The most tokens in all."""

    cost_usd: Annotated[float | None, Field(alias="costUsd")] = None
    """The most that is spent, in US dollars. Needs a server with prices."""


class ModelUsage(BaseModel):
    """What a session used of the model that the gateway answers for, as the gateway counted it on the way. A call that was cut is counted by what had come."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    input_tokens: Annotated[int, Field(alias="inputTokens")]
    """Tokens read by the model, those of its cache included."""

    output_tokens: Annotated[int, Field(alias="outputTokens")]
    """Tokens written by the model."""

    cache_read_tokens: Annotated[int, Field(alias="cacheReadTokens")]
    """Of the tokens read: those that came from the cache."""

    cache_write_tokens: Annotated[int, Field(alias="cacheWriteTokens")]
    """Of the tokens read: those that were put into the cache."""

    cost_usd: Annotated[float | None, Field(alias="costUsd")] = None
    """The price in US dollars, where the server has a price for the models that were called."""


class SessionSummary(BaseModel):
    """A session in a list."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The session's id, yours or ours."""

    status: Annotated[Literal["idle", "running", "waiting", "sleeping"] | str, Field(union_mode="left_to_right")]
    """`waiting` is for a person; `sleeping` has no sandbox running."""

    agent: Annotated[Literal["shell", "claude", "acp", "scripted"] | str, Field(union_mode="left_to_right")]
    """Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it."""

    metadata: dict[str, str]
    """Up to 16 texts of your own."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When the session was created."""


class LogLine(BaseModel):
    """A line of the logs of a session's container."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    at: AwareDatetime
    """When it was said."""

    source: Annotated[Literal["gateway", "container"] | str, Field(union_mode="left_to_right")]
    """The gateway says what becomes of the container. What the container prints may be anything: do not trust it."""

    stream: Annotated[Literal["stdout", "stderr"] | str | None, Field(union_mode="left_to_right")] = None
    """Where the container printed it."""

    text: str
    """The line, without its break; cut where it is too long."""


class Status(BaseModel):
    """What goes on now."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    state: Annotated[
        Literal["queued", "starting", "thinking", "working", "waiting", "idle", "sleeping"] | str,
        Field(union_mode="left_to_right"),
    ]
    """What goes on: `waiting` is for a person; `idle` and `sleeping` belong to the session."""

    detail: str | None = None
    """The same in words."""


class TextBlock(BaseModel):
    """Text."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    type: Literal["text"] = "text"
    """Plain text."""

    text: str
    """The text."""


class ReasoningBlock(BaseModel):
    """What the agent thought before it spoke."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    type: Literal["reasoning"] = "reasoning"
    """What the agent thought."""

    text: str
    """The text."""


class ToolCallEvent(BaseModel):
    """A tool is called."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["tool.call"] = "tool.call"
    """The kind of event."""

    tool_call_id: Annotated[str, Field(alias="toolCallId")]
    """The call of a tool."""

    name: str
    """The name of the tool."""

    title: str | None = None
    """The call in a line."""

    input: dict[str, Any]
    """The tool's input, as the tool defines it, at most 64 levels deep."""


class ToolResultEvent(BaseModel):
    """A tool has answered."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["tool.result"] = "tool.result"
    """The kind of event."""

    tool_call_id: Annotated[str, Field(alias="toolCallId")]
    """The call of a tool."""

    is_error: Annotated[bool, Field(alias="isError")]
    """Whether the tool failed."""

    exit_code: Annotated[int | None, Field(alias="exitCode")] = None
    """The exit code of the command."""

    output: str
    """What the tool answered."""

    truncated: bool | None = None
    """Whether `output` was cut."""

    file: str | None = None
    """The file in the workspace that holds the whole output, up to 16 MiB of it. The newest 16 such files are kept."""


class PermissionRequestedEvent(BaseModel):
    """A person is asked."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["permission.requested"] = "permission.requested"
    """The kind of event."""

    request_id: Annotated[str, Field(alias="requestId")]
    """The request to a person."""

    kind: Annotated[Literal["permission", "question"] | str, Field(union_mode="left_to_right")]
    """What is asked for."""

    tool_call_id: Annotated[str | None, Field(alias="toolCallId")] = None
    """The call of a tool."""

    tool: str
    """The name of the tool."""

    title: str
    """What is asked, in a line."""

    input: dict[str, Any]
    """The tool's input, as the tool defines it, at most 64 levels deep."""

    questions: list[Question] | None = None
    """The questions, where the kind is `question`."""

    options: list[RequestOption]
    """The answers that can be given."""

    expires_at: Annotated[AwareDatetime, Field(alias="expiresAt")]
    """When the request is denied by `timeout`."""


class PermissionResolvedEvent(BaseModel):
    """A request is resolved."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["permission.resolved"] = "permission.resolved"
    """The kind of event."""

    request_id: Annotated[str, Field(alias="requestId")]
    """The request to a person."""

    decision: Annotated[Literal["allow", "deny"] | str, Field(union_mode="left_to_right")]
    """The answer."""

    scope: Annotated[Literal["once", "session"] | str | None, Field(union_mode="left_to_right")] = None
    """How far the answer reaches: this call, or every such call of the session."""

    by: Annotated[Literal["user", "timeout", "policy", "interrupt", "restart"] | str, Field(union_mode="left_to_right")]
    """Who or what resolved the request."""


class EgressDeniedEvent(BaseModel):
    """The sandbox may not reach a host."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["egress.denied"] = "egress.denied"
    """The kind of event."""

    host: str
    """The host that was asked for."""

    reason: str
    """Why not."""


class UsageEvent(BaseModel):
    """What was used."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["usage"] = "usage"
    """The kind of event."""

    input_tokens: Annotated[int, Field(alias="inputTokens")]
    """Tokens read by the model."""

    output_tokens: Annotated[int, Field(alias="outputTokens")]
    """Tokens written by the model."""

    cost_usd: Annotated[float | None, Field(alias="costUsd")] = None
    """The price in US dollars."""


class ErrorEvent(BaseModel):
    """Something failed."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["error"] = "error"
    """The kind of event."""

    code: str
    """The stable code."""

    message: str
    """What happened."""

    retryable: bool
    """Whether a new turn may do better."""


class Usage(BaseModel):
    """What a turn used."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    input_tokens: Annotated[int, Field(alias="inputTokens")]
    """Tokens read by the model."""

    output_tokens: Annotated[int, Field(alias="outputTokens")]
    """Tokens written by the model."""

    cost_usd: Annotated[float | None, Field(alias="costUsd")] = None
    """The price in US dollars."""


class MessageDeltaEvent(BaseModel):
    """A piece of a message; not stored."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["message.delta"] = "message.delta"
    """The kind of event."""

    message_id: Annotated[str, Field(alias="messageId")]
    """The message that this is part of."""

    text: str
    """The next piece of text."""


class MessageSnapshotEvent(BaseModel):
    """A message so far; replaces its deltas."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["message.snapshot"] = "message.snapshot"
    """The kind of event."""

    message_id: Annotated[str, Field(alias="messageId")]
    """The message that this is part of."""

    text: str
    """All of the text so far."""


class ToolDeltaEvent(BaseModel):
    """A piece of a tool's output; not stored."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["tool.delta"] = "tool.delta"
    """The kind of event."""

    tool_call_id: Annotated[str, Field(alias="toolCallId")]
    """The call of a tool."""

    stream: Annotated[Literal["stdout", "stderr"] | str, Field(union_mode="left_to_right")]
    """Where it was written."""

    text: str
    """The next piece of output."""


class ToolSnapshotEvent(BaseModel):
    """A tool's output so far; replaces its deltas."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["tool.snapshot"] = "tool.snapshot"
    """The kind of event."""

    tool_call_id: Annotated[str, Field(alias="toolCallId")]
    """The call of a tool."""

    text: str
    """The last part of the output so far."""

    truncated: bool
    """Whether earlier output was left out."""


class TurnFailure(BaseModel):
    """Why a turn failed."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    code: str
    """The stable code."""

    message: str
    """What happened."""

    retryable: bool
    """Whether a new turn may do better."""


class InterruptResult(BaseModel):
    """What was stopped."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    interrupted: bool
    """Whether there was something to stop."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn."""


class AccountRequest(BaseModel):
    """A question to a person, and the session that asks it."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    session_id: Annotated[str, Field(alias="sessionId")]
    """The session's id, yours or ours."""

    request_id: Annotated[str, Field(alias="requestId")]
    """The request to a person."""

    kind: Annotated[Literal["permission", "question"] | str, Field(union_mode="left_to_right")]
    """What is asked for."""

    tool_call_id: Annotated[str | None, Field(alias="toolCallId")] = None
    """The call of a tool."""

    tool: str
    """The name of the tool."""

    title: str
    """What is asked, in a line."""

    input: dict[str, Any]
    """The tool's input, as the tool defines it, at most 64 levels deep."""

    questions: list[Question] | None = None
    """The questions, where the kind is `question`."""

    options: list[RequestOption]
    """The answers that can be given."""

    expires_at: Annotated[AwareDatetime, Field(alias="expiresAt")]
    """When the request is denied by `timeout`."""

    turn_id: Annotated[str, Field(alias="turnId")]
    """The turn that asks."""

    status: Annotated[Literal["open", "resolved"] | str, Field(union_mode="left_to_right")]
    """Whether it still waits."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was asked."""

    resolved_at: Annotated[AwareDatetime | None, Field(alias="resolvedAt")] = None
    """When it was resolved."""

    decision: Annotated[Literal["allow", "deny"] | str | None, Field(union_mode="left_to_right")] = None
    """The answer."""

    scope: Annotated[Literal["once", "session"] | str | None, Field(union_mode="left_to_right")] = None
    """How far the answer reaches: this call, or every such call of the session."""

    by: Annotated[
        Literal["user", "timeout", "policy", "interrupt", "restart"] | str | None, Field(union_mode="left_to_right")
    ] = None
    """Who or what resolved the request."""


class FileEntry(BaseModel):
    """A file or directory of the workspace."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    path: str
    """The path in the workspace."""

    type: Annotated[Literal["file", "directory", "symlink", "other"] | str, Field(union_mode="left_to_right")]
    """What it is."""

    size: int
    """The size in bytes."""

    mode: int
    """The permission bits."""

    modified_at: Annotated[AwareDatetime, Field(alias="modifiedAt")]
    """When it was last written."""

    etag: str | None = None
    """Of a file: what `If-Match` takes. It changes with every write, and may change without one; it says nothing of the bytes."""


class ArchiveResult(BaseModel):
    """What was unpacked."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    entries: int
    """How many files, links and directories it held."""

    bytes: int
    """How many bytes its files hold."""


class Snapshot(BaseModel):
    """A disk as it was once."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The snapshot."""

    name: str | None = None
    """A name of your own; it need not be the only one."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was made."""

    seq: int
    """The newest event of the log by then."""

    entries: int
    """Files, directories and links."""

    bytes: int
    """The bytes in the files, holes left out. What snapshots have in common is stored once."""


class SnapshotList(BaseModel):
    """The snapshots of a session."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[Snapshot]
    """The snapshots, the oldest first."""


class SessionToken(BaseModel):
    """A token for one session."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    token: str
    """The token, as a bearer."""

    scopes: list[Literal["sessions:read", "turns:write", "requests:write", "files:read", "files:write"] | str]
    """What it may do in the session."""

    allowed_origins: Annotated[list[str], Field(alias="allowedOrigins")]
    """The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one."""

    expires_at: Annotated[AwareDatetime, Field(alias="expiresAt")]
    """When it ends."""


AccessScope = TypeAliasType(
    "AccessScope",
    Annotated[
        Literal[
            "sessions:read",
            "sessions:write",
            "turns:write",
            "requests:write",
            "files:read",
            "files:write",
            "tokens:write",
            "account:read",
            "audit:read",
            "keys:admin",
            "webhooks:admin",
        ]
        | str,
        Field(union_mode="left_to_right"),
    ],
)
"""What a credential may do. `sessions:read`: read sessions, their turns, events, messages, requests, logs and snapshots. `sessions:write`: create, change, delete, put to sleep and wake sessions, and take snapshots. `turns:write`: give the agent something to do, and stop it. `requests:write`: answer what the agent asks a person for. `files:read`: read files. `files:write`: write files. `tokens:write`: make and revoke tokens of sessions. `account:read`: read the limits and the use of the account. `audit:read`: read who administered keys and sessions. `keys:admin`: list, make, rotate and revoke keys. `webhooks:admin`: list, make, change, test and delete webhooks, and see and repeat what they were sent."""


class Key(BaseModel):
    """A key, without the secret."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The key."""

    name: str
    """A name of your own."""

    scopes: list[AccessScope]
    """What it may do."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was made."""

    expires_at: Annotated[AwareDatetime | None, Field(alias="expiresAt")] = None
    """When it ends by itself; never unless told. In the future, and within ten years."""

    last_used_at: Annotated[AwareDatetime | None, Field(alias="lastUsedAt")] = None
    """When it was last used, to the minute."""


class RequestLimit(BaseModel):
    """How many requests a key may make, as `RateLimit-Policy` says it."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    quota: int
    """Requests of one key in a window."""

    window_seconds: Annotated[int, Field(alias="windowSeconds")]
    """The window, in seconds."""


class AccountUsage(BaseModel):
    """What the account has now."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    keys: int
    """Keys that are not revoked."""

    webhooks: int
    """Webhooks."""

    concurrent_turns: Annotated[int, Field(alias="concurrentTurns")]
    """Sessions with a turn that is not complete."""

    sessions: int
    """Sessions that are not deleted."""


WebhookEventType = TypeAliasType(
    "WebhookEventType",
    Annotated[
        Literal["permission.requested", "turn.completed", "session.expired"] | str, Field(union_mode="left_to_right")
    ],
)
"""What a webhook is told of."""


class Webhook(BaseModel):
    """A webhook, without its secret."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The webhook."""

    url: str
    """Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment."""

    events: list[WebhookEventType]
    """What it is told of."""

    description: str | None = None
    """A description of your own."""

    status: Annotated[Literal["enabled", "disabled"] | str, Field(union_mode="left_to_right")]
    """What is disabled is sent nothing, and misses what happens meanwhile."""

    disabled_reason: Annotated[
        Literal["asked", "gone", "failing"] | str | None, Field(alias="disabledReason", union_mode="left_to_right")
    ] = None
    """Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was made."""


class DeliveryAttempt(BaseModel):
    """One request to the endpoint."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    at: AwareDatetime
    """When it was made."""

    status_code: Annotated[int | None, Field(alias="statusCode")] = None
    """What the endpoint answered."""

    error: str | None = None
    """Why there was no answer."""


AuditAction = TypeAliasType(
    "AuditAction",
    Annotated[
        Literal[
            "createKey",
            "rotateKey",
            "revokeKey",
            "createSession",
            "fork",
            "updateSession",
            "deleteSession",
            "expireSession",
            "createSessionToken",
            "revokeSessionTokens",
            "createWebhook",
            "updateWebhook",
            "deleteWebhook",
            "rotateWebhookSecret",
        ]
        | str,
        Field(union_mode="left_to_right"),
    ],
)
"""What was done: the operation, or `expireSession` where a session came to its end by itself. A webhook that the gateway disabled is `updateWebhook`."""


class AuditActor(BaseModel):
    """Who did it."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    type: Annotated[Literal["key", "identity", "sessionToken", "gateway"] | str, Field(union_mode="left_to_right")]
    """A key, an identity of the issuer that the server trusts, whoever has a token of a session, or the gateway by itself."""

    id: str | None = None
    """The key, the id that stands for the identity, or the session of the token."""

    subject: str | None = None
    """The `sub` of the identity."""


class AuditTarget(BaseModel):
    """What it was done to."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    type: Annotated[Literal["key", "session", "webhook"] | str, Field(union_mode="left_to_right")]
    """Which kind of thing."""

    id: str | None = None
    """Which; absent where it was refused before there was one."""


KnownContentBlock = TypeAliasType(
    "KnownContentBlock", Annotated[TextBlock | ReasoningBlock, Field(discriminator="type")]
)


ContentBlock = TypeAliasType(
    "ContentBlock", Annotated[KnownContentBlock | UnknownBlock, Field(union_mode="left_to_right")]
)
"""A piece of a message."""


class WebhookPermissionRequested(BaseModel):
    """The agent asks a person. `GET /v1/requests` says what is asked, and `POST …/resume` answers it."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The event, also as `webhook-id`: the same for each endpoint and however often it comes."""

    type: Literal["permission.requested"] = "permission.requested"
    """What happened."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it happened."""

    data: WebhookPermissionRequestedData


class WebhookTurnCompletedData(BaseModel):
    """What it happened to."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    session_id: Annotated[str, Field(alias="sessionId")]
    """The session's id, yours or ours."""

    turn_id: Annotated[str, Field(alias="turnId")]
    """The turn."""

    stop_reason: Annotated[StopReason, Field(alias="stopReason")]


class WebhookSessionExpired(BaseModel):
    """A session came to its `expiresAt`, and is deleted."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The event, also as `webhook-id`: the same for each endpoint and however often it comes."""

    type: Literal["session.expired"] = "session.expired"
    """What happened."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it happened."""

    data: WebhookSessionExpiredData


class WebhookTest(BaseModel):
    """Nothing happened: somebody asked for a test."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The event, also as `webhook-id`: the same for each endpoint and however often it comes."""

    type: Literal["webhook.test"] = "webhook.test"
    """What happened."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it happened."""

    data: WebhookTestData


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    type: str
    """A URI reference to what there is to know of the kind of problem."""

    title: str
    """The kind of problem in words."""

    status: int
    """The HTTP status of this answer."""

    detail: str
    """What happened this time, and what to do about it."""

    code: str
    """The stable code to program against."""

    request_id: Annotated[str, Field(alias="requestId")]
    """The same as `X-Request-Id`."""

    retryable: bool
    """Whether the same request may be sent again unchanged."""

    errors: list[FieldError] | None = None
    """Each thing wrong with the request."""

    reason: Annotated[
        Literal[
            "missing",
            "malformed",
            "unknown",
            "revoked",
            "expired",
            "not_yet_valid",
            "wrong_algorithm",
            "unknown_signer",
            "wrong_signature",
            "wrong_issuer",
            "wrong_audience",
            "wrong_claims",
        ]
        | str
        | None,
        Field(union_mode="left_to_right"),
    ] = None
    """With `unauthorized`, why. `missing`: no credential was sent, or not as `Bearer`. `malformed`: it is none, or was mistyped. `unknown`: nobody was given it. `revoked`: it was revoked. `expired`: its time is over. `not_yet_valid`: its time has not come. `wrong_algorithm`: it is signed in a way that is not accepted. `unknown_signer`: it names no key of the issuer. `wrong_signature`: it was not signed with the key that it names. `wrong_issuer`: it is of another issuer. `wrong_audience`: it is for another audience. `wrong_claims`: a claim that it needs is missing or of no use."""

    link: str | None = None
    """Where to look next: for `cursor_expired` the session, whose `firstSeq` says where its log begins; for `key_shown_already` the key, for `webhook_secret_shown_already` the webhook."""


class AgentOptions(BaseModel):
    """How the agent works. Each agent takes options of its own."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    command_timeout_seconds: Annotated[int | None, Field(alias="commandTimeoutSeconds")] = None
    """How long one command may run; 600 unless told. For `shell`."""

    model: str | None = None
    """The model; the agent's own choice unless told. For `claude`."""

    system_prompt: Annotated[str | None, Field(alias="systemPrompt")] = None
    """Said to the model beside the agent's own instructions. For `claude`."""

    max_turns: Annotated[int | None, Field(alias="maxTurns")] = None
    """How often the model may answer in one turn; then it ends as `max_turns`. For `claude`."""

    allowed_tools: Annotated[list[str] | None, Field(alias="allowedTools")] = None
    """Calls that nobody is asked for, as `Tool` or `Tool(pattern)`. For `claude`."""

    denied_tools: Annotated[list[str] | None, Field(alias="deniedTools")] = None
    """Calls that are refused, whatever else allows them. For `claude`."""

    mcp_servers: Annotated[dict[str, McpServer] | None, Field(alias="mcpServers")] = None
    """Servers that offer further tools; they find the session's `env`. For `claude` and `acp`."""

    command: str | None = None
    """The program that speaks the Agent Client Protocol. For `acp`, which needs it."""

    args: list[str] | None = None
    """Its arguments; variables come from the session's `env`. For `acp`."""


class Request(BaseModel):
    """A question to a person."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    request_id: Annotated[str, Field(alias="requestId")]
    """The request to a person."""

    kind: Annotated[Literal["permission", "question"] | str, Field(union_mode="left_to_right")]
    """What is asked for."""

    tool_call_id: Annotated[str | None, Field(alias="toolCallId")] = None
    """The call of a tool."""

    tool: str
    """The name of the tool."""

    title: str
    """What is asked, in a line."""

    input: dict[str, Any]
    """The tool's input, as the tool defines it, at most 64 levels deep."""

    questions: list[Question] | None = None
    """The questions, where the kind is `question`."""

    options: list[RequestOption]
    """The answers that can be given."""

    expires_at: Annotated[AwareDatetime, Field(alias="expiresAt")]
    """When the request is denied by `timeout`."""

    turn_id: Annotated[str, Field(alias="turnId")]
    """The turn that asks."""

    status: Annotated[Literal["open", "resolved"] | str, Field(union_mode="left_to_right")]
    """Whether it still waits."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was asked."""

    resolved_at: Annotated[AwareDatetime | None, Field(alias="resolvedAt")] = None
    """When it was resolved."""

    decision: Annotated[Literal["allow", "deny"] | str | None, Field(union_mode="left_to_right")] = None
    """The answer."""

    scope: Annotated[Literal["once", "session"] | str | None, Field(union_mode="left_to_right")] = None
    """How far the answer reaches: this call, or every such call of the session."""

    by: Annotated[
        Literal["user", "timeout", "policy", "interrupt", "restart"] | str | None, Field(union_mode="left_to_right")
    ] = None
    """Who or what resolved the request."""


class EgressShown(BaseModel):
    """What the sandbox may reach, without what is secret in it."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    allow: list[EgressRuleShown]
    """The hosts."""


class SessionPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[SessionSummary]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class ContainerLogs(BaseModel):
    """The newest part of what there is to say of a container."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[LogLine]
    """The lines, the newest last."""

    truncated: bool
    """Whether older lines were left out."""


class StatusEvent(BaseModel):
    """What goes on now."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["status"] = "status"
    """The kind of event."""

    status: Status


class Message(BaseModel):
    """A whole message."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The id of the message."""

    role: Annotated[Literal["user", "assistant"] | str, Field(union_mode="left_to_right")]
    """Who said it."""

    content: list[ContentBlock]
    """What was said."""


class CompleteEvent(BaseModel):
    """The last event of every turn, exactly once."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["complete"] = "complete"
    """The kind of event."""

    stop_reason: Annotated[StopReason, Field(alias="stopReason")]
    usage: Usage | None = None


class Turn(BaseModel):
    """One chat request and all that follows until its `complete`."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The turn."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session's id, yours or ours."""

    status: Annotated[Literal["queued", "running", "waiting", "complete"] | str, Field(union_mode="left_to_right")]
    """Where the turn is; `waiting` is for a person."""

    stop_reason: Annotated[StopReason | None, Field(alias="stopReason")] = None
    output_text: Annotated[str | None, Field(alias="outputText")] = None
    """The agent's last message or, where it says nothing itself, the output of its last tool."""

    error: TurnFailure | None = None
    open_requests: Annotated[list[Request], Field(alias="openRequests")]
    """What waits for a person."""

    usage: Usage | None = None
    metadata: dict[str, str]
    """Up to 16 texts of your own."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When the turn was admitted."""

    started_at: Annotated[AwareDatetime | None, Field(alias="startedAt")] = None
    """When it began to run."""

    completed_at: Annotated[AwareDatetime | None, Field(alias="completedAt")] = None
    """When it ended."""

    first_seq: Annotated[int | None, Field(alias="firstSeq")] = None
    """The number of its first event."""

    last_seq: Annotated[int | None, Field(alias="lastSeq")] = None
    """The number of its newest event."""


class TurnPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[Turn]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class HistoryMessage(BaseModel):
    """A message and where it stands in the log."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The id of the message."""

    role: Annotated[Literal["user", "assistant"] | str, Field(union_mode="left_to_right")]
    """Who said it."""

    content: list[ContentBlock]
    """What was said."""

    turn_id: Annotated[str, Field(alias="turnId")]
    """The turn."""

    seq: int
    """The number of its event."""

    at: AwareDatetime
    """When it was said."""


class RequestPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[Request]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class AccountRequestPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[AccountRequest]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""

    unavailable: list[str]
    """Sessions that could not be asked just now: what waits there is not in this page. Ask for them again, by `sessionId`."""


class ResumeResult(BaseModel):
    """The stored answer."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    request: Request
    turn_id: Annotated[str, Field(alias="turnId")]
    """The turn that goes on."""


class FileList(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[FileEntry]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class NewKey(BaseModel):
    """A key with its secret."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The key."""

    name: str
    """A name of your own."""

    scopes: list[AccessScope]
    """What it may do."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was made."""

    expires_at: Annotated[AwareDatetime | None, Field(alias="expiresAt")] = None
    """When it ends by itself; never unless told. In the future, and within ten years."""

    last_used_at: Annotated[AwareDatetime | None, Field(alias="lastUsedAt")] = None
    """When it was last used, to the minute."""

    key: str
    """The key itself, as a bearer. Shown this once: only its digest is kept."""


class KeyPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[Key]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class AccountLimits(BaseModel):
    """The most that the account may have."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    keys: int
    """Keys that are not revoked."""

    webhooks: int
    """Webhooks."""

    concurrent_turns: Annotated[int, Field(alias="concurrentTurns")]
    """Sessions with a turn that is not complete."""

    sessions: int
    """Sessions that are not deleted."""

    requests: RequestLimit


class NewWebhook(BaseModel):
    """A webhook with its secret."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The webhook."""

    url: str
    """Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment."""

    events: list[WebhookEventType]
    """What it is told of."""

    description: str | None = None
    """A description of your own."""

    status: Annotated[Literal["enabled", "disabled"] | str, Field(union_mode="left_to_right")]
    """What is disabled is sent nothing, and misses what happens meanwhile."""

    disabled_reason: Annotated[
        Literal["asked", "gone", "failing"] | str | None, Field(alias="disabledReason", union_mode="left_to_right")
    ] = None
    """Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was made."""

    secret: str
    """What its requests are signed with, by Standard Webhooks. Shown this once."""


class WebhookPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[Webhook]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class WebhookDelivery(BaseModel):
    """An event for a webhook, and what became of it."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The event, also as `webhook-id`: the same for each endpoint and however often it comes."""

    type: str
    """The event's type."""

    status: Annotated[Literal["pending", "delivered", "failed", "cancelled"] | str, Field(union_mode="left_to_right")]
    """`delivered` was answered by 2xx; `failed` was given up; `cancelled` was not to be sent any more, as the webhook was disabled or the session deleted."""

    attempts: list[DeliveryAttempt]
    """The newest requests, 20 at most, in their order."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it happened."""

    next_attempt_at: Annotated[AwareDatetime | None, Field(alias="nextAttemptAt")] = None
    """When it is tried next, where it is pending."""


class WebhookDeliveryPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[WebhookDelivery]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class AuditEntry(BaseModel):
    """One act of administration."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The entry."""

    at: AwareDatetime
    """When."""

    action: AuditAction
    actor: AuditActor
    target: AuditTarget
    fields: list[str] | None = None
    """What was set, by its names: never the values."""

    outcome: Annotated[Literal["succeeded", "refused"] | str, Field(union_mode="left_to_right")]
    """Whether it was done, or refused to somebody who may not."""

    code: str | None = None
    """Why it was refused."""

    request_id: Annotated[str | None, Field(alias="requestId")] = None
    """In which request."""


class WebhookTurnCompleted(BaseModel):
    """A turn is over: once for each turn."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The event, also as `webhook-id`: the same for each endpoint and however often it comes."""

    type: Literal["turn.completed"] = "turn.completed"
    """What happened."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it happened."""

    data: WebhookTurnCompletedData


class SessionData(BaseModel):
    """A computer with an agent and a log."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The session's id, yours or ours."""

    status: Annotated[Literal["idle", "running", "waiting", "sleeping"] | str, Field(union_mode="left_to_right")]
    """`waiting` is for a person; `sleeping` has no sandbox running."""

    agent: Annotated[Literal["shell", "claude", "acp", "scripted"] | str, Field(union_mode="left_to_right")]
    """Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it."""

    metadata: dict[str, str]
    """Up to 16 texts of your own."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When the session was created."""

    agent_options: Annotated[AgentOptions, Field(alias="agentOptions")]
    permission_mode: Annotated[
        Literal["ask", "acceptEdits", "bypass"] | str, Field(alias="permissionMode", union_mode="left_to_right")
    ]
    """What a person is asked for; `ask` unless told."""

    idle_timeout_seconds: Annotated[int, Field(alias="idleTimeoutSeconds")]
    """How long an idle sandbox stays awake, in seconds."""

    expires_at: Annotated[AwareDatetime | None, Field(alias="expiresAt")] = None
    """When the session is deleted, as by DELETE; never unless told. In the future, and within ten years."""

    active_turn_id: Annotated[str | None, Field(alias="activeTurnId")] = None
    """The turn that runs or waits now."""

    queued_turn_ids: Annotated[list[str], Field(alias="queuedTurnIds")]
    """The turns that wait for it, in order."""

    open_requests: Annotated[list[Request], Field(alias="openRequests")]
    """What waits for a person."""

    first_seq: Annotated[int, Field(alias="firstSeq")]
    """The number of the oldest event that is kept. The log holds 64 MiB unless the server is told otherwise; what is older and of a turn that is complete goes."""

    last_seq: Annotated[int, Field(alias="lastSeq")]
    """The number of the newest event; 0 before any."""

    disk: SavedDisk | None = None
    forked_from: Annotated[ForkedFrom | None, Field(alias="forkedFrom")] = None
    egress: EgressShown
    budget: Budget | None = None
    usage: ModelUsage


class MessageEvent(BaseModel):
    """A whole message; the user's own comes first in a turn."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    seq: int
    """The event's number in its session's log, from 1 without a gap; also the SSE `id`."""

    at: AwareDatetime
    """When it was recorded."""

    session_id: Annotated[str, Field(alias="sessionId")]
    """The session."""

    turn_id: Annotated[str | None, Field(alias="turnId")] = None
    """The turn; absent where the event belongs to the session."""

    type: Literal["message"] = "message"
    """The kind of event."""

    message: Message


class MessagePage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[HistoryMessage]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


class Account(BaseModel):
    """Whose key it is."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    id: str
    """The account."""

    created_at: Annotated[AwareDatetime, Field(alias="createdAt")]
    """When it was made."""

    limits: AccountLimits
    usage: AccountUsage


class AuditPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[AuditEntry]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


KnownEvent = TypeAliasType(
    "KnownEvent",
    Annotated[
        StatusEvent
        | MessageEvent
        | ToolCallEvent
        | ToolResultEvent
        | PermissionRequestedEvent
        | PermissionResolvedEvent
        | EgressDeniedEvent
        | UsageEvent
        | ErrorEvent
        | CompleteEvent
        | MessageDeltaEvent
        | MessageSnapshotEvent
        | ToolDeltaEvent
        | ToolSnapshotEvent,
        Field(discriminator="type"),
    ],
)


Event = TypeAliasType("Event", Annotated[KnownEvent | UnknownEvent, Field(union_mode="left_to_right")])
"""What happens in a session. Ignore types that you do not know."""


KnownDurableEvent = TypeAliasType(
    "KnownDurableEvent",
    Annotated[
        StatusEvent
        | MessageEvent
        | ToolCallEvent
        | ToolResultEvent
        | PermissionRequestedEvent
        | PermissionResolvedEvent
        | EgressDeniedEvent
        | UsageEvent
        | ErrorEvent
        | CompleteEvent,
        Field(discriminator="type"),
    ],
)


DurableEvent = TypeAliasType(
    "DurableEvent", Annotated[KnownDurableEvent | UnknownEvent, Field(union_mode="left_to_right")]
)
"""A fact in the session's log."""


KnownWebhookEvent = TypeAliasType(
    "KnownWebhookEvent",
    Annotated[
        WebhookPermissionRequested | WebhookTurnCompleted | WebhookSessionExpired | WebhookTest,
        Field(discriminator="type"),
    ],
)


WebhookEvent = TypeAliasType(
    "WebhookEvent", Annotated[KnownWebhookEvent | UnknownEvent, Field(union_mode="left_to_right")]
)
"""What a webhook is sent."""


class EventPage(BaseModel):
    """A page."""

    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
    )
    data: list[DurableEvent]
    """The items of this page."""

    next_cursor: Annotated[str | None, Field(alias="nextCursor")]
    """Give it as `after` for the next page; null where there is none."""

    has_more: Annotated[bool, Field(alias="hasMore")]
    """Whether there is more now."""


__all__ = [
    "AccessScope",
    "Account",
    "AccountLimits",
    "AccountRequest",
    "AccountRequestPage",
    "AccountUsage",
    "AgentOptions",
    "ArchiveResult",
    "AuditAction",
    "AuditActor",
    "AuditEntry",
    "AuditPage",
    "AuditTarget",
    "Budget",
    "CompleteEvent",
    "ContainerLogs",
    "ContentBlock",
    "DeliveryAttempt",
    "DurableEvent",
    "EgressDeniedEvent",
    "EgressRuleShown",
    "EgressShown",
    "ErrorEvent",
    "Event",
    "EventPage",
    "FieldError",
    "FileEntry",
    "FileList",
    "ForkedFrom",
    "Health",
    "HistoryMessage",
    "InterruptResult",
    "Key",
    "KeyPage",
    "KnownContentBlock",
    "KnownDurableEvent",
    "KnownEvent",
    "KnownWebhookEvent",
    "LogLine",
    "McpServer",
    "McpServer1",
    "McpServer2",
    "Message",
    "MessageDeltaEvent",
    "MessageEvent",
    "MessagePage",
    "MessageSnapshotEvent",
    "ModelUsage",
    "NewKey",
    "NewWebhook",
    "PermissionRequestedEvent",
    "PermissionResolvedEvent",
    "Problem",
    "Question",
    "ReasoningBlock",
    "Request",
    "RequestLimit",
    "RequestOption",
    "RequestPage",
    "ResumeResult",
    "SavedDisk",
    "SessionData",
    "SessionPage",
    "SessionSummary",
    "SessionToken",
    "Snapshot",
    "SnapshotList",
    "Status",
    "StatusEvent",
    "StopReason",
    "TextBlock",
    "ToolCallEvent",
    "ToolDeltaEvent",
    "ToolResultEvent",
    "ToolSnapshotEvent",
    "Turn",
    "TurnFailure",
    "TurnPage",
    "Usage",
    "UsageEvent",
    "Webhook",
    "WebhookDelivery",
    "WebhookDeliveryPage",
    "WebhookEvent",
    "WebhookEventType",
    "WebhookPage",
    "WebhookPermissionRequested",
    "WebhookPermissionRequestedData",
    "WebhookSessionExpired",
    "WebhookSessionExpiredData",
    "WebhookTest",
    "WebhookTestData",
    "WebhookTurnCompleted",
    "WebhookTurnCompletedData",
]
