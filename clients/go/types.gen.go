// Code generated from api-spec/openapi.json by "npm run generate". DO NOT EDIT.

package sandgate

import (
	"time"
)

// Defines values for AccessScope.
const (
	AccessScopeAccountRead   AccessScope = "account:read"
	AccessScopeAuditRead     AccessScope = "audit:read"
	AccessScopeFilesRead     AccessScope = "files:read"
	AccessScopeFilesWrite    AccessScope = "files:write"
	AccessScopeKeysAdmin     AccessScope = "keys:admin"
	AccessScopeRequestsWrite AccessScope = "requests:write"
	AccessScopeSessionsRead  AccessScope = "sessions:read"
	AccessScopeSessionsWrite AccessScope = "sessions:write"
	AccessScopeTokensWrite   AccessScope = "tokens:write"
	AccessScopeTurnsWrite    AccessScope = "turns:write"
	AccessScopeWebhooksAdmin AccessScope = "webhooks:admin"
)

// Defines values for Agent.
const (
	AgentACP      Agent = "acp"
	AgentClaude   Agent = "claude"
	AgentScripted Agent = "scripted"
	AgentShell    Agent = "shell"
)

// Defines values for AuditAction.
const (
	AuditActionCreateKey           AuditAction = "createKey"
	AuditActionCreateSession       AuditAction = "createSession"
	AuditActionCreateSessionToken  AuditAction = "createSessionToken"
	AuditActionCreateWebhook       AuditAction = "createWebhook"
	AuditActionDeleteSession       AuditAction = "deleteSession"
	AuditActionDeleteWebhook       AuditAction = "deleteWebhook"
	AuditActionExpireSession       AuditAction = "expireSession"
	AuditActionFork                AuditAction = "fork"
	AuditActionRevokeKey           AuditAction = "revokeKey"
	AuditActionRevokeSessionTokens AuditAction = "revokeSessionTokens"
	AuditActionRotateKey           AuditAction = "rotateKey"
	AuditActionRotateWebhookSecret AuditAction = "rotateWebhookSecret"
	AuditActionUpdateSession       AuditAction = "updateSession"
	AuditActionUpdateWebhook       AuditAction = "updateWebhook"
)

// Defines values for AuditActorType.
const (
	AuditActorTypeGateway      AuditActorType = "gateway"
	AuditActorTypeIdentity     AuditActorType = "identity"
	AuditActorTypeKey          AuditActorType = "key"
	AuditActorTypeSessionToken AuditActorType = "sessionToken"
)

// Defines values for AuditEntryOutcome.
const (
	AuditEntryOutcomeRefused   AuditEntryOutcome = "refused"
	AuditEntryOutcomeSucceeded AuditEntryOutcome = "succeeded"
)

// Defines values for AuditTargetType.
const (
	AuditTargetTypeKey     AuditTargetType = "key"
	AuditTargetTypeSession AuditTargetType = "session"
	AuditTargetTypeWebhook AuditTargetType = "webhook"
)

// Defines values for ChatRequestOnBusy.
const (
	ChatRequestOnBusyInterrupt ChatRequestOnBusy = "interrupt"
	ChatRequestOnBusyQueue     ChatRequestOnBusy = "queue"
	ChatRequestOnBusyReject    ChatRequestOnBusy = "reject"
)

// Defines values for ContentBlockType.
const (
	ContentBlockTypeReasoning ContentBlockType = "reasoning"
	ContentBlockTypeText      ContentBlockType = "text"
)

// Defines values for Decision.
const (
	DecisionAllow Decision = "allow"
	DecisionDeny  Decision = "deny"
)

// Defines values for DisabledReason.
const (
	DisabledReasonAsked   DisabledReason = "asked"
	DisabledReasonFailing DisabledReason = "failing"
	DisabledReasonGone    DisabledReason = "gone"
)

// Defines values for FileEntryType.
const (
	FileEntryTypeDirectory FileEntryType = "directory"
	FileEntryTypeFile      FileEntryType = "file"
	FileEntryTypeOther     FileEntryType = "other"
	FileEntryTypeSymlink   FileEntryType = "symlink"
)

// Defines values for HealthIsolation.
const (
	HealthIsolationCloudflare   HealthIsolation = "cloudflare"
	HealthIsolationDocker       HealthIsolation = "docker"
	HealthIsolationNone         HealthIsolation = "none"
	HealthIsolationRoot         HealthIsolation = "root"
	HealthIsolationUnprivileged HealthIsolation = "unprivileged"
)

// Defines values for ListRequestsStatus.
const (
	ListRequestsStatusAll      ListRequestsStatus = "all"
	ListRequestsStatusOpen     ListRequestsStatus = "open"
	ListRequestsStatusResolved ListRequestsStatus = "resolved"
)

// Defines values for LogLineSource.
const (
	LogLineSourceContainer LogLineSource = "container"
	LogLineSourceGateway   LogLineSource = "gateway"
)

// Defines values for MCPServerType.
const (
	MCPServerTypeHTTP MCPServerType = "http"
	MCPServerTypeSse  MCPServerType = "sse"
)

// Defines values for OutputStream.
const (
	OutputStreamStderr OutputStream = "stderr"
	OutputStreamStdout OutputStream = "stdout"
)

// Defines values for PermissionMode.
const (
	PermissionModeAcceptEdits PermissionMode = "acceptEdits"
	PermissionModeAsk         PermissionMode = "ask"
	PermissionModeBypass      PermissionMode = "bypass"
)

// Defines values for ProblemReason.
const (
	ProblemReasonExpired        ProblemReason = "expired"
	ProblemReasonMalformed      ProblemReason = "malformed"
	ProblemReasonMissing        ProblemReason = "missing"
	ProblemReasonNotYetValid    ProblemReason = "not_yet_valid"
	ProblemReasonRevoked        ProblemReason = "revoked"
	ProblemReasonUnknown        ProblemReason = "unknown"
	ProblemReasonUnknownSigner  ProblemReason = "unknown_signer"
	ProblemReasonWrongAlgorithm ProblemReason = "wrong_algorithm"
	ProblemReasonWrongAudience  ProblemReason = "wrong_audience"
	ProblemReasonWrongClaims    ProblemReason = "wrong_claims"
	ProblemReasonWrongIssuer    ProblemReason = "wrong_issuer"
	ProblemReasonWrongSignature ProblemReason = "wrong_signature"
)

// Defines values for ReadArchiveFormat.
const (
	ReadArchiveFormatTar   ReadArchiveFormat = "tar"
	ReadArchiveFormatTarGz ReadArchiveFormat = "tar.gz"
)

// Defines values for RequestKind.
const (
	RequestKindPermission RequestKind = "permission"
	RequestKindQuestion   RequestKind = "question"
)

// Defines values for RequestStatus.
const (
	RequestStatusOpen     RequestStatus = "open"
	RequestStatusResolved RequestStatus = "resolved"
)

// Defines values for ResolvedBy.
const (
	ResolvedByInterrupt ResolvedBy = "interrupt"
	ResolvedByPolicy    ResolvedBy = "policy"
	ResolvedByRestart   ResolvedBy = "restart"
	ResolvedByTimeout   ResolvedBy = "timeout"
	ResolvedByUser      ResolvedBy = "user"
)

// Defines values for Role.
const (
	RoleAssistant Role = "assistant"
	RoleUser      Role = "user"
)

// Defines values for Scope.
const (
	ScopeOnce    Scope = "once"
	ScopeSession Scope = "session"
)

// Defines values for SessionStatus.
const (
	SessionStatusIdle     SessionStatus = "idle"
	SessionStatusRunning  SessionStatus = "running"
	SessionStatusSleeping SessionStatus = "sleeping"
	SessionStatusWaiting  SessionStatus = "waiting"
)

