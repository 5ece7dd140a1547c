# Generated from api-spec/openapi.json by `npm run generate`. Do not edit.

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field
from typing_extensions import NotRequired, TypedDict


class McpServerParams1(TypedDict):
    """A server of the Model Context Protocol: a program in the sandbox, or a URL."""

    command: str
    """The program."""

    args: NotRequired[list[str]]
    """Its arguments."""


class McpServerParams2(TypedDict):
    """A server of the Model Context Protocol: a program in the sandbox, or a URL."""

    url: str
    """Where it listens."""

    type: NotRequired[Literal["http", "sse"]]
    """How: by streamable HTTP unless told, or by the older SSE."""

    headers: NotRequired[dict[str, str]]
    """Headers of each request. They are shown with the session: put a secret into its `egress` instead, which adds it outside of the sandbox."""


McpServerParams: TypeAlias = McpServerParams1 | McpServerParams2
"""A server of the Model Context Protocol: a program in the sandbox, or a URL."""


class BudgetParams(TypedDict):
    """The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest."""

    input_tokens: Annotated[NotRequired[int], Field(serialization_alias="inputTokens")]
    """The most tokens that the model reads."""

    output_tokens: Annotated[NotRequired[int], Field(serialization_alias="outputTokens")]
    """The most tokens that the model writes."""

    total_tokens: Annotated[NotRequired[int], Field(serialization_alias="totalTokens")]
    """The most tokens in all."""

    cost_usd: Annotated[NotRequired[float], Field(serialization_alias="costUsd")]
    """The most that is spent, in US dollars. Needs a server with prices."""


class EgressRuleParams(TypedDict):
    """A host that the sandbox may reach."""

    host: str
    """A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports."""

    headers: NotRequired[dict[str, str]]
    """Headers that are added to each request to the host, outside of the sandbox: keys above all. Write-only: no answer shows them, and they are encrypted where they are kept. Whoever answers at the host sees them, and could send them back."""


class TextBlockParams(TypedDict):
    """Text."""

    type: Literal["text"]
    """Plain text."""

    text: str
    """The text."""


class UserMessageParams(TypedDict):
    """A new message of the user."""

    role: Literal["user"]
    """Always `user`."""

    content: str | list[TextBlockParams]
    """The text, or pieces of it."""


class InterruptRequestParams(TypedDict):
    """The turn to stop: the first one unless told, which is active or about to be."""

    turn_id: Annotated[NotRequired[str], Field(serialization_alias="turnId")]
    """The turn."""


class ResumeRequestParams(TypedDict):
    """A person's answer to a request."""

    request_id: Annotated[str, Field(serialization_alias="requestId")]
    """The request that is answered."""

    decision: Literal["allow", "deny"]
    """The answer."""

    scope: NotRequired[Literal["once", "session"]]
    """How far the answer reaches: this call, or every such call of the session."""

    message: NotRequired[str]
    """What the agent is told with the answer: above all why not."""

    updated_input: Annotated[NotRequired[dict[str, Any]], Field(serialization_alias="updatedInput")]
    """Runs the tool with this input instead, at most 64 levels deep."""

    answers: NotRequired[dict[str, str]]
    """The answers to the questions, by their ids."""


class MakeDirectoryParams(TypedDict):
    """A directory to make; one that is there already stays as it is."""

    operation: Literal["mkdir"]
    """Makes a directory, and those above it."""

    path: str
    """A path in the workspace, relative to it; slashes plain or as `%2F`."""


MoveFileParams = TypedDict(
    "MoveFileParams",
    {
        "operation": Literal["move"],
        "from": str,
        "to": str,
        "overwrite": NotRequired[bool],
    },
)


class CreateSnapshotParams(TypedDict):
    """What to call it."""

    name: NotRequired[str]
    """A name of your own; it need not be the only one."""


class CreateSessionTokenParams(TypedDict):
    """A token for one session. It may do no more than the key that makes it."""

    scopes: list[Literal["sessions:read", "turns:write", "requests:write", "files:read", "files:write"]]
    """What it may do in the session."""

    expires_in_seconds: Annotated[NotRequired[int], Field(serialization_alias="expiresInSeconds")]
    """How long it is valid, in seconds, up to an hour; 15 minutes unless told."""

    allowed_origins: Annotated[NotRequired[list[str]], Field(serialization_alias="allowedOrigins")]
    """The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one."""


