/**
 * Every problem that Sandgate answers with: its stable `code`, HTTP status, title, and whether the same request may be
 * sent again unchanged. The table is the source of the documentation and of the answers alike.
 */
export const problemCodes = {
  invalid_request: { status: 400, title: 'The request is not valid', retryable: false },
  malformed_json: { status: 400, title: 'The body is not JSON', retryable: false },
  unauthorized: { status: 401, title: 'A valid bearer key is required', retryable: false },
  forbidden: { status: 403, title: 'The credential does not allow this', retryable: false },
  not_found: { status: 404, title: 'There is no such resource', retryable: false },
  session_not_found: { status: 404, title: 'There is no such session', retryable: false },
  turn_not_found: { status: 404, title: 'There is no such turn in this session', retryable: false },
  request_not_found: { status: 404, title: 'There is no such request in this session', retryable: false },
  snapshot_not_found: { status: 404, title: 'There is no such snapshot in this session', retryable: false },
  file_not_found: { status: 404, title: 'There is no such file', retryable: false },
  method_not_allowed: { status: 405, title: 'The method is not allowed here', retryable: false },
  session_conflict: { status: 409, title: 'The id belongs to a session created with another body', retryable: false },
  session_deleted: { status: 409, title: 'The id belongs to a deleted session', retryable: false },
  session_busy: { status: 409, title: 'Another turn is running', retryable: false },
  request_already_resolved: { status: 409, title: 'The request was already answered otherwise', retryable: false },
  cursor_beyond_head: { status: 409, title: 'The cursor is beyond the end of the log', retryable: false },
  file_conflict: { status: 409, title: 'The path holds something else', retryable: false },
  snapshot_limit_reached: { status: 409, title: 'The session has as many snapshots as it may', retryable: false },
  fork_limit_reached: { status: 409, title: 'The session has as many forks as it may', retryable: false },
  cursor_expired: { status: 410, title: 'The cursor is older than the kept log', retryable: false },
  boot_mismatch: { status: 412, title: 'The sandbox was restarted since', retryable: false },
  precondition_failed: { status: 412, title: 'The file is not as the request says', retryable: false },
  payload_too_large: { status: 413, title: 'The body is too large', retryable: false },
  unsupported_media_type: { status: 415, title: 'The content type is not supported here', retryable: false },
  range_not_satisfiable: { status: 416, title: 'The file has no such range', retryable: false },
  misdirected_request: { status: 421, title: 'This host is not served here', retryable: false },
  agent_unavailable: { status: 422, title: 'The agent is not available here', retryable: false },
  idempotency_key_reused: { status: 422, title: 'The idempotency key was used with another body', retryable: false },
  queue_full: { status: 429, title: 'Too many turns are waiting in this session', retryable: true },
  internal_error: { status: 500, title: 'Sandgate failed', retryable: false },
  disk_not_saved: { status: 502, title: 'The disk could not be saved', retryable: true },
  sandbox_error: { status: 502, title: 'The sandbox gave no usable answer', retryable: true },
  sandbox_unavailable: { status: 503, title: 'The sandbox is not ready', retryable: true },
  restarting: { status: 503, title: 'Sandgate is being restarted', retryable: true },
  disk_too_large: { status: 507, title: 'The disk holds more than a session may keep', retryable: false },
  disk_full: { status: 507, title: 'The disk of the sandbox is full', retryable: false },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ProblemCode = keyof typeof problemCodes;