// Defines values for SessionTokenScope.
const (
	SessionTokenScopeFilesRead     SessionTokenScope = "files:read"
	SessionTokenScopeFilesWrite    SessionTokenScope = "files:write"
	SessionTokenScopeRequestsWrite SessionTokenScope = "requests:write"
	SessionTokenScopeSessionsRead  SessionTokenScope = "sessions:read"
	SessionTokenScopeTurnsWrite    SessionTokenScope = "turns:write"
)

// Defines values for StatusState.
const (
	StatusStateIdle     StatusState = "idle"
	StatusStateQueued   StatusState = "queued"
	StatusStateSleeping StatusState = "sleeping"
	StatusStateStarting StatusState = "starting"
	StatusStateThinking StatusState = "thinking"
	StatusStateWaiting  StatusState = "waiting"
	StatusStateWorking  StatusState = "working"
)

// Defines values for StopReason.
const (
	StopReasonBudget      StopReason = "budget"
	StopReasonDeadline    StopReason = "deadline"
	StopReasonEndTurn     StopReason = "end_turn"
	StopReasonError       StopReason = "error"
	StopReasonInterrupted StopReason = "interrupted"
	StopReasonMaxTurns    StopReason = "max_turns"
	StopReasonRefusal     StopReason = "refusal"
)

// Defines values for TurnStatus.
const (
	TurnStatusComplete TurnStatus = "complete"
	TurnStatusQueued   TurnStatus = "queued"
	TurnStatusRunning  TurnStatus = "running"
	TurnStatusWaiting  TurnStatus = "waiting"
)

// Defines values for WebhookDeliveryStatus.
const (
	WebhookDeliveryStatusCancelled WebhookDeliveryStatus = "cancelled"
	WebhookDeliveryStatusDelivered WebhookDeliveryStatus = "delivered"
	WebhookDeliveryStatusFailed    WebhookDeliveryStatus = "failed"
	WebhookDeliveryStatusPending   WebhookDeliveryStatus = "pending"
)

// Defines values for WebhookEventType.
const (
	WebhookEventTypePermissionRequested WebhookEventType = "permission.requested"
	WebhookEventTypeSessionExpired      WebhookEventType = "session.expired"
	WebhookEventTypeTurnCompleted       WebhookEventType = "turn.completed"
)

// Defines values for WebhookStatus.
const (
	WebhookStatusDisabled WebhookStatus = "disabled"
	WebhookStatusEnabled  WebhookStatus = "enabled"
)

// AccessScope What a credential may do. `sessions:read`: read sessions, their turns, events, messages, requests, logs and snapshots. `sessions:write`: create, change, delete, put to sleep and wake sessions, and take snapshots. `turns:write`: give the agent something to do, and stop it. `requests:write`: answer what the agent asks a person for. `files:read`: read files. `files:write`: write files. `tokens:write`: make and revoke tokens of sessions. `account:read`: read the limits and the use of the account. `audit:read`: read who administered keys and sessions. `keys:admin`: list, make, rotate and revoke keys. `webhooks:admin`: list, make, change, test and delete webhooks, and see and repeat what they were sent.
type AccessScope string

// Account Whose key it is.
type Account struct {
	// CreatedAt When it was made.
	CreatedAt time.Time `json:"createdAt"`

	// ID The account.
	ID string `json:"id"`

	// Limits The most that the account may have.
	Limits AccountLimits `json:"limits"`

	// Usage What the account has now.
	Usage AccountUsage `json:"usage"`
}

// AccountLimits The most that the account may have.
type AccountLimits struct {
	// ConcurrentTurns Sessions with a turn that is not complete.
	ConcurrentTurns int `json:"concurrentTurns"`

	// Keys Keys that are not revoked.
	Keys int `json:"keys"`

	// Requests How many requests a key may make, as `RateLimit-Policy` says it.
	Requests RequestLimit `json:"requests"`

	// Sessions Sessions that are not deleted.
	Sessions int `json:"sessions"`

	// Webhooks Webhooks.
	Webhooks int `json:"webhooks"`
}

// AccountRequest A question to a person, and the session that asks it.
type AccountRequest struct {
	// By Who or what resolved the request.
	By ResolvedBy `json:"by,omitempty,omitzero"`

	// CreatedAt When it was asked.
	CreatedAt time.Time `json:"createdAt"`

	// Decision The answer.
	Decision Decision `json:"decision,omitempty,omitzero"`

	// ExpiresAt When the request is denied by `timeout`.
	ExpiresAt time.Time `json:"expiresAt"`

	// Input The tool's input, as the tool defines it, at most 64 levels deep.
	Input map[string]interface{} `json:"input"`

	// Kind What is asked for.
	Kind RequestKind `json:"kind"`

	// Options The answers that can be given.
	Options []RequestOption `json:"options"`

	// Questions The questions, where the kind is `question`.
	Questions []Question `json:"questions,omitzero"`

	// RequestID The request to a person.
	RequestID string `json:"requestId"`

	// ResolvedAt When it was resolved.
	ResolvedAt time.Time `json:"resolvedAt,omitempty,omitzero"`

	// Scope How far the answer reaches: this call, or every such call of the session.
	Scope Scope `json:"scope,omitempty,omitzero"`

	// SessionID The session's id, yours or ours.
	SessionID string `json:"sessionId"`

	// Status Whether it still waits.
	Status RequestStatus `json:"status"`

	// Title What is asked, in a line.
	Title string `json:"title"`

	// Tool The name of the tool.
	Tool string `json:"tool"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId,omitempty,omitzero"`

	// TurnID The turn that asks.
	TurnID string `json:"turnId"`
}

// AccountRequestPage A page.
type AccountRequestPage struct {
	// Data The items of this page.
	Data []AccountRequest `json:"data"`

	// HasMore Whether there is more now.
	HasMore bool `json:"hasMore"`

	// NextCursor Give it as `after` for the next page; null where there is none.
	NextCursor string `json:"nextCursor"`

	// Unavailable Sessions that could not be asked just now: what waits there is not in this page. Ask for them again, by `sessionId`.
	Unavailable []string `json:"unavailable"`
}

// AccountUsage What the account has now.
type AccountUsage struct {
	// ConcurrentTurns Sessions with a turn that is not complete.
	ConcurrentTurns int `json:"concurrentTurns"`

	// Keys Keys that are not revoked.
	Keys int `json:"keys"`

	// Sessions Sessions that are not deleted.
	Sessions int `json:"sessions"`

	// Webhooks Webhooks.
	Webhooks int `json:"webhooks"`
}

// Agent Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
type Agent string

// AgentOptions How the agent works. Each agent takes options of its own.
type AgentOptions struct {
	// AllowedTools Calls that nobody is asked for, as `Tool` or `Tool(pattern)`. For `claude`.
	AllowedTools []string `json:"allowedTools,omitzero"`

	// Args Its arguments; variables come from the session's `env`. For `acp`.
	Args []string `json:"args,omitzero"`

	// Command The program that speaks the Agent Client Protocol. For `acp`, which needs it.
	Command string `json:"command,omitempty,omitzero"`

	// CommandTimeoutSeconds How long one command may run; 600 unless told. For `shell`.
	CommandTimeoutSeconds int `json:"commandTimeoutSeconds,omitempty,omitzero"`

	// DeniedTools Calls that are refused, whatever else allows them. For `claude`.
	DeniedTools []string `json:"deniedTools,omitzero"`

	// MaxTurns How often the model may answer in one turn; then it ends as `max_turns`. For `claude`.
	MaxTurns int `json:"maxTurns,omitempty,omitzero"`

	// MCPServers Servers that offer further tools; they find the session's `env`. For `claude` and `acp`.
	MCPServers map[string]MCPServer `json:"mcpServers,omitzero"`

	// Model The model; the agent's own choice unless told. For `claude`.
	Model string `json:"model,omitempty,omitzero"`

	// SystemPrompt Said to the model beside the agent's own instructions. For `claude`.
	SystemPrompt string `json:"systemPrompt,omitempty,omitzero"`
}