AccessScopeParams: TypeAlias = Literal[
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
"""What a credential may do. `sessions:read`: read sessions, their turns, events, messages, requests, logs and snapshots. `sessions:write`: create, change, delete, put to sleep and wake sessions, and take snapshots. `turns:write`: give the agent something to do, and stop it. `requests:write`: answer what the agent asks a person for. `files:read`: read files. `files:write`: write files. `tokens:write`: make and revoke tokens of sessions. `account:read`: read the limits and the use of the account. `audit:read`: read who administered keys and sessions. `keys:admin`: list, make, rotate and revoke keys. `webhooks:admin`: list, make, change, test and delete webhooks, and see and repeat what they were sent."""


class CreateKeyParams(TypedDict):
    """A new key. It may do no more than the key that makes it."""

    name: str
    """A name of your own."""

    scopes: list[AccessScopeParams]
    """What it may do."""

    expires_at: Annotated[NotRequired[str | datetime], Field(serialization_alias="expiresAt")]
    """When it ends by itself; never unless told. In the future, and within ten years."""


class RotateKeyParams(TypedDict):
    """How a key gives way to another."""

    overlap_seconds: Annotated[NotRequired[int], Field(serialization_alias="overlapSeconds")]
    """How long the old key stays valid, in seconds, up to a week; an hour unless told."""

    expires_at: Annotated[NotRequired[str | datetime], Field(serialization_alias="expiresAt")]
    """When the new key ends by itself. Unless told, it lives for as long as the old one was made for."""


WebhookEventTypeParams: TypeAlias = Literal["permission.requested", "turn.completed", "session.expired"]
"""What a webhook is told of."""


class CreateWebhookParams(TypedDict):
    """A new webhook: it is told of what happens from now on."""

    url: str
    """Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment."""

    events: list[WebhookEventTypeParams]
    """What it is told of."""

    description: NotRequired[str]
    """A description of your own."""


class UpdateWebhookParams(TypedDict):
    """What may change in a webhook. `events` is replaced as a whole."""

    url: NotRequired[str]
    """Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment."""

    events: NotRequired[list[WebhookEventTypeParams]]
    """What it is told of."""

    description: NotRequired[str]
    """A description of your own."""

    status: NotRequired[Literal["enabled", "disabled"]]
    """What is disabled is sent nothing, and misses what happens meanwhile."""


class RotateWebhookSecretParams(TypedDict):
    """How a secret gives way to another."""

    overlap_seconds: Annotated[NotRequired[int], Field(serialization_alias="overlapSeconds")]
    """How long the secret of before signs too, in seconds, up to a week; a day unless told."""


class ListSessionsParams(TypedDict):
    """What `listSessions` is told in its query."""

    status: NotRequired[Literal["idle", "running", "waiting", "sleeping"]]
    """Only sessions in this status."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    metadata: NotRequired[dict[str, str]]
    """Only sessions with all of these texts, 16 at most."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class GetLogsParams(TypedDict):
    """What `getLogs` is told in its query."""

    limit: NotRequired[int]
    """The most lines, the newest; 200 unless told."""


class ListTurnsParams(TypedDict):
    """What `listTurns` is told in its query."""

    after: NotRequired[int]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class GetTurnParams(TypedDict):
    """What `getTurn` is told in its query."""

    wait: NotRequired[int]
    """How long to wait for it, in seconds."""


class GetTurnEventsParams(TypedDict):
    """What `getTurnEvents` is told in its query."""

    after: NotRequired[int]
    """The number of the last event that you have."""


class GetEventsParams(TypedDict):
    """What `getEvents` is told in its query."""

    after: NotRequired[int]
    """The number of the last event that you have."""

    types: NotRequired[str]
    """Only these types, with commas between."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListMessagesParams(TypedDict):
    """What `listMessages` is told in its query."""

    after: NotRequired[int]
    """The number of the last event that you have."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListRequestsParams(TypedDict):
    """What `listRequests` is told in its query."""

    status: NotRequired[Literal["open", "resolved", "all"]]
    """Which requests; `open` unless told."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListAccountRequestsParams(TypedDict):
    """What `listAccountRequests` is told in its query."""

    session_id: Annotated[NotRequired[str], Field(serialization_alias="sessionId")]
    """Only those of this session."""

    kind: NotRequired[Literal["permission", "question"]]
    """Only these."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListFilesParams(TypedDict):
    """What `listFiles` is told in its query."""

    path: NotRequired[str]
    """The directory; the workspace itself unless told."""

    recursive: NotRequired[bool]
    """Whether all below the directory is listed too."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""

    after: NotRequired[str]
    """The `nextCursor` of the page before."""


class StatFileParams(TypedDict):
    """What `statFile` is told in its query."""

    path: NotRequired[str]
    """The directory; the workspace itself unless told."""


class DeleteFileParams(TypedDict):
    """What `deleteFile` is told in its query."""

    recursive: NotRequired[bool]
    """Whether a directory goes with all that it holds."""


class ReadArchiveParams(TypedDict):
    """What `readArchive` is told in its query."""

    path: NotRequired[str]
    """The directory; the workspace itself unless told."""

    format: NotRequired[Literal["tar", "tar.gz"]]
    """The form of the archive; `tar.gz` unless told."""


class WriteArchiveParams(TypedDict):
    """What `writeArchive` is told in its query."""

    path: NotRequired[str]
    """The directory; the workspace itself unless told."""


class ListKeysParams(TypedDict):
    """What `listKeys` is told in its query."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListWebhooksParams(TypedDict):
    """What `listWebhooks` is told in its query."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListWebhookDeliveriesParams(TypedDict):
    """What `listWebhookDeliveries` is told in its query."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ListAuditParams(TypedDict):
    """What `listAudit` is told in its query."""

    action: NotRequired[
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
    ]
    """Only entries of this action."""

    target_id: Annotated[NotRequired[str], Field(serialization_alias="targetId")]
    """Done to this."""

    actor_id: Annotated[NotRequired[str], Field(serialization_alias="actorId")]
    """Done by this key or identity, or by a token of this session."""

    since: NotRequired[str | datetime]
    """Not before this time."""

    until: NotRequired[str | datetime]
    """Before this time."""

    after: NotRequired[str]
    """The `nextCursor` of a page."""

    limit: NotRequired[int]
    """The most items in a page; 100 unless told."""


class ChatOptionsParams(TypedDict):
    """What the agent shall do."""

    on_busy: Annotated[NotRequired[Literal["queue", "reject", "interrupt"]], Field(serialization_alias="onBusy")]
    """What to do while another turn runs; `queue` unless told."""

    deadline_seconds: Annotated[NotRequired[int], Field(serialization_alias="deadlineSeconds")]
    """How long the turn may work, in seconds; not counted while it is queued or waits for a person."""

    metadata: NotRequired[dict[str, str]]
    """Up to 16 texts of your own."""


class PermissionAnswerParams(TypedDict):
    """A person's answer to a request."""

    decision: Literal["allow", "deny"]
    """The answer."""

    scope: NotRequired[Literal["once", "session"]]
    """How far the answer reaches: this call, or every such call of the session."""

    message: NotRequired[str]
    """What the agent is told with the answer: above all why not."""

    updated_input: Annotated[NotRequired[dict[str, Any]], Field(serialization_alias="updatedInput")]
    """Runs the tool with this input instead, at most 64 levels deep."""

    answers: NotRequired[dict[str, str]]
    """The answers to the questions, by their ids."""


class AgentOptionsParams(TypedDict):
    """How the agent works. Each agent takes options of its own."""

    command_timeout_seconds: Annotated[NotRequired[int], Field(serialization_alias="commandTimeoutSeconds")]
    """How long one command may run; 600 unless told. For `shell`."""

    model: NotRequired[str]
    """The model; the agent's own choice unless told. For `claude`."""

    system_prompt: Annotated[NotRequired[str], Field(serialization_alias="systemPrompt")]
    """Said to the model beside the agent's own instructions. For `claude`."""

    max_turns: Annotated[NotRequired[int], Field(serialization_alias="maxTurns")]
    """How often the model may answer in one turn; then it ends as `max_turns`. For `claude`."""

    allowed_tools: Annotated[NotRequired[list[str]], Field(serialization_alias="allowedTools")]
    """Calls that nobody is asked for, as `Tool` or `Tool(pattern)`. For `claude`."""

    denied_tools: Annotated[NotRequired[list[str]], Field(serialization_alias="deniedTools")]
    """Calls that are refused, whatever else allows them. For `claude`."""

    mcp_servers: Annotated[NotRequired[dict[str, McpServerParams]], Field(serialization_alias="mcpServers")]
    """Servers that offer further tools; they find the session's `env`. For `claude` and `acp`."""

    command: NotRequired[str]
    """The program that speaks the Agent Client Protocol. For `acp`, which needs it."""

    args: NotRequired[list[str]]
    """Its arguments; variables come from the session's `env`. For `acp`."""


class EgressParams(TypedDict):
    """What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn."""

    allow: list[EgressRuleParams]
    """The hosts, 64 at most. Of several that fit the longest counts."""


class UpdateSessionParams(TypedDict):
    """What may change in a session. `metadata`, `egress` and `budget` are replaced as a whole: `{}` is a budget without a limit."""

    metadata: NotRequired[dict[str, str]]
    """Up to 16 texts of your own."""

    permission_mode: Annotated[
        NotRequired[Literal["ask", "acceptEdits", "bypass"]], Field(serialization_alias="permissionMode")
    ]
    """What a person is asked for; `ask` unless told."""

    idle_timeout_seconds: Annotated[NotRequired[int], Field(serialization_alias="idleTimeoutSeconds")]
    """How long an idle sandbox stays awake, in seconds."""

    expires_at: Annotated[NotRequired[str | datetime], Field(serialization_alias="expiresAt")]
    """When the session is deleted, as by DELETE; never unless told. In the future, and within ten years."""

    egress: NotRequired[EgressParams]
    budget: NotRequired[BudgetParams]


class ForkSessionParams(TypedDict):
    """Where to fork: at a snapshot, or now. What else is not given is as in the session that is forked."""

    id: NotRequired[str]
    """The session's id, yours or ours."""

    snapshot_id: Annotated[NotRequired[str], Field(serialization_alias="snapshotId")]
    """The snapshot."""

    seq: NotRequired[int]
    """Fork at the snapshot that was taken at this event: a snapshot says its `seq`."""

    metadata: NotRequired[dict[str, str]]
    """Up to 16 texts of your own."""

    permission_mode: Annotated[
        NotRequired[Literal["ask", "acceptEdits", "bypass"]], Field(serialization_alias="permissionMode")
    ]
    """What a person is asked for; `ask` unless told."""

    idle_timeout_seconds: Annotated[NotRequired[int], Field(serialization_alias="idleTimeoutSeconds")]
    """How long an idle sandbox stays awake, in seconds."""

    expires_at: Annotated[NotRequired[str | datetime], Field(serialization_alias="expiresAt")]
    """When the session is deleted, as by DELETE; never unless told. In the future, and within ten years."""

    egress: NotRequired[EgressParams]
    budget: NotRequired[BudgetParams]


class ChatRequestParams(TypedDict):
    """What the agent shall do."""

    messages: list[UserMessageParams]
    """New input only, never history."""

    on_busy: Annotated[NotRequired[Literal["queue", "reject", "interrupt"]], Field(serialization_alias="onBusy")]
    """What to do while another turn runs; `queue` unless told."""

    deadline_seconds: Annotated[NotRequired[int], Field(serialization_alias="deadlineSeconds")]
    """How long the turn may work, in seconds; not counted while it is queued or waits for a person."""

    metadata: NotRequired[dict[str, str]]
    """Up to 16 texts of your own."""


FileOperationParams: TypeAlias = MakeDirectoryParams | MoveFileParams
"""What to do with the files."""


class CreateSessionParams(TypedDict):
    """A new session. All is optional."""

    id: NotRequired[str]
    """The session's id, yours or ours."""

    agent: NotRequired[Literal["shell", "claude", "acp", "scripted"]]
    """Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it."""

    agent_options: Annotated[NotRequired[AgentOptionsParams], Field(serialization_alias="agentOptions")]
    permission_mode: Annotated[
        NotRequired[Literal["ask", "acceptEdits", "bypass"]], Field(serialization_alias="permissionMode")
    ]
    """What a person is asked for; `ask` unless told."""

    metadata: NotRequired[dict[str, str]]
    """Up to 16 texts of your own."""

    idle_timeout_seconds: Annotated[NotRequired[int], Field(serialization_alias="idleTimeoutSeconds")]
    """How long an idle sandbox stays awake, in seconds."""

    expires_at: Annotated[NotRequired[str | datetime], Field(serialization_alias="expiresAt")]
    """When the session is deleted, as by DELETE; never unless told. In the future, and within ten years."""

    env: NotRequired[dict[str, str]]
    """Variables for the agent's tools, 64 KiB in all. Write-only: no answer shows them."""

    egress: NotRequired[EgressParams]
    budget: NotRequired[BudgetParams]


__all__ = [
    "AccessScopeParams",
    "AgentOptionsParams",
    "BudgetParams",
    "ChatOptionsParams",
    "ChatRequestParams",
    "CreateKeyParams",
    "CreateSessionParams",
    "CreateSessionTokenParams",
    "CreateSnapshotParams",
    "CreateWebhookParams",
    "DeleteFileParams",
    "EgressParams",
    "EgressRuleParams",
    "FileOperationParams",
    "ForkSessionParams",
    "GetEventsParams",
    "GetLogsParams",
    "GetTurnEventsParams",
    "GetTurnParams",
    "InterruptRequestParams",
    "ListAccountRequestsParams",
    "ListAuditParams",
    "ListFilesParams",
    "ListKeysParams",
    "ListMessagesParams",
    "ListRequestsParams",
    "ListSessionsParams",
    "ListTurnsParams",
    "ListWebhookDeliveriesParams",
    "ListWebhooksParams",
    "MakeDirectoryParams",
    "McpServerParams",
    "McpServerParams1",
    "McpServerParams2",
    "MoveFileParams",
    "PermissionAnswerParams",
    "ReadArchiveParams",
    "ResumeRequestParams",
    "RotateKeyParams",
    "RotateWebhookSecretParams",
    "StatFileParams",
    "TextBlockParams",
    "UpdateSessionParams",
    "UpdateWebhookParams",
    "UserMessageParams",
    "WebhookEventTypeParams",
    "WriteArchiveParams",
]
