import type { ProblemCode } from './problem-codes.ts';

/** Of each problem, what leads to it and what helps: for `docs/problems.md` and the page at `/problems`. */
export const problemGuide: Record<ProblemCode, { cause: string; remedy: string }> = {
  invalid_request: {
    cause: 'A parameter, header or body is not as the contract says.',
    remedy: 'Mend what `errors` names.',
  },
  malformed_json: { cause: 'The body cannot be read as JSON.', remedy: 'Send JSON (RFC 8259) in UTF-8.' },
  unauthorized: {
    cause: 'There is no credential, or one that opens nothing (any more); `reason` says which.',
    remedy: 'Send a valid key, token or JWT as `Authorization: Bearer …`.',
  },
  forbidden: {
    cause: 'The permissions of the files in the sandbox do not allow it.',
    remedy: 'Change them there, or choose another path.',
  },
  insufficient_scope: {
    cause: 'The credential is valid, and not for this; `WWW-Authenticate` names the scope that is lacking.',
    remedy: 'Use a key with that scope. A token of a session reaches that session only.',
  },
  origin_not_allowed: {
    cause: 'A page used a session token that was not made for its origin.',
    remedy: "Make the token with the page's origin in `allowedOrigins`.",
  },
  not_found: { cause: 'The path is none of this API.', remedy: 'See `/docs` for the paths.' },
  session_not_found: {
    cause: 'There never was such a session in your account, or it was deleted.',
    remedy: 'Check the id and whose key it is, or create the session.',
  },
  turn_not_found: {
    cause: 'The session never had the turn, or has forgotten it.',
    remedy: 'List the turns of the session.',
  },
  request_not_found: {
    cause: 'Nobody asked under this id in this session, or it is forgotten.',
    remedy: "List the session's requests.",
  },
  snapshot_not_found: {
    cause: 'The snapshot was deleted, or is of another session.',
    remedy: "List the session's snapshots.",
  },
  webhook_not_found: { cause: 'The webhook was deleted, or is of another account.', remedy: 'List the webhooks.' },
  webhook_delivery_not_found: {
    cause: 'The delivery is no longer in the log, or is of another webhook.',
    remedy: "List the webhook's deliveries.",
  },
  webhook_limit_reached: { cause: 'The account has as many webhooks as it may.', remedy: 'Delete one.' },
  webhook_secret_limit_reached: {
    cause: 'The webhook was rotated so often that all of its secrets are still valid.',
    remedy: 'Wait until the oldest ends.',
  },
  webhook_secret_shown_already: {
    cause: 'The answer that showed the secret was sent; nothing shows it again.',
    remedy: 'Rotate the secret, with another idempotency key.',
  },
  key_not_found: { cause: 'The key was revoked, or is of another account.', remedy: 'List the keys.' },
  file_not_found: { cause: 'Nothing is at this path.', remedy: 'List the directory.' },
  method_not_allowed: {
    cause: 'The path exists, and does not take this method.',
    remedy: 'Use one that `Allow` names.',
  },
  session_conflict: {
    cause: 'A session of this id was created before, with another body.',
    remedy: 'Use that session, or choose another id.',
  },
  session_deleted: {
    cause: 'The id belonged to a session that was deleted; it stays taken.',
    remedy: 'Choose another id.',
  },
  session_busy: {
    cause: 'A turn is not complete, and what was asked for cannot be done beside it.',
    remedy: 'Wait for the turn or interrupt it; for a chat, choose `onBusy: queue`.',
  },
  turn_parked: {
    cause: 'Between gateway and sandbox only: the turn waits without a process.',
    remedy: 'None is needed: the gateway sees to it.',
  },
  request_already_resolved: {
    cause: 'Another answer, the deadline or the end of the turn came first.',
    remedy: 'Read the request: it says what was decided, and by whom.',
  },
  cursor_beyond_head: {
    cause: 'The cursor is of another session, or of a log that was lost.',
    remedy: "Begin again without a cursor, or with the session's `lastSeq`.",
  },
  file_conflict: {
    cause: 'The path holds a file where a directory is needed, or the other way round, or is not empty.',
    remedy: 'Move or delete what is there, or choose another path.',
  },
  snapshot_limit_reached: { cause: 'The session has as many snapshots as it may.', remedy: 'Delete one.' },
  disk_rewound: {
    cause: 'The container died before its disk was saved; the disk is that of the last save.',
    remedy: 'Look at the disk, then ask again.',
  },
  fork_limit_reached: { cause: 'The session has as many forks as it may.', remedy: 'Delete one.' },
  key_limit_reached: { cause: 'The account has as many keys as it may.', remedy: 'Revoke one.' },
  key_shown_already: {
    cause: 'The answer that showed the key was sent; nothing shows it again.',
    remedy: 'Revoke the key that `link` names, and make another with another idempotency key.',
  },
  session_limit_reached: { cause: 'The account has as many sessions as it may.', remedy: 'Delete one.' },
  cursor_expired: {
    cause: 'The log keeps the newest events only, and the cursor is older.',
    remedy: 'Read the session that `link` names, and begin with its `firstSeq`.',
  },
  boot_mismatch: {
    cause: 'Between gateway and sandbox only: the sandbox was started anew since.',
    remedy: 'None is needed: the gateway sees to it.',
  },
  precondition_failed: {
    cause: 'The file was changed, made or removed since it was read (`If-Match`, `If-None-Match`).',
    remedy: 'Read it again, and repeat with its new `ETag`.',
  },
  payload_too_large: {
    cause: 'The body is larger than this operation takes.',
    remedy: 'Send less; large contents go into files.',
  },
  unsupported_media_type: {
    cause: 'The body is not said to be JSON.',
    remedy: 'Send it as `Content-Type: application/json`.',
  },
  range_not_satisfiable: {
    cause: '`Range` begins behind the end of the file.',
    remedy: '`Content-Range` says how long it is.',
  },
  misdirected_request: {
    cause: 'The request came under a host name that is not served here, as with DNS rebinding.',
    remedy: 'Use the name that the server prints or documents.',
  },
  agent_unavailable: {
    cause: 'This deployment, or the image of the sandbox, lacks what the agent needs.',
    remedy: 'Choose another agent, or set up what `detail` names.',
  },
  idempotency_key_reused: {
    cause: 'The idempotency key came before with another body.',
    remedy: 'Use a new key for a new request.',
  },
  rate_limited: {
    cause: 'The credential sent more requests than `RateLimit-Policy` allows.',
    remedy: 'Wait as long as `Retry-After` says.',
  },
  turn_limit_reached: {
    cause: 'As many sessions of the account as allowed have a turn that is not complete.',
    remedy: 'Wait for one, or interrupt one.',
  },
  queue_full: {
    cause: 'As many turns as allowed wait in the session, or they fill its log.',
    remedy: 'Wait for a turn, or choose `onBusy: interrupt`.',
  },
  headers_too_large: {
    cause: 'Names and values of the header fields are too much.',
    remedy: 'Send fewer, or shorter.',
  },
  internal_error: {
    cause: 'Something failed on our side that should not.',
    remedy: 'Look for the `requestId` in the log of the gateway; report it.',
  },
  disk_not_saved: {
    cause: 'The sandbox or the object store failed in the middle of a save; the last save stays.',
    remedy: 'Try again; `disk` of the session says how it stands.',
  },
  sandbox_error: {
    cause: 'The server in the sandbox failed, or answered what it must not.',
    remedy: "Try again; the session's logs say more.",
  },
  sandbox_unavailable: {
    cause: 'The container did not start, or did not become ready, in time.',
    remedy: "Try again after `Retry-After`; the session's logs say why.",
  },
  identity_provider_unavailable: {
    cause: 'The key set of the configured issuer could not be fetched.',
    remedy: 'Try again; check `JWT_JWKS_URL`.',
  },
  restarting: {
    cause: 'An object or the database did not answer for a moment, as in a deployment.',
    remedy: 'Try again after `Retry-After`.',
  },
  disk_too_large: {
    cause: 'The disk holds more bytes or entries than a deployment saves.',
    remedy: 'Delete what is not needed, or leave it out by a `.sandgateignore`.',
  },
  disk_full: { cause: 'The disk of the container has no room.', remedy: 'Delete files there.' },
};