// ArchiveResult What was unpacked.
type ArchiveResult struct {
	// Bytes How many bytes its files hold.
	Bytes int `json:"bytes"`

	// Entries How many files, links and directories it held.
	Entries int `json:"entries"`
}

// AuditAction What was done: the operation, or `expireSession` where a session came to its end by itself. A webhook that the gateway disabled is `updateWebhook`.
type AuditAction string

// AuditActor Who did it.
type AuditActor struct {
	// ID The key, the id that stands for the identity, or the session of the token.
	ID string `json:"id,omitempty,omitzero"`

	// Subject The `sub` of the identity.
	Subject string `json:"subject,omitempty,omitzero"`

	// Type A key, an identity of the issuer that the server trusts, whoever has a token of a session, or the gateway by itself.
	Type AuditActorType `json:"type"`
}

// AuditActorType A key, an identity of the issuer that the server trusts, whoever has a token of a session, or the gateway by itself.
type AuditActorType string

// AuditEntry One act of administration.
type AuditEntry struct {
	// Action What was done: the operation, or `expireSession` where a session came to its end by itself. A webhook that the gateway disabled is `updateWebhook`.
	Action AuditAction `json:"action"`

	// Actor Who did it.
	Actor AuditActor `json:"actor"`

	// At When.
	At time.Time `json:"at"`

	// Code Why it was refused.
	Code string `json:"code,omitempty,omitzero"`

	// Fields What was set, by its names: never the values.
	Fields []string `json:"fields,omitzero"`

	// ID The entry.
	ID string `json:"id"`

	// Outcome Whether it was done, or refused to somebody who may not.
	Outcome AuditEntryOutcome `json:"outcome"`

	// RequestID In which request.
	RequestID string `json:"requestId,omitempty,omitzero"`

	// Target What it was done to.
	Target AuditTarget `json:"target"`
}

// AuditEntryOutcome Whether it was done, or refused to somebody who may not.
type AuditEntryOutcome string

// AuditTarget What it was done to.
type AuditTarget struct {
	// ID Which; absent where it was refused before there was one.
	ID string `json:"id,omitempty,omitzero"`

	// Type Which kind of thing.
	Type AuditTargetType `json:"type"`
}

// AuditTargetType Which kind of thing.
type AuditTargetType string

// Budget The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.
type Budget struct {
	// CostUSD The most that is spent, in US dollars. Needs a server with prices.
	CostUSD float64 `json:"costUsd,omitempty,omitzero"`

	// InputTokens The most tokens that the model reads.
	InputTokens int `json:"inputTokens,omitempty,omitzero"`

	// OutputTokens The most tokens that the model writes.
	OutputTokens int `json:"outputTokens,omitempty,omitzero"`

	// TotalTokens The most tokens in all.
	TotalTokens int `json:"totalTokens,omitempty,omitzero"`
}

// ChatRequest What the agent shall do.
type ChatRequest struct {
	// DeadlineSeconds How long the turn may work, in seconds; not counted while it is queued or waits for a person.
	DeadlineSeconds int `json:"deadlineSeconds,omitempty,omitzero"`

	// Messages New input only, never history.
	Messages []UserMessage `json:"messages"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata,omitzero"`

	// OnBusy What to do while another turn runs; `queue` unless told.
	OnBusy ChatRequestOnBusy `json:"onBusy,omitempty,omitzero"`
}

// ChatRequestOnBusy What to do while another turn runs; `queue` unless told.
type ChatRequestOnBusy string

// CompleteEvent The last event of every turn, exactly once.
type CompleteEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// StopReason Why a turn ended.
	StopReason StopReason `json:"stopReason"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`

	// Usage What a turn used.
	Usage *Usage `json:"usage,omitempty"`
}

// ContainerLogs The newest part of what there is to say of a container.
type ContainerLogs struct {
	// Data The lines, the newest last.
	Data []LogLine `json:"data"`

	// Truncated Whether older lines were left out.
	Truncated bool `json:"truncated"`
}

// ContentBlock A piece of a message.
type ContentBlock struct {
	// Text The text.
	Text string           `json:"text"`
	Type ContentBlockType `json:"type"`
}

// ContentBlockType defines model for ContentBlockType.
type ContentBlockType string

// CreateKey A new key. It may do no more than the key that makes it.
type CreateKey struct {
	// ExpiresAt When it ends by itself; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// Name A name of your own.
	Name string `json:"name"`

	// Scopes What it may do.
	Scopes []AccessScope `json:"scopes"`
}

// CreateSession A new session. All is optional.
type CreateSession struct {
	// Agent Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
	Agent Agent `json:"agent,omitempty,omitzero"`

	// AgentOptions How the agent works. Each agent takes options of its own.
	AgentOptions *AgentOptions `json:"agentOptions,omitempty"`

	// Budget The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.
	Budget *Budget `json:"budget,omitempty"`

	// Egress What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn.
	Egress *Egress `json:"egress,omitempty"`

	// Env Variables for the agent's tools, 64 KiB in all. Write-only: no answer shows them.
	Env map[string]string `json:"env,omitzero"`

	// ExpiresAt When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// ID The session's id, yours or ours.
	ID string `json:"id,omitempty,omitzero"`

	// IdleTimeoutSeconds How long an idle sandbox stays awake, in seconds.
	IdleTimeoutSeconds int `json:"idleTimeoutSeconds,omitempty,omitzero"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata,omitzero"`

	// PermissionMode What a person is asked for; `ask` unless told.
	PermissionMode PermissionMode `json:"permissionMode,omitempty,omitzero"`
}

// CreateSessionToken A token for one session. It may do no more than the key that makes it.
type CreateSessionToken struct {
	// AllowedOrigins The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one.
	AllowedOrigins []string `json:"allowedOrigins,omitzero"`

	// ExpiresInSeconds How long it is valid, in seconds, up to an hour; 15 minutes unless told.
	ExpiresInSeconds int `json:"expiresInSeconds,omitempty,omitzero"`

	// Scopes What it may do in the session.
	Scopes []SessionTokenScope `json:"scopes"`
}

// CreateSnapshot What to call it.
type CreateSnapshot struct {
	// Name A name of your own; it need not be the only one.
	Name string `json:"name,omitempty,omitzero"`
}

// CreateWebhook A new webhook: it is told of what happens from now on.
type CreateWebhook struct {
	// Description A description of your own.
	Description string `json:"description,omitempty,omitzero"`

	// Events What it is told of.
	Events []WebhookEventType `json:"events"`

	// URL Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
	URL string `json:"url"`
}

// Decision The answer.
type Decision string

// DeliveryAttempt One request to the endpoint.
type DeliveryAttempt struct {
	// At When it was made.
	At time.Time `json:"at"`

	// Error Why there was no answer.
	Error string `json:"error,omitempty,omitzero"`

	// StatusCode What the endpoint answered.
	StatusCode *int `json:"statusCode,omitempty"`
}

// DisabledReason Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived.
type DisabledReason string

// Egress What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn.
type Egress struct {
	// Allow The hosts, 64 at most. Of several that fit the longest counts.
	Allow []EgressRule `json:"allow"`
}

// EgressDeniedEvent The sandbox may not reach a host.
type EgressDeniedEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// Host The host that was asked for.
	Host string `json:"host"`

	// Reason Why not.
	Reason string `json:"reason"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// EgressRule A host that the sandbox may reach.
type EgressRule struct {
	// Headers Headers that are added to each request to the host, outside of the sandbox: keys above all. Write-only: no answer shows them, and they are encrypted where they are kept. Whoever answers at the host sees them, and could send them back.
	Headers map[string]string `json:"headers,omitzero"`

	// Host A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports.
	Host string `json:"host"`
}

// EgressRuleShown A host that the sandbox may reach.
type EgressRuleShown struct {
	// HeaderNames The headers that are added; not their values.
	HeaderNames []string `json:"headerNames"`

	// Host A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports.
	Host string `json:"host"`
}

// EgressShown What the sandbox may reach, without what is secret in it.
type EgressShown struct {
	// Allow The hosts.
	Allow []EgressRuleShown `json:"allow"`
}

// ErrorEvent Something failed.
type ErrorEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// Code The stable code.
	Code string `json:"code"`

	// Message What happened.
	Message string `json:"message"`

	// Retryable Whether a new turn may do better.
	Retryable bool `json:"retryable"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// FieldError One thing wrong with a request.
type FieldError struct {
	// Message What is wrong there.
	Message string `json:"message"`

	// Path Where in the request, as a dotted path.
	Path string `json:"path"`
}

// FileEntry A file or directory of the workspace.
type FileEntry struct {
	// ETag Of a file: what `If-Match` takes. It changes with every write, and may change without one; it says nothing of the bytes.
	ETag string `json:"etag,omitempty,omitzero"`

	// Mode The permission bits.
	Mode int `json:"mode"`

	// ModifiedAt When it was last written.
	ModifiedAt time.Time `json:"modifiedAt"`

	// Path The path in the workspace.
	Path string `json:"path"`

	// Size The size in bytes.
	Size int `json:"size"`

	// Type What it is.
	Type FileEntryType `json:"type"`
}

// FileEntryType What it is.
type FileEntryType string

// ForkSession Where to fork: at a snapshot, or now. What else is not given is as in the session that is forked.
type ForkSession struct {
	// Budget The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.
	Budget *Budget `json:"budget,omitempty"`

	// Egress What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn.
	Egress *Egress `json:"egress,omitempty"`

	// ExpiresAt When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// ID The session's id, yours or ours.
	ID string `json:"id,omitempty,omitzero"`

	// IdleTimeoutSeconds How long an idle sandbox stays awake, in seconds.
	IdleTimeoutSeconds int `json:"idleTimeoutSeconds,omitempty,omitzero"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata,omitzero"`

	// PermissionMode What a person is asked for; `ask` unless told.
	PermissionMode PermissionMode `json:"permissionMode,omitempty,omitzero"`

	// Seq Fork at the snapshot that was taken at this event: a snapshot says its `seq`.
	Seq *int `json:"seq,omitempty"`

	// SnapshotID The snapshot.
	SnapshotID string `json:"snapshotId,omitempty,omitzero"`
}

// ForkedFrom What a session was forked from. That may be deleted by now.
type ForkedFrom struct {
	// Seq The newest event that both logs have.
	Seq int `json:"seq"`

	// SessionID The session's id, yours or ours.
	SessionID string `json:"sessionId"`

	// SnapshotID The snapshot.
	SnapshotID string `json:"snapshotId,omitempty,omitzero"`
}

// Health The gateway is up.
type Health struct {
	// Isolation What holds a sandbox: `cloudflare` in production; locally `root`, `unprivileged`, `docker` or `none`.
	Isolation HealthIsolation `json:"isolation"`

	// Status Always `ok`: otherwise there is no answer.
	Status string `json:"status"`

	// Version The version of Sandgate.
	Version string `json:"version"`
}

// HealthIsolation What holds a sandbox: `cloudflare` in production; locally `root`, `unprivileged`, `docker` or `none`.
type HealthIsolation string

// HistoryMessage A message and where it stands in the log.
type HistoryMessage struct {
	// At When it was said.
	At time.Time `json:"at"`

	// Content What was said.
	Content []ContentBlock `json:"content"`

	// ID The id of the message.
	ID string `json:"id"`

	// Role Who said it.
	Role Role `json:"role"`

	// Seq The number of its event.
	Seq int `json:"seq"`

	// TurnID The turn.
	TurnID string `json:"turnId"`
}

// InterruptRequest The turn to stop: the first one unless told, which is active or about to be.
type InterruptRequest struct {
	// TurnID The turn.
	TurnID string `json:"turnId,omitempty,omitzero"`
}

// InterruptResult What was stopped.
type InterruptResult struct {
	// Interrupted Whether there was something to stop.
	Interrupted bool `json:"interrupted"`

	// TurnID The turn.
	TurnID string `json:"turnId,omitempty,omitzero"`
}

// Key A key, without the secret.
type Key struct {
	// CreatedAt When it was made.
	CreatedAt time.Time `json:"createdAt"`

	// ExpiresAt When it ends by itself; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// ID The key.
	ID string `json:"id"`

	// LastUsedAt When it was last used, to the minute.
	LastUsedAt time.Time `json:"lastUsedAt,omitempty,omitzero"`

	// Name A name of your own.
	Name string `json:"name"`

	// Scopes What it may do.
	Scopes []AccessScope `json:"scopes"`
}

// ListRequestsStatus Which requests; `open` unless told.
type ListRequestsStatus string

// LogLine A line of the logs of a session's container.
type LogLine struct {
	// At When it was said.
	At time.Time `json:"at"`

	// Source The gateway says what becomes of the container. What the container prints may be anything: do not trust it.
	Source LogLineSource `json:"source"`

	// Stream Where the container printed it.
	Stream OutputStream `json:"stream,omitempty,omitzero"`

	// Text The line, without its break; cut where it is too long.
	Text string `json:"text"`
}

// LogLineSource The gateway says what becomes of the container. What the container prints may be anything: do not trust it.
type LogLineSource string

// MakeDirectory A directory to make; one that is there already stays as it is.
type MakeDirectory struct {
	// Operation Makes a directory, and those above it.
	Operation string `json:"operation"`

	// Path A path in the workspace, relative to it; slashes plain or as `%2F`.
	Path string `json:"path"`
}

// MCPServer A server of the Model Context Protocol: a program in the sandbox, or a URL.
type MCPServer struct {
	// Args Its arguments.
	Args []string `json:"args,omitzero"`

	// Command The program.
	Command string `json:"command,omitempty,omitzero"`

	// Headers Headers of each request. They are shown with the session: put a secret into its `egress` instead, which adds it outside of the sandbox.
	Headers map[string]string `json:"headers,omitzero"`
	Type    MCPServerType     `json:"type,omitempty,omitzero"`

	// URL Where it listens.
	URL string `json:"url,omitempty,omitzero"`
}

// MCPServerType defines model for McpServerType.
type MCPServerType string

// Message A whole message.
type Message struct {
	// Content What was said.
	Content []ContentBlock `json:"content"`

	// ID The id of the message.
	ID string `json:"id"`

	// Role Who said it.
	Role Role `json:"role"`
}

// MessageDeltaEvent A piece of a message; not stored.
type MessageDeltaEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// MessageID The message that this is part of.
	MessageID string `json:"messageId"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Text The next piece of text.
	Text string `json:"text"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// MessageEvent A whole message; the user's own comes first in a turn.
type MessageEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// Message A whole message.
	Message Message `json:"message"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// MessageSnapshotEvent A message so far; replaces its deltas.
type MessageSnapshotEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// MessageID The message that this is part of.
	MessageID string `json:"messageId"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Text All of the text so far.
	Text string `json:"text"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// ModelUsage What a session used of the model that the gateway answers for, as the gateway counted it on the way. A call that was cut is counted by what had come.
type ModelUsage struct {
	// CacheReadTokens Of the tokens read: those that came from the cache.
	CacheReadTokens int `json:"cacheReadTokens"`

	// CacheWriteTokens Of the tokens read: those that were put into the cache.
	CacheWriteTokens int `json:"cacheWriteTokens"`

	// CostUSD The price in US dollars, where the server has a price for the models that were called.
	CostUSD *float64 `json:"costUsd,omitempty"`

	// InputTokens Tokens read by the model, those of its cache included.
	InputTokens int `json:"inputTokens"`

	// OutputTokens Tokens written by the model.
	OutputTokens int `json:"outputTokens"`
}

// MoveFile Where something goes; the directories of `to` are made.
type MoveFile struct {
	// From A path in the workspace, relative to it; slashes plain or as `%2F`.
	From string `json:"from"`

	// Operation Renames a file, a link or a directory.
	Operation string `json:"operation"`

	// Overwrite Whether a file, a link or an empty directory at `to` is replaced; a conflict unless told.
	Overwrite bool `json:"overwrite,omitempty,omitzero"`

	// To A path in the workspace, relative to it; slashes plain or as `%2F`.
	To string `json:"to"`
}

// NewKey A key with its secret.
type NewKey struct {
	// CreatedAt When it was made.
	CreatedAt time.Time `json:"createdAt"`

	// ExpiresAt When it ends by itself; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// ID The key.
	ID string `json:"id"`

	// Key The key itself, as a bearer. Shown this once: only its digest is kept.
	Key string `json:"key"`

	// LastUsedAt When it was last used, to the minute.
	LastUsedAt time.Time `json:"lastUsedAt,omitempty,omitzero"`

	// Name A name of your own.
	Name string `json:"name"`

	// Scopes What it may do.
	Scopes []AccessScope `json:"scopes"`
}

// NewWebhook A webhook with its secret.
type NewWebhook struct {
	// CreatedAt When it was made.
	CreatedAt time.Time `json:"createdAt"`

	// Description A description of your own.
	Description string `json:"description,omitempty,omitzero"`

	// DisabledReason Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived.
	DisabledReason DisabledReason `json:"disabledReason,omitempty,omitzero"`

	// Events What it is told of.
	Events []WebhookEventType `json:"events"`

	// ID The webhook.
	ID string `json:"id"`

	// Secret What its requests are signed with, by Standard Webhooks. Shown this once.
	Secret string `json:"secret"`

	// Status What is disabled is sent nothing, and misses what happens meanwhile.
	Status WebhookStatus `json:"status"`

	// URL Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
	URL string `json:"url"`
}

// OutputStream Where the container printed it.
type OutputStream string

// PermissionMode What a person is asked for; `ask` unless told.
type PermissionMode string

// PermissionRequestedEvent A person is asked.
type PermissionRequestedEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// ExpiresAt When the request is denied by `timeout`.
	ExpiresAt time.Time `json:"expiresAt"`

	// Input The tool's input, as the tool defines it, at most 64 levels deep.
	Input map[string]interface{} `json:"input"`

	// Kind What is asked for.
	Kind RequestKind `json:"kind"`

	// Options The answers that can be given.
	Options []RequestOption `json:"options"`

	// Questions The questions, where the kind is `question`.
	Questions []Question `json:"questions,omitzero"`

	// RequestID The request to a person.
	RequestID string `json:"requestId"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Title What is asked, in a line.
	Title string `json:"title"`

	// Tool The name of the tool.
	Tool string `json:"tool"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId,omitempty,omitzero"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// PermissionResolvedEvent A request is resolved.
type PermissionResolvedEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// By Who or what resolved the request.
	By ResolvedBy `json:"by"`

	// Decision The answer.
	Decision Decision `json:"decision"`

	// RequestID The request to a person.
	RequestID string `json:"requestId"`

	// Scope How far the answer reaches: this call, or every such call of the session.
	Scope Scope `json:"scope,omitempty,omitzero"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// Problem Problem details (RFC 9457).
type Problem struct {
	// Code The stable code to program against.
	Code string `json:"code"`

	// Detail What happened this time, and what to do about it.
	Detail string `json:"detail"`

	// Errors Each thing wrong with the request.
	Errors []FieldError `json:"errors,omitzero"`

	// Link Where to look next: for `cursor_expired` the session, whose `firstSeq` says where its log begins; for `key_shown_already` the key, for `webhook_secret_shown_already` the webhook.
	Link string `json:"link,omitempty,omitzero"`

	// Reason With `unauthorized`, why. `missing`: no credential was sent, or not as `Bearer`. `malformed`: it is none, or was mistyped. `unknown`: nobody was given it. `revoked`: it was revoked. `expired`: its time is over. `not_yet_valid`: its time has not come. `wrong_algorithm`: it is signed in a way that is not accepted. `unknown_signer`: it names no key of the issuer. `wrong_signature`: it was not signed with the key that it names. `wrong_issuer`: it is of another issuer. `wrong_audience`: it is for another audience. `wrong_claims`: a claim that it needs is missing or of no use.
	Reason ProblemReason `json:"reason,omitempty,omitzero"`

	// RequestID The same as `X-Request-Id`.
	RequestID string `json:"requestId"`

	// Retryable Whether the same request may be sent again unchanged.
	Retryable bool `json:"retryable"`

	// Status The HTTP status of this answer.
	Status int `json:"status"`

	// Title The kind of problem in words.
	Title string `json:"title"`

	// Type A URI reference to what there is to know of the kind of problem.
	Type string `json:"type"`
}

// ProblemReason With `unauthorized`, why. `missing`: no credential was sent, or not as `Bearer`. `malformed`: it is none, or was mistyped. `unknown`: nobody was given it. `revoked`: it was revoked. `expired`: its time is over. `not_yet_valid`: its time has not come. `wrong_algorithm`: it is signed in a way that is not accepted. `unknown_signer`: it names no key of the issuer. `wrong_signature`: it was not signed with the key that it names. `wrong_issuer`: it is of another issuer. `wrong_audience`: it is for another audience. `wrong_claims`: a claim that it needs is missing or of no use.
type ProblemReason string

// Question A question of the agent.
type Question struct {
	// Choices The answers to choose from.
	Choices []string `json:"choices,omitzero"`

	// ID The key of the answer.
	ID string `json:"id"`

	// Text The question.
	Text string `json:"text"`
}

// ReadArchiveFormat The form of the archive; `tar.gz` unless told.
type ReadArchiveFormat string

// ReasoningBlock What the agent thought before it spoke.
type ReasoningBlock struct {
	// Text The text.
	Text string `json:"text"`

	// Type What the agent thought.
	Type string `json:"type"`
}

// Request A question to a person.
type Request struct {
	// By Who or what resolved the request.
	By ResolvedBy `json:"by,omitempty,omitzero"`

	// CreatedAt When it was asked.
	CreatedAt time.Time `json:"createdAt"`

	// Decision The answer.
	Decision Decision `json:"decision,omitempty,omitzero"`

	// ExpiresAt When the request is denied by `timeout`.
	ExpiresAt time.Time `json:"expiresAt"`

	// Input The tool's input, as the tool defines it, at most 64 levels deep.
	Input map[string]interface{} `json:"input"`

	// Kind What is asked for.
	Kind RequestKind `json:"kind"`

	// Options The answers that can be given.
	Options []RequestOption `json:"options"`

	// Questions The questions, where the kind is `question`.
	Questions []Question `json:"questions,omitzero"`

	// RequestID The request to a person.
	RequestID string `json:"requestId"`

	// ResolvedAt When it was resolved.
	ResolvedAt time.Time `json:"resolvedAt,omitempty,omitzero"`

	// Scope How far the answer reaches: this call, or every such call of the session.
	Scope Scope `json:"scope,omitempty,omitzero"`

	// Status Whether it still waits.
	Status RequestStatus `json:"status"`

	// Title What is asked, in a line.
	Title string `json:"title"`

	// Tool The name of the tool.
	Tool string `json:"tool"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId,omitempty,omitzero"`

	// TurnID The turn that asks.
	TurnID string `json:"turnId"`
}

// RequestKind What is asked for.
type RequestKind string

// RequestLimit How many requests a key may make, as `RateLimit-Policy` says it.
type RequestLimit struct {
	// Quota Requests of one key in a window.
	Quota int `json:"quota"`

	// WindowSeconds The window, in seconds.
	WindowSeconds int `json:"windowSeconds"`
}

// RequestOption An answer that can be given.
type RequestOption struct {
	// ID The answer.
	ID Decision `json:"id"`

	// Scope How far the answer reaches: this call, or every such call of the session.
	Scope Scope `json:"scope"`
}

// RequestStatus Whether it still waits.
type RequestStatus string

// ResolvedBy Who or what resolved the request.
type ResolvedBy string

// ResumeRequest A person's answer to a request.
type ResumeRequest struct {
	// Answers The answers to the questions, by their ids.
	Answers map[string]string `json:"answers,omitzero"`

	// Decision The answer.
	Decision Decision `json:"decision"`

	// Message What the agent is told with the answer: above all why not.
	Message string `json:"message,omitempty,omitzero"`

	// RequestID The request that is answered.
	RequestID string `json:"requestId"`

	// Scope How far the answer reaches: this call, or every such call of the session.
	Scope Scope `json:"scope,omitempty,omitzero"`

	// UpdatedInput Runs the tool with this input instead, at most 64 levels deep.
	UpdatedInput map[string]interface{} `json:"updatedInput,omitzero"`
}

// ResumeResult The stored answer.
type ResumeResult struct {
	// Request A question to a person.
	Request Request `json:"request"`

	// TurnID The turn that goes on.
	TurnID string `json:"turnId"`
}

// Role Who said it.
type Role string

// RotateKey How a key gives way to another.
type RotateKey struct {
	// ExpiresAt When the new key ends by itself. Unless told, it lives for as long as the old one was made for.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// OverlapSeconds How long the old key stays valid, in seconds, up to a week; an hour unless told.
	OverlapSeconds *int `json:"overlapSeconds,omitempty"`
}

// RotateWebhookSecret How a secret gives way to another.
type RotateWebhookSecret struct {
	// OverlapSeconds How long the secret of before signs too, in seconds, up to a week; a day unless told.
	OverlapSeconds *int `json:"overlapSeconds,omitempty"`
}

// SavedDisk The newest save of the disk: what the next container begins with.
type SavedDisk struct {
	// Bytes The bytes in the files, holes left out.
	Bytes int `json:"bytes"`

	// Entries Files, directories and links.
	Entries int `json:"entries"`

	// SavedAt When the save began.
	SavedAt time.Time `json:"savedAt"`

	// Seq The newest event of the log by then.
	Seq int `json:"seq"`
}

// Scope How far the answer reaches: this call, or every such call of the session.
type Scope string

// SessionData A computer with an agent and a log.
type SessionData struct {
	// ActiveTurnID The turn that runs or waits now.
	ActiveTurnID string `json:"activeTurnId,omitempty,omitzero"`

	// Agent Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
	Agent Agent `json:"agent"`

	// AgentOptions How the agent works. Each agent takes options of its own.
	AgentOptions AgentOptions `json:"agentOptions"`

	// Budget The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.
	Budget *Budget `json:"budget,omitempty"`

	// CreatedAt When the session was created.
	CreatedAt time.Time `json:"createdAt"`

	// Disk The newest save of the disk: what the next container begins with.
	Disk *SavedDisk `json:"disk,omitempty"`

	// Egress What the sandbox may reach, without what is secret in it.
	Egress EgressShown `json:"egress"`

	// ExpiresAt When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// FirstSeq The number of the oldest event that is kept. The log holds 64 MiB unless the server is told otherwise; what is older and of a turn that is complete goes.
	FirstSeq int `json:"firstSeq"`

	// ForkedFrom What a session was forked from. That may be deleted by now.
	ForkedFrom *ForkedFrom `json:"forkedFrom,omitempty"`

	// ID The session's id, yours or ours.
	ID string `json:"id"`

	// IdleTimeoutSeconds How long an idle sandbox stays awake, in seconds.
	IdleTimeoutSeconds int `json:"idleTimeoutSeconds"`

	// LastSeq The number of the newest event; 0 before any.
	LastSeq int `json:"lastSeq"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata"`

	// OpenRequests What waits for a person.
	OpenRequests []Request `json:"openRequests"`

	// PermissionMode What a person is asked for; `ask` unless told.
	PermissionMode PermissionMode `json:"permissionMode"`

	// QueuedTurnIds The turns that wait for it, in order.
	QueuedTurnIds []string `json:"queuedTurnIds"`

	// Status `waiting` is for a person; `sleeping` has no sandbox running.
	Status SessionStatus `json:"status"`

	// Usage What a session used of the model that the gateway answers for, as the gateway counted it on the way. A call that was cut is counted by what had come.
	Usage ModelUsage `json:"usage"`
}

// SessionStatus `waiting` is for a person; `sleeping` has no sandbox running.
type SessionStatus string

// SessionSummary A session in a list.
type SessionSummary struct {
	// Agent Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
	Agent Agent `json:"agent"`

	// CreatedAt When the session was created.
	CreatedAt time.Time `json:"createdAt"`

	// ID The session's id, yours or ours.
	ID string `json:"id"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata"`

	// Status `waiting` is for a person; `sleeping` has no sandbox running.
	Status SessionStatus `json:"status"`
}

// SessionToken A token for one session.
type SessionToken struct {
	// AllowedOrigins The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one.
	AllowedOrigins []string `json:"allowedOrigins"`

	// ExpiresAt When it ends.
	ExpiresAt time.Time `json:"expiresAt"`

	// Scopes What it may do in the session.
	Scopes []SessionTokenScope `json:"scopes"`

	// Token The token, as a bearer.
	Token string `json:"token"`
}

// SessionTokenScope defines model for SessionTokenScope.
type SessionTokenScope string

// Snapshot A disk as it was once.
type Snapshot struct {
	// Bytes The bytes in the files, holes left out. What snapshots have in common is stored once.
	Bytes int `json:"bytes"`

	// CreatedAt When it was made.
	CreatedAt time.Time `json:"createdAt"`

	// Entries Files, directories and links.
	Entries int `json:"entries"`

	// ID The snapshot.
	ID string `json:"id"`

	// Name A name of your own; it need not be the only one.
	Name string `json:"name,omitempty,omitzero"`

	// Seq The newest event of the log by then.
	Seq int `json:"seq"`
}

// Status What goes on now.
type Status struct {
	// Detail The same in words.
	Detail string `json:"detail,omitempty,omitzero"`

	// State What goes on: `waiting` is for a person; `idle` and `sleeping` belong to the session.
	State StatusState `json:"state"`
}

// StatusEvent What goes on now.
type StatusEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Status What goes on now.
	Status Status `json:"status"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// StatusState What goes on: `waiting` is for a person; `idle` and `sleeping` belong to the session.
type StatusState string

// StopReason Why a turn ended.
type StopReason string

// TextBlock Text.
type TextBlock struct {
	// Text The text.
	Text string `json:"text"`

	// Type Plain text.
	Type string `json:"type"`
}

// ToolCallEvent A tool is called.
type ToolCallEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// Input The tool's input, as the tool defines it, at most 64 levels deep.
	Input map[string]interface{} `json:"input"`

	// Name The name of the tool.
	Name string `json:"name"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Title The call in a line.
	Title string `json:"title,omitempty,omitzero"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// ToolDeltaEvent A piece of a tool's output; not stored.
type ToolDeltaEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Stream Where the container printed it.
	Stream OutputStream `json:"stream"`

	// Text The next piece of output.
	Text string `json:"text"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// ToolResultEvent A tool has answered.
type ToolResultEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// ExitCode The exit code of the command.
	ExitCode *int `json:"exitCode,omitempty"`

	// File The file in the workspace that holds the whole output, up to 16 MiB of it. The newest 16 such files are kept.
	File string `json:"file,omitempty,omitzero"`

	// IsError Whether the tool failed.
	IsError bool `json:"isError"`

	// Output What the tool answered.
	Output string `json:"output"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId"`

	// Truncated Whether `output` was cut.
	Truncated bool `json:"truncated,omitempty,omitzero"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// ToolSnapshotEvent A tool's output so far; replaces its deltas.
type ToolSnapshotEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// Text The last part of the output so far.
	Text string `json:"text"`

	// ToolCallID The call of a tool.
	ToolCallID string `json:"toolCallId"`

	// Truncated Whether earlier output was left out.
	Truncated bool `json:"truncated"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// Turn One chat request and all that follows until its `complete`.
type Turn struct {
	// CompletedAt When it ended.
	CompletedAt time.Time `json:"completedAt,omitempty,omitzero"`

	// CreatedAt When the turn was admitted.
	CreatedAt time.Time `json:"createdAt"`

	// Error Why a turn failed.
	Error *TurnFailure `json:"error,omitempty"`

	// FirstSeq The number of its first event.
	FirstSeq *int `json:"firstSeq,omitempty"`

	// ID The turn.
	ID string `json:"id"`

	// LastSeq The number of its newest event.
	LastSeq *int `json:"lastSeq,omitempty"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata"`

	// OpenRequests What waits for a person.
	OpenRequests []Request `json:"openRequests"`

	// OutputText The agent's last message or, where it says nothing itself, the output of its last tool.
	OutputText string `json:"outputText,omitempty,omitzero"`

	// SessionID The session's id, yours or ours.
	SessionID string `json:"sessionId"`

	// StartedAt When it began to run.
	StartedAt time.Time `json:"startedAt,omitempty,omitzero"`

	// Status Where the turn is; `waiting` is for a person.
	Status TurnStatus `json:"status"`

	// StopReason Why a turn ended.
	StopReason *StopReason `json:"stopReason,omitempty"`

	// Usage What a turn used.
	Usage *Usage `json:"usage,omitempty"`
}

// TurnFailure Why a turn failed.
type TurnFailure struct {
	// Code The stable code.
	Code string `json:"code"`

	// Message What happened.
	Message string `json:"message"`

	// Retryable Whether a new turn may do better.
	Retryable bool `json:"retryable"`
}

// TurnStatus Where the turn is; `waiting` is for a person.
type TurnStatus string

// UpdateSession What may change in a session. `metadata`, `egress` and `budget` are replaced as a whole: `{}` is a budget without a limit.
type UpdateSession struct {
	// Budget The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.
	Budget *Budget `json:"budget,omitempty"`

	// Egress What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn.
	Egress *Egress `json:"egress,omitempty"`

	// ExpiresAt When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
	ExpiresAt time.Time `json:"expiresAt,omitempty,omitzero"`

	// IdleTimeoutSeconds How long an idle sandbox stays awake, in seconds.
	IdleTimeoutSeconds int `json:"idleTimeoutSeconds,omitempty,omitzero"`

	// Metadata Up to 16 texts of your own.
	Metadata map[string]string `json:"metadata,omitzero"`

	// PermissionMode What a person is asked for; `ask` unless told.
	PermissionMode PermissionMode `json:"permissionMode,omitempty,omitzero"`
}

// UpdateWebhook What may change in a webhook. `events` is replaced as a whole.
type UpdateWebhook struct {
	// Description A description of your own.
	Description *string `json:"description,omitempty"`

	// Events What it is told of.
	Events []WebhookEventType `json:"events,omitzero"`

	// Status What is disabled is sent nothing, and misses what happens meanwhile.
	Status WebhookStatus `json:"status,omitempty,omitzero"`

	// URL Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
	URL *string `json:"url,omitempty"`
}

// Usage What a turn used.
type Usage struct {
	// CostUSD The price in US dollars.
	CostUSD *float64 `json:"costUsd,omitempty"`

	// InputTokens Tokens read by the model.
	InputTokens int `json:"inputTokens"`

	// OutputTokens Tokens written by the model.
	OutputTokens int `json:"outputTokens"`
}

// UsageEvent What was used.
type UsageEvent struct {
	// At When it was recorded.
	At time.Time `json:"at"`

	// CostUSD The price in US dollars.
	CostUSD *float64 `json:"costUsd,omitempty"`

	// InputTokens Tokens read by the model.
	InputTokens int `json:"inputTokens"`

	// OutputTokens Tokens written by the model.
	OutputTokens int `json:"outputTokens"`

	// Seq The event's number in its session's log, from 1 without a gap; also the SSE `id`.
	Seq int `json:"seq"`

	// SessionID The session.
	SessionID string `json:"sessionId"`

	// TurnID The turn; absent where the event belongs to the session.
	TurnID string `json:"turnId,omitempty,omitzero"`

	// Type The kind of event.
	Type string `json:"type"`
}

// UserMessage A new message of the user.
type UserMessage struct {
	// Content The text, or pieces of it.
	Content []TextBlock `json:"content"`

	// Role Always `user`.
	Role string `json:"role"`
}

// Webhook A webhook, without its secret.
type Webhook struct {
	// CreatedAt When it was made.
	CreatedAt time.Time `json:"createdAt"`

	// Description A description of your own.
	Description string `json:"description,omitempty,omitzero"`

	// DisabledReason Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived.
	DisabledReason DisabledReason `json:"disabledReason,omitempty,omitzero"`

	// Events What it is told of.
	Events []WebhookEventType `json:"events"`

	// ID The webhook.
	ID string `json:"id"`

	// Status What is disabled is sent nothing, and misses what happens meanwhile.
	Status WebhookStatus `json:"status"`

	// URL Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
	URL string `json:"url"`
}

// WebhookDelivery An event for a webhook, and what became of it.
type WebhookDelivery struct {
	// Attempts The newest requests, 20 at most, in their order.
	Attempts []DeliveryAttempt `json:"attempts"`

	// CreatedAt When it happened.
	CreatedAt time.Time `json:"createdAt"`

	// ID The event, also as `webhook-id`: the same for each endpoint and however often it comes.
	ID string `json:"id"`

	// NextAttemptAt When it is tried next, where it is pending.
	NextAttemptAt time.Time `json:"nextAttemptAt,omitempty,omitzero"`

	// Status `delivered` was answered by 2xx; `failed` was given up; `cancelled` was not to be sent any more, as the webhook was disabled or the session deleted.
	Status WebhookDeliveryStatus `json:"status"`

	// Type The event's type.
	Type string `json:"type"`
}

// WebhookDeliveryStatus `delivered` was answered by 2xx; `failed` was given up; `cancelled` was not to be sent any more, as the webhook was disabled or the session deleted.
type WebhookDeliveryStatus string

// WebhookEventType What a webhook is told of.
type WebhookEventType string

// WebhookPermissionRequested The agent asks a person. `GET /v1/requests` says what is asked, and `POST …/resume` answers it.
type WebhookPermissionRequested struct {
	// CreatedAt When it happened.
	CreatedAt time.Time `json:"createdAt"`

	// Data What it happened to.
	Data WebhookPermissionRequestedData `json:"data"`

	// ID The event, also as `webhook-id`: the same for each endpoint and however often it comes.
	ID string `json:"id"`

	// Type What happened.
	Type string `json:"type"`
}

// WebhookPermissionRequestedData What it happened to.
type WebhookPermissionRequestedData struct {
	// ExpiresAt When the request is denied by `timeout`.
	ExpiresAt time.Time `json:"expiresAt"`

	// Kind What is asked for.
	Kind RequestKind `json:"kind"`

	// RequestID The request to a person.
	RequestID string `json:"requestId"`

	// SessionID The session's id, yours or ours.
	SessionID string `json:"sessionId"`

	// Tool The name of the tool.
	Tool string `json:"tool"`

	// TurnID The turn.
	TurnID string `json:"turnId"`
}

// WebhookSessionExpired A session came to its `expiresAt`, and is deleted.
type WebhookSessionExpired struct {
	// CreatedAt When it happened.
	CreatedAt time.Time `json:"createdAt"`

	// Data What it happened to.
	Data WebhookSessionExpiredData `json:"data"`

	// ID The event, also as `webhook-id`: the same for each endpoint and however often it comes.
	ID string `json:"id"`

	// Type What happened.
	Type string `json:"type"`
}

// WebhookSessionExpiredData What it happened to.
type WebhookSessionExpiredData struct {
	// SessionID The session's id, yours or ours.
	SessionID string `json:"sessionId"`
}

// WebhookStatus What is disabled is sent nothing, and misses what happens meanwhile.
type WebhookStatus string

// WebhookTest Nothing happened: somebody asked for a test.
type WebhookTest struct {
	// CreatedAt When it happened.
	CreatedAt time.Time `json:"createdAt"`

	// Data What it happened to.
	Data WebhookTestData `json:"data"`

	// ID The event, also as `webhook-id`: the same for each endpoint and however often it comes.
	ID string `json:"id"`

	// Type What happened.
	Type string `json:"type"`
}

// WebhookTestData What it happened to.
type WebhookTestData struct {
	// WebhookID The webhook.
	WebhookID string `json:"webhookId"`
}

// WebhookTurnCompleted A turn is over: once for each turn.
type WebhookTurnCompleted struct {
	// CreatedAt When it happened.
	CreatedAt time.Time `json:"createdAt"`

	// Data What it happened to.
	Data WebhookTurnCompletedData `json:"data"`

	// ID The event, also as `webhook-id`: the same for each endpoint and however often it comes.
	ID string `json:"id"`

	// Type What happened.
	Type string `json:"type"`
}

// WebhookTurnCompletedData What it happened to.
type WebhookTurnCompletedData struct {
	// SessionID The session's id, yours or ours.
	SessionID string `json:"sessionId"`

	// StopReason Why a turn ended.
	StopReason StopReason `json:"stopReason"`

	// TurnID The turn.
	TurnID string `json:"turnId"`
}

// ListAuditParams defines parameters for ListAudit.
type ListAuditParams struct {
	// Action Only entries of this action.
	Action AuditAction `form:"action,omitempty" json:"action,omitempty,omitzero"`

	// TargetID Done to this.
	TargetID string `form:"targetId,omitempty" json:"targetId,omitempty,omitzero"`

	// ActorID Done by this key or identity, or by a token of this session.
	ActorID string `form:"actorId,omitempty" json:"actorId,omitempty,omitzero"`

	// Since Not before this time.
	Since time.Time `form:"since,omitempty" json:"since,omitempty,omitzero"`

	// Until Before this time.
	Until time.Time `form:"until,omitempty" json:"until,omitempty,omitzero"`

	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListKeysParams defines parameters for ListKeys.
type ListKeysParams struct {
	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListAccountRequestsParams defines parameters for ListAccountRequests.
type ListAccountRequestsParams struct {
	// SessionID Only those of this session.
	SessionID string `form:"sessionId,omitempty" json:"sessionId,omitempty,omitzero"`

	// Kind Only these.
	Kind RequestKind `form:"kind,omitempty" json:"kind,omitempty,omitzero"`

	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListSessionsParams defines parameters for ListSessions.
type ListSessionsParams struct {
	// Status Only sessions in this status.
	Status SessionStatus `form:"status,omitempty" json:"status,omitempty,omitzero"`

	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Metadata Only sessions with all of these texts, 16 at most.
	Metadata map[string]string `json:"metadata,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ReadArchiveParams defines parameters for ReadArchive.
type ReadArchiveParams struct {
	// Path The directory; the workspace itself unless told.
	Path string `form:"path,omitempty" json:"path,omitempty,omitzero"`

	// Format The form of the archive; `tar.gz` unless told.
	Format ReadArchiveFormat `form:"format,omitempty" json:"format,omitempty,omitzero"`
}

// WriteArchiveParams defines parameters for WriteArchive.
type WriteArchiveParams struct {
	// Path The directory; the workspace itself unless told.
	Path string `form:"path,omitempty" json:"path,omitempty,omitzero"`
}

// GetEventsParams defines parameters for GetEvents.
type GetEventsParams struct {
	// After The number of the last event that you have.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Types Only these types, with commas between.
	Types string `form:"types,omitempty" json:"types,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListFilesParams defines parameters for ListFiles.
type ListFilesParams struct {
	// Path The directory; the workspace itself unless told.
	Path string `form:"path,omitempty" json:"path,omitempty,omitzero"`

	// Recursive Whether all below the directory is listed too.
	Recursive bool `form:"recursive,omitempty" json:"recursive,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`

	// After The `nextCursor` of the page before.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`
}

// DeleteFileParams defines parameters for DeleteFile.
type DeleteFileParams struct {
	// Recursive Whether a directory goes with all that it holds.
	Recursive bool `form:"recursive,omitempty" json:"recursive,omitempty,omitzero"`
}

// GetLogsParams defines parameters for GetLogs.
type GetLogsParams struct {
	// Limit The most lines, the newest; 200 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListMessagesParams defines parameters for ListMessages.
type ListMessagesParams struct {
	// After The number of the last event that you have.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListRequestsParams defines parameters for ListRequests.
type ListRequestsParams struct {
	// Status Which requests; `open` unless told.
	Status ListRequestsStatus `form:"status,omitempty" json:"status,omitempty,omitzero"`

	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// StatFileParams defines parameters for StatFile.
type StatFileParams struct {
	// Path The directory; the workspace itself unless told.
	Path string `form:"path,omitempty" json:"path,omitempty,omitzero"`
}

// ListTurnsParams defines parameters for ListTurns.
type ListTurnsParams struct {
	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// GetTurnParams defines parameters for GetTurn.
type GetTurnParams struct {
	// Wait How long to wait for it, in seconds.
	Wait *int `form:"wait,omitempty" json:"wait,omitempty"`
}

// GetTurnEventsParams defines parameters for GetTurnEvents.
type GetTurnEventsParams struct {
	// After The number of the last event that you have.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`
}

// ListWebhooksParams defines parameters for ListWebhooks.
type ListWebhooksParams struct {
	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}

// ListWebhookDeliveriesParams defines parameters for ListWebhookDeliveries.
type ListWebhookDeliveriesParams struct {
	// After The `nextCursor` of a page.
	After string `form:"after,omitempty" json:"after,omitempty,omitzero"`

	// Limit The most items in a page; 100 unless told.
	Limit int `form:"limit,omitempty" json:"limit,omitempty,omitzero"`
}
