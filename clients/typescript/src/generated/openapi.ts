// Generated from api-spec/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say how the gateway is
         * @description Needs no key.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the sessions
         * @description Lists your sessions, the newest first. Filter by metadata as `metadata[project]=website`.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Create a session
         * @description Opens a session. With an `id` of your own, a repeat with the same body is 200 and the same session. The sandbox starts with the first turn or file.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a session
         * @description Answers a session with its active turn, its open requests and the first and the last number of its log.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        /**
         * Delete a session
         * @description Destroys the sandbox, its files and the log. The id stays taken. A repeat is 204 too. Where not all of it is gone in time it is a 503: the session is deleted, the rest goes by itself, and a repeat says when.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        /**
         * Change a session
         * @description Changes what is given and leaves the rest.
         */
        patch: operations["updateSession"];
        trace?: never;
    };
    "/v1/sessions/{sessionId}/sleep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put a session to sleep
         * @description Saves the disk and ends the container, as idleness does after `idleTimeoutSeconds`. The next turn or file, or `wake`, brings it back with its files. Where the disk cannot be saved the container stays. 200 also where it sleeps already, 409 `disk_rewound`, once, where the container was killed before all was saved.
         */
        post: operations["sleep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/wake": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wake a session
         * @description Starts the container and restores its disk, and answers once that is done. 200 also where it is awake.
         */
        post: operations["wake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Fork a session
         * @description Opens a session with the disk and the log of this one, as they are now or were at a snapshot; then each goes its own way. No file is copied: both share what is stored, and it stays until neither needs it. The events keep their numbers. The fork sleeps; the session need not be awake. Now only while no turn runs; at most 64 forks of a session at a time. With an `id` of your own, a repeat with the same body is 200 and the same session.
         */
        post: operations["fork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the container's logs
         * @description Says what became of the container: when it started, why it did not, how it ended; and, where the platform hands that to the gateway (a local engine does, Cloudflare does not), what it printed. Neither starts the container nor keeps it awake.
         */
        get: operations["getLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/chat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give the agent something to do
         * @description Starts a turn and streams its events until `complete`. With `Accept: application/json` it waits up to 60 s and answers the turn; with `Prefer: respond-async` it answers 202 at once, the turn is `queued`, and it is started through a queue that tries again for some minutes where no sandbox starts. Hanging up cancels nothing: go on at `Content-Location` with the last id. The Idempotency-Key names the turn: a repeat follows it.
         */
        post: operations["chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the turns
         * @description Lists the turns of a session in the order of their admission.
         */
        get: operations["listTurns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/turns/{turnId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a turn
         * @description Answers a turn; with `wait`, once it is complete or waits for a person, or when that time is over.
         */
        get: operations["getTurn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/turns/{turnId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a turn
         * @description Replays the turn's events after the cursor, then follows until `complete`.
         */
        get: operations["getTurnEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/interrupt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a turn
         * @description Stops the turn that is first, or the one that is named; a queued one is cancelled. 200 also when there is nothing to stop. Name the turn where you may repeat the request: the first may be another by then.
         */
        post: operations["interrupt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read or follow the log
         * @description With `Accept: text/event-stream`, replays the log after the cursor and follows it for as long as you like. Otherwise a page of it. The cursor is the same for both; without one it begins with the oldest event that is kept.
         */
        get: operations["getEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages
         * @description The history of the conversation, in order, as far back as the log is kept.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what waits for a person
         * @description The requests of the session, open ones unless told, the oldest first. At most 100 are open at once. A page may hold less than its limit where what is asked about is large.
         */
        get: operations["listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what waits for a person anywhere
         * @description The open requests of all sessions of the account, the one with the nearest deadline first. One is listed moments after it was asked, and never after it was answered. A page may hold less than its limit, and even nothing, where there is more.
         */
        get: operations["listAccountRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a request
         * @description Stores the decision and hands it to the agent; the output goes on in the open streams. The same answer again is 200, another one 409.
         */
        post: operations["resume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a directory
         * @description Lists what a directory of the workspace holds, by name; with `recursive` also what is below, each directory before what is in it. Links are listed, not followed. A page may hold less than `limit`.
         */
        get: operations["listFiles"];
        put?: never;
        /**
         * Make a directory, or move something
         * @description Makes a directory, or moves a file, a link or a directory with all that it holds.
         */
        post: operations["changeFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/stat": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say what is at a path
         * @description Says what a file, a directory or a link is. A link at the end of the path is not followed.
         */
        get: operations["statFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/files/{path}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a file
         * @description Answers the bytes of a file, as an attachment that no browser will run, or one range of them (RFC 9110, section 14). `HEAD` answers the headers alone.
         */
        get: operations["readFile"];
        /**
         * Write a file
         * @description Creates or replaces a file as a whole, and its directories. A failed write leaves the old content. `If-None-Match: *` only creates, `If-Match` only replaces what you know.
         */
        put: operations["writeFile"];
        post?: never;
        /**
         * Delete a file or directory
         * @description Deletes a file, a link (never what it leads to) or an empty directory; with `recursive` also a directory with all that it holds.
         */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a directory
         * @description Answers a directory with all below it as an archive, with modes, times and links. Sockets, pipes, devices and names that are not UTF-8 are left out; a file with several names becomes several files. If something cannot be read, the answer breaks off.
         */
        get: operations["readArchive"];
        /**
         * Upload a directory
         * @description Unpacks an archive into a directory, which is made if need be; `tar` or `tar.gz`, told apart by their bytes. Files that are there are replaced. Nothing is changed before all of it has arrived and was found safe: no path and no link may lead out, and there may be files, directories and links only. At most 200,000 entries and 10 GiB; a `tar.gz` of more than 64 MiB may unpack to no more than 100 times its size.
         */
        put: operations["writeArchive"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the snapshots
         * @description Lists the snapshots of a session, the oldest first.
         */
        get: operations["listSnapshots"];
        put?: never;
        /**
         * Take a snapshot
         * @description Keeps the disk as it is now, until it is deleted or its session is. It takes no space but that of what is changed later. At most 32 in a session, and none while a turn runs.
         */
        post: operations["createSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/snapshots/{snapshotId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a snapshot
         * @description Deletes a snapshot and what it alone needed. The disk stays as it is.
         */
        delete: operations["deleteSnapshot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/snapshots/{snapshotId}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Go back to a snapshot
         * @description Ends the container and has the next one begin with the disk of the snapshot. What was changed since is lost, unless another snapshot has it. The log stays as it is.
         */
        post: operations["restoreSnapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/{sessionId}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a token for a session
         * @description Makes a token that is good for this session only, for a short time and some scopes: for a browser, which never sees your key. Where it is used is known to you: it is not stored, and not listed.
         */
        post: operations["createSessionToken"];
        /**
         * Revoke a session's tokens
         * @description Refuses all tokens that were made for the session so far, everywhere within five seconds, and ends what is streamed to them.
         */
        delete: operations["revokeSessionTokens"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the keys
         * @description Lists the keys of the account, the newest first; those that have expired too, not those that are revoked.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make a key
         * @description Makes a key with some of the scopes of the key that asks. The answer shows it, and nothing does ever again: where the answer was lost, a repeat with the same Idempotency-Key is 409, and the key that it links to is to be deleted.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a key
         * @description Answers what is known of a key: never the key itself.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description Refuses the key from now on, everywhere within five seconds. A repeat is 204 too.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate a key
         * @description Makes a key with the name and the scopes of this one, and has this one expire when the overlap is over. The key that asks needs all of these scopes itself.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the account
         * @description Answers what the account may have, and what it has.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks
         * @description Lists the webhooks of the account, the newest first.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Make a webhook
         * @description From now on the URL is told of these events, signed by Standard Webhooks. The answer shows the secret, and nothing does ever again: where the answer was lost, a repeat with the same Idempotency-Key is 409, and the secret of the webhook that it links to is to be rotated.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a webhook
         * @description Answers what is known of a webhook: never its secret.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook
         * @description Sends nothing more, and forgets the webhook and its deliveries.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook
         * @description Changes what is given. What is disabled is sent nothing more, and enabled again it is told of what happens from then on; what was pending can be redelivered.
         */
        patch: operations["updateWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate a webhook's secret
         * @description Makes another secret. Until the overlap is over requests are signed with both, so that a receiver may know either. A webhook has five at a time at most.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Test a webhook
         * @description Sends a `webhook.test` now, once, also where the webhook is disabled, and answers what became of it: `delivered` or `failed`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the deliveries
         * @description The events for the webhook, the newest first, and what became of each. Kept for a week.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver an event again
         * @description Sends the event now, once, with the same `webhook-id`, whatever became of it before, and answers what became of it.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the audit log
         * @description Who made, changed and ended the keys, sessions, tokens and webhooks of the account, the newest first, for 400 days; and who was refused it, up to 20 times a minute. What is done to a session is here within moments.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "permission.requested": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * permission.requested
         * @description The agent asks a person. `GET /v1/requests` says what is asked, and `POST …/resume` answers it.
         */
        post: operations["onPermissionRequested"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "turn.completed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * turn.completed
         * @description A turn is over: once for each turn.
         */
        post: operations["onTurnCompleted"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "session.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * session.expired
         * @description A session came to its `expiresAt`, and is deleted.
         */
        post: operations["onSessionExpired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "webhook.test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * webhook.test
         * @description Nothing happened: somebody asked for a test.
         */
        post: operations["onWebhookTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description The agent asks a person. `GET /v1/requests` says what is asked, and `POST …/resume` answers it. */
        WebhookPermissionRequested: {
            /**
             * @description The event, also as `webhook-id`: the same for each endpoint and however often it comes.
             * @example evt_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description What happened.
             * @example permission.requested
             * @enum {string}
             */
            type: "permission.requested";
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            data: components["schemas"]["WebhookPermissionRequestedData"];
        };
        /** @description What it happened to. */
        WebhookPermissionRequestedData: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn.
             * @example turn_01
             */
            turnId: string;
            /**
             * @description The request to a person.
             * @example perm_01
             */
            requestId: string;
            /**
             * @description What is asked for.
             * @example permission
             * @enum {string}
             */
            kind: "permission" | "question";
            /**
             * @description The name of the tool.
             * @example shell
             */
            tool: string;
            /**
             * Format: date-time
             * @description When the request is denied by `timeout`.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt: string;
        };
        /** @description A turn is over: once for each turn. */
        WebhookTurnCompleted: {
            /**
             * @description The event, also as `webhook-id`: the same for each endpoint and however often it comes.
             * @example evt_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description What happened.
             * @example turn.completed
             * @enum {string}
             */
            type: "turn.completed";
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            data: components["schemas"]["WebhookTurnCompletedData"];
        };
        /** @description What it happened to. */
        WebhookTurnCompletedData: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn.
             * @example turn_01
             */
            turnId: string;
            stopReason: components["schemas"]["StopReason"];
        };
        /**
         * @description Why a turn ended.
         * @example end_turn
         * @enum {string}
         */
        StopReason: "end_turn" | "interrupted" | "max_turns" | "budget" | "deadline" | "refusal" | "error";
        /** @description A session came to its `expiresAt`, and is deleted. */
        WebhookSessionExpired: {
            /**
             * @description The event, also as `webhook-id`: the same for each endpoint and however often it comes.
             * @example evt_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description What happened.
             * @example session.expired
             * @enum {string}
             */
            type: "session.expired";
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            data: components["schemas"]["WebhookSessionExpiredData"];
        };
        /** @description What it happened to. */
        WebhookSessionExpiredData: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            sessionId: string;
        };
        /** @description Nothing happened: somebody asked for a test. */
        WebhookTest: {
            /**
             * @description The event, also as `webhook-id`: the same for each endpoint and however often it comes.
             * @example evt_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description What happened.
             * @example webhook.test
             * @enum {string}
             */
            type: "webhook.test";
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            data: components["schemas"]["WebhookTestData"];
        };
        /** @description What it happened to. */
        WebhookTestData: {
            /**
             * @description The webhook.
             * @example wh_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            webhookId: string;
        };
        /** @description The gateway is up. */
        Health: {
            /**
             * @description Always `ok`: otherwise there is no answer.
             * @example ok
             * @enum {string}
             */
            status: "ok";
            /**
             * @description The version of Sandgate.
             * @example 0.1.0
             */
            version: string;
            /**
             * @description What holds a sandbox: `cloudflare` in production; locally `root`, `unprivileged`, `docker` or `none`.
             * @example root
             * @enum {string}
             */
            isolation: "cloudflare" | "root" | "unprivileged" | "docker" | "none";
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /**
             * @description A URI reference to what there is to know of the kind of problem.
             * @example /problems#session_not_found
             */
            type: string;
            /**
             * @description The kind of problem in words.
             * @example There is no such session
             */
            title: string;
            /**
             * @description The HTTP status of this answer.
             * @example 404
             */
            status: number;
            /**
             * @description What happened this time, and what to do about it.
             * @example No session "build-42" belongs to this key.
             */
            detail: string;
            /**
             * @description The stable code to program against.
             * @example session_not_found
             */
            code: string;
            /**
             * @description The same as `X-Request-Id`.
             * @example req_8f14e45fceea167a
             */
            requestId: string;
            /**
             * @description Whether the same request may be sent again unchanged.
             * @example false
             */
            retryable: boolean;
            /**
             * @description Each thing wrong with the request.
             * @example [
             *       {
             *         "path": "agent",
             *         "message": "Invalid"
             *       }
             *     ]
             */
            errors?: components["schemas"]["FieldError"][];
            /**
             * @description With `unauthorized`, why. `missing`: no credential was sent, or not as `Bearer`. `malformed`: it is none, or was mistyped. `unknown`: nobody was given it. `revoked`: it was revoked. `expired`: its time is over. `not_yet_valid`: its time has not come. `wrong_algorithm`: it is signed in a way that is not accepted. `unknown_signer`: it names no key of the issuer. `wrong_signature`: it was not signed with the key that it names. `wrong_issuer`: it is of another issuer. `wrong_audience`: it is for another audience. `wrong_claims`: a claim that it needs is missing or of no use.
             * @example expired
             * @enum {string}
             */
            reason?: "missing" | "malformed" | "unknown" | "revoked" | "expired" | "not_yet_valid" | "wrong_algorithm" | "unknown_signer" | "wrong_signature" | "wrong_issuer" | "wrong_audience" | "wrong_claims";
            /**
             * @description Where to look next: for `cursor_expired` the session, whose `firstSeq` says where its log begins; for `key_shown_already` the key, for `webhook_secret_shown_already` the webhook.
             * @example /v1/sessions/build-42
             */
            link?: string;
        };
        /**
         * @description One thing wrong with a request.
         * @example {
         *       "path": "messages",
         *       "message": "Required"
         *     }
         */
        FieldError: {
            /**
             * @description Where in the request, as a dotted path.
             * @example messages.0.content
             */
            path: string;
            /**
             * @description What is wrong there.
             * @example Required
             */
            message: string;
        };
        /**
         * @description A computer with an agent and a log.
         * @example {
         *       "id": "build-42",
         *       "status": "idle",
         *       "agent": "shell",
         *       "agentOptions": {},
         *       "permissionMode": "ask",
         *       "metadata": {
         *         "project": "website"
         *       },
         *       "idleTimeoutSeconds": 600,
         *       "createdAt": "2026-11-22T20:34:00.000Z",
         *       "queuedTurnIds": [],
         *       "openRequests": [],
         *       "firstSeq": 1,
         *       "lastSeq": 12,
         *       "egress": {
         *         "allow": []
         *       },
         *       "usage": {
         *         "inputTokens": 0,
         *         "outputTokens": 0,
         *         "cacheReadTokens": 0,
         *         "cacheWriteTokens": 0
         *       }
         *     }
         */
        Session: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            id: string;
            /**
             * @description `waiting` is for a person; `sleeping` has no sandbox running.
             * @example idle
             * @enum {string}
             */
            status: "idle" | "running" | "waiting" | "sleeping";
            /**
             * @description Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
             * @example shell
             * @enum {string}
             */
            agent: "shell" | "claude" | "acp" | "scripted";
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When the session was created.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            agentOptions: components["schemas"]["AgentOptions"];
            /**
             * @description What a person is asked for; `ask` unless told.
             * @example ask
             * @enum {string}
             */
            permissionMode: "ask" | "acceptEdits" | "bypass";
            /**
             * @description How long an idle sandbox stays awake, in seconds.
             * @example 600
             */
            idleTimeoutSeconds: number;
            /**
             * Format: date-time
             * @description When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt?: string;
            /**
             * @description The turn that runs or waits now.
             * @example turn_01
             */
            activeTurnId?: string;
            /**
             * @description The turns that wait for it, in order.
             * @example [
             *       "turn_02"
             *     ]
             */
            queuedTurnIds: string[];
            /** @description What waits for a person. */
            openRequests: components["schemas"]["Request"][];
            /**
             * @description The number of the oldest event that is kept. The log holds 64 MiB unless the server is told otherwise; what is older and of a turn that is complete goes.
             * @example 1
             */
            firstSeq: number;
            /**
             * @description The number of the newest event; 0 before any.
             * @example 12
             */
            lastSeq: number;
            disk?: components["schemas"]["SavedDisk"];
            forkedFrom?: components["schemas"]["ForkedFrom"];
            egress: components["schemas"]["EgressShown"];
            budget?: components["schemas"]["Budget"];
            usage: components["schemas"]["ModelUsage"];
        };
        /** @description How the agent works. Each agent takes options of its own. */
        AgentOptions: {
            /**
             * @description How long one command may run; 600 unless told. For `shell`.
             * @example 120
             */
            commandTimeoutSeconds?: number;
            /**
             * @description The model; the agent's own choice unless told. For `claude`.
             * @example claude-sonnet-5
             */
            model?: string;
            /**
             * @description Said to the model beside the agent's own instructions. For `claude`.
             * @example Answer in French.
             */
            systemPrompt?: string;
            /**
             * @description How often the model may answer in one turn; then it ends as `max_turns`. For `claude`.
             * @example 50
             */
            maxTurns?: number;
            /**
             * @description Calls that nobody is asked for, as `Tool` or `Tool(pattern)`. For `claude`.
             * @example [
             *       "Bash(npm test)",
             *       "Edit(src/**)"
             *     ]
             */
            allowedTools?: string[];
            /**
             * @description Calls that are refused, whatever else allows them. For `claude`.
             * @example [
             *       "WebFetch"
             *     ]
             */
            deniedTools?: string[];
            /**
             * @description Servers that offer further tools; they find the session's `env`. For `claude` and `acp`.
             * @example {
             *       "issues": {
             *         "command": "npx",
             *         "args": [
             *           "-y",
             *           "my-issues-mcp"
             *         ]
             *       }
             *     }
             */
            mcpServers?: {
                [key: string]: components["schemas"]["McpServer"];
            };
            /**
             * @description The program that speaks the Agent Client Protocol. For `acp`, which needs it.
             * @example gemini
             */
            command?: string;
            /**
             * @description Its arguments; variables come from the session's `env`. For `acp`.
             * @example [
             *       "--acp"
             *     ]
             */
            args?: string[];
        };
        /** @description A server of the Model Context Protocol: a program in the sandbox, or a URL. */
        McpServer: {
            /**
             * @description The program.
             * @example npx
             */
            command: string;
            /**
             * @description Its arguments.
             * @example [
             *       "-y",
             *       "my-mcp"
             *     ]
             */
            args?: string[];
        } | {
            /**
             * Format: uri
             * @description Where it listens.
             * @example https://mcp.example.com
             */
            url: string;
            /**
             * @description How: by streamable HTTP unless told, or by the older SSE.
             * @example http
             * @enum {string}
             */
            type?: "http" | "sse";
            /**
             * @description Headers of each request. They are shown with the session: put a secret into its `egress` instead, which adds it outside of the sandbox.
             * @example {
             *       "x-tenant": "acme"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
        };
        /**
         * @description A question to a person.
         * @example {
         *       "requestId": "perm_01",
         *       "kind": "permission",
         *       "toolCallId": "call_01",
         *       "tool": "shell",
         *       "title": "Run a shell script",
         *       "input": {
         *         "script": "cat hello.txt"
         *       },
         *       "options": [
         *         {
         *           "id": "allow",
         *           "scope": "once"
         *         },
         *         {
         *           "id": "allow",
         *           "scope": "session"
         *         },
         *         {
         *           "id": "deny",
         *           "scope": "once"
         *         }
         *       ],
         *       "expiresAt": "2026-11-29T20:34:00.000Z",
         *       "turnId": "turn_01",
         *       "status": "open",
         *       "createdAt": "2026-11-22T20:34:00.000Z"
         *     }
         */
        Request: {
            /**
             * @description The request to a person.
             * @example perm_01
             */
            requestId: string;
            /**
             * @description What is asked for.
             * @example permission
             * @enum {string}
             */
            kind: "permission" | "question";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId?: string;
            /**
             * @description The name of the tool.
             * @example shell
             */
            tool: string;
            /**
             * @description What is asked, in a line.
             * @example Run a shell script
             */
            title: string;
            /**
             * @description The tool's input, as the tool defines it, at most 64 levels deep.
             * @example {
             *       "script": "cat hello.txt"
             *     }
             */
            input: {
                [key: string]: unknown;
            };
            /**
             * @description The questions, where the kind is `question`.
             * @example [
             *       {
             *         "id": "database",
             *         "text": "Which database shall I use?"
             *       }
             *     ]
             */
            questions?: components["schemas"]["Question"][];
            /**
             * @description The answers that can be given.
             * @example [
             *       {
             *         "id": "allow",
             *         "scope": "once"
             *       },
             *       {
             *         "id": "deny",
             *         "scope": "once"
             *       }
             *     ]
             */
            options: components["schemas"]["RequestOption"][];
            /**
             * Format: date-time
             * @description When the request is denied by `timeout`.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description The turn that asks.
             * @example turn_01
             */
            turnId: string;
            /**
             * @description Whether it still waits.
             * @example open
             * @enum {string}
             */
            status: "open" | "resolved";
            /**
             * Format: date-time
             * @description When it was asked.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was resolved.
             * @example 2026-11-22T20:35:00.000Z
             */
            resolvedAt?: string;
            /**
             * @description The answer.
             * @example allow
             * @enum {string}
             */
            decision?: "allow" | "deny";
            /**
             * @description How far the answer reaches: this call, or every such call of the session.
             * @example once
             * @enum {string}
             */
            scope?: "once" | "session";
            /**
             * @description Who or what resolved the request.
             * @example user
             * @enum {string}
             */
            by?: "user" | "timeout" | "policy" | "interrupt" | "restart";
        };
        /** @description A question of the agent. */
        Question: {
            /**
             * @description The key of the answer.
             * @example database
             */
            id: string;
            /**
             * @description The question.
             * @example Which database shall I use?
             */
            text: string;
            /**
             * @description The answers to choose from.
             * @example [
             *       "sqlite",
             *       "postgres"
             *     ]
             */
            choices?: string[];
        };
        /**
         * @description An answer that can be given.
         * @example {
         *       "id": "allow",
         *       "scope": "once"
         *     }
         */
        RequestOption: {
            /**
             * @description The answer.
             * @example allow
             * @enum {string}
             */
            id: "allow" | "deny";
            /**
             * @description How far the answer reaches: this call, or every such call of the session.
             * @example once
             * @enum {string}
             */
            scope: "once" | "session";
        };
        /** @description The newest save of the disk: what the next container begins with. */
        SavedDisk: {
            /**
             * Format: date-time
             * @description When the save began.
             * @example 2026-11-22T20:34:00.000Z
             */
            savedAt: string;
            /**
             * @description The newest event of the log by then.
             * @example 12
             */
            seq: number;
            /**
             * @description Files, directories and links.
             * @example 4711
             */
            entries: number;
            /**
             * @description The bytes in the files, holes left out.
             * @example 1048576
             */
            bytes: number;
        };
        /** @description What a session was forked from. That may be deleted by now. */
        ForkedFrom: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The newest event that both logs have.
             * @example 12
             */
            seq: number;
            /**
             * @description The snapshot.
             * @example snap_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            snapshotId?: string;
        };
        /** @description What the sandbox may reach, without what is secret in it. */
        EgressShown: {
            /** @description The hosts. */
            allow: components["schemas"]["EgressRuleShown"][];
        };
        /** @description A host that the sandbox may reach. */
        EgressRuleShown: {
            /**
             * @description A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports.
             * @example api.github.com
             */
            host: string;
            /**
             * @description The headers that are added; not their values.
             * @example [
             *       "authorization"
             *     ]
             */
            headerNames: string[];
        };
        /**
         * @description The most that a session may use of the model, over all of its turns. Once a part of it is spent the model is refused, and the turn ends as `budget`. A call that has begun comes to its end, and may go beyond it: one call, as several run at once only where there is room for each at its largest.
         * @example {
         *       "totalTokens": 1000000
         *     }
         */
        Budget: {
            /**
             * @description The most tokens that the model reads.
             * @example 1000000
             */
            inputTokens?: number;
            /**
             * @description The most tokens that the model writes.
             * @example 100000
             */
            outputTokens?: number;
            /**
             * @description The most tokens in all.
             * @example 1000000
             */
            totalTokens?: number;
            /**
             * @description The most that is spent, in US dollars. Needs a server with prices.
             * @example 5
             */
            costUsd?: number;
        };
        /** @description What a session used of the model that the gateway answers for, as the gateway counted it on the way. A call that was cut is counted by what had come. */
        ModelUsage: {
            /**
             * @description Tokens read by the model, those of its cache included.
             * @example 1200
             */
            inputTokens: number;
            /**
             * @description Tokens written by the model.
             * @example 340
             */
            outputTokens: number;
            /**
             * @description Of the tokens read: those that came from the cache.
             * @example 800
             */
            cacheReadTokens: number;
            /**
             * @description Of the tokens read: those that were put into the cache.
             * @example 200
             */
            cacheWriteTokens: number;
            /**
             * @description The price in US dollars, where the server has a price for the models that were called.
             * @example 0.012
             */
            costUsd?: number;
        };
        /**
         * @description A new session. All is optional.
         * @example {
         *       "id": "build-42"
         *     }
         */
        CreateSession: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            id?: string;
            /**
             * @description Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
             * @example shell
             * @enum {string}
             */
            agent?: "shell" | "claude" | "acp" | "scripted";
            agentOptions?: components["schemas"]["AgentOptions"];
            /**
             * @description What a person is asked for; `ask` unless told.
             * @example ask
             * @enum {string}
             */
            permissionMode?: "ask" | "acceptEdits" | "bypass";
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description How long an idle sandbox stays awake, in seconds.
             * @example 600
             */
            idleTimeoutSeconds?: number;
            /**
             * Format: date-time
             * @description When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt?: string;
            /**
             * @description Variables for the agent's tools, 64 KiB in all. Write-only: no answer shows them.
             * @example {
             *       "NODE_ENV": "test"
             *     }
             */
            env?: {
                [key: string]: string;
            };
            egress?: components["schemas"]["Egress"];
            budget?: components["schemas"]["Budget"];
        };
        /**
         * @description What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn.
         * @example {
         *       "allow": [
         *         {
         *           "host": "api.github.com",
         *           "headers": {
         *             "authorization": "Bearer ghp_example"
         *           }
         *         },
         *         {
         *           "host": "*.npmjs.org"
         *         }
         *       ]
         *     }
         */
        Egress: {
            /** @description The hosts, 64 at most. Of several that fit the longest counts. */
            allow: components["schemas"]["EgressRule"][];
        };
        /** @description A host that the sandbox may reach. */
        EgressRule: {
            /**
             * @description A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports.
             * @example api.github.com
             */
            host: string;
            /**
             * @description Headers that are added to each request to the host, outside of the sandbox: keys above all. Write-only: no answer shows them, and they are encrypted where they are kept. Whoever answers at the host sees them, and could send them back.
             * @example {
             *       "authorization": "Bearer ghp_example"
             *     }
             */
            headers?: {
                [key: string]: string;
            };
        };
        /** @description A page. */
        SessionPage: {
            /** @description The items of this page. */
            data: components["schemas"]["SessionSummary"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A session in a list. */
        SessionSummary: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            id: string;
            /**
             * @description `waiting` is for a person; `sleeping` has no sandbox running.
             * @example idle
             * @enum {string}
             */
            status: "idle" | "running" | "waiting" | "sleeping";
            /**
             * @description Who works in the sandbox. `shell` runs each message as a shell script. `claude` is the Claude Agent SDK. `acp` is any agent that speaks the Agent Client Protocol, started by `agentOptions.command`. `scripted` plays a given list of events, for tests; off unless the server allows it.
             * @example shell
             * @enum {string}
             */
            agent: "shell" | "claude" | "acp" | "scripted";
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When the session was created.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
        };
        /**
         * @description What may change in a session. `metadata`, `egress` and `budget` are replaced as a whole: `{}` is a budget without a limit.
         * @example {
         *       "idleTimeoutSeconds": 1800
         *     }
         */
        UpdateSession: {
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description What a person is asked for; `ask` unless told.
             * @example ask
             * @enum {string}
             */
            permissionMode?: "ask" | "acceptEdits" | "bypass";
            /**
             * @description How long an idle sandbox stays awake, in seconds.
             * @example 600
             */
            idleTimeoutSeconds?: number;
            /**
             * Format: date-time
             * @description When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt?: string;
            egress?: components["schemas"]["Egress"];
            budget?: components["schemas"]["Budget"];
        };
        /**
         * @description Where to fork: at a snapshot, or now. What else is not given is as in the session that is forked.
         * @example {
         *       "id": "build-42-b"
         *     }
         */
        ForkSession: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            id?: string;
            /**
             * @description The snapshot.
             * @example snap_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            snapshotId?: string;
            /**
             * @description Fork at the snapshot that was taken at this event: a snapshot says its `seq`.
             * @example 12
             */
            seq?: number;
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description What a person is asked for; `ask` unless told.
             * @example ask
             * @enum {string}
             */
            permissionMode?: "ask" | "acceptEdits" | "bypass";
            /**
             * @description How long an idle sandbox stays awake, in seconds.
             * @example 600
             */
            idleTimeoutSeconds?: number;
            /**
             * Format: date-time
             * @description When the session is deleted, as by DELETE; never unless told. In the future, and within ten years.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt?: string;
            egress?: components["schemas"]["Egress"];
            budget?: components["schemas"]["Budget"];
        };
        /** @description The newest part of what there is to say of a container. */
        ContainerLogs: {
            /** @description The lines, the newest last. */
            data: components["schemas"]["LogLine"][];
            /**
             * @description Whether older lines were left out.
             * @example false
             */
            truncated: boolean;
        };
        /** @description A line of the logs of a session's container. */
        LogLine: {
            /**
             * Format: date-time
             * @description When it was said.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The gateway says what becomes of the container. What the container prints may be anything: do not trust it.
             * @example container
             * @enum {string}
             */
            source: "gateway" | "container";
            /**
             * @description Where the container printed it.
             * @example stderr
             * @enum {string}
             */
            stream?: "stdout" | "stderr";
            /**
             * @description The line, without its break; cut where it is too long.
             * @example The environment is not valid. PORT: Invalid input
             */
            text: string;
        };
        /** @description What happens in a session. Ignore types that you do not know. */
        Event: components["schemas"]["StatusEvent"] | components["schemas"]["MessageEvent"] | components["schemas"]["ToolCallEvent"] | components["schemas"]["ToolResultEvent"] | components["schemas"]["PermissionRequestedEvent"] | components["schemas"]["PermissionResolvedEvent"] | components["schemas"]["EgressDeniedEvent"] | components["schemas"]["UsageEvent"] | components["schemas"]["ErrorEvent"] | components["schemas"]["CompleteEvent"] | components["schemas"]["MessageDeltaEvent"] | components["schemas"]["MessageSnapshotEvent"] | components["schemas"]["ToolDeltaEvent"] | components["schemas"]["ToolSnapshotEvent"];
        /** @description What goes on now. */
        StatusEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "status";
            status: components["schemas"]["Status"];
        };
        /** @description What goes on now. */
        Status: {
            /**
             * @description What goes on: `waiting` is for a person; `idle` and `sleeping` belong to the session.
             * @example working
             * @enum {string}
             */
            state: "queued" | "starting" | "thinking" | "working" | "waiting" | "idle" | "sleeping";
            /**
             * @description The same in words.
             * @example Running the script
             */
            detail?: string;
        };
        /** @description A whole message; the user's own comes first in a turn. */
        MessageEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "message";
            message: components["schemas"]["Message"];
        };
        /** @description A whole message. */
        Message: {
            /**
             * @description The id of the message.
             * @example msg_01
             */
            id: string;
            /**
             * @description Who said it.
             * @example assistant
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * @description What was said.
             * @example [
             *       {
             *         "type": "text",
             *         "text": "Done: hello.txt is written."
             *       }
             *     ]
             */
            content: components["schemas"]["ContentBlock"][];
        };
        /**
         * @description A piece of a message.
         * @example {
         *       "type": "text",
         *       "text": "Done: hello.txt is written."
         *     }
         */
        ContentBlock: components["schemas"]["TextBlock"] | components["schemas"]["ReasoningBlock"];
        /** @description Text. */
        TextBlock: {
            /**
             * @description Plain text. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "text";
            /**
             * @description The text.
             * @example echo hello > hello.txt
             */
            text: string;
        };
        /** @description What the agent thought before it spoke. */
        ReasoningBlock: {
            /**
             * @description What the agent thought. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "reasoning";
            /**
             * @description The text.
             * @example echo hello > hello.txt
             */
            text: string;
        };
        /** @description A tool is called. */
        ToolCallEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "tool.call";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId: string;
            /**
             * @description The name of the tool.
             * @example shell
             */
            name: string;
            /**
             * @description The call in a line.
             * @example Run a shell script
             */
            title?: string;
            /**
             * @description The tool's input, as the tool defines it, at most 64 levels deep.
             * @example {
             *       "script": "cat hello.txt"
             *     }
             */
            input: {
                [key: string]: unknown;
            };
        };
        /** @description A tool has answered. */
        ToolResultEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "tool.result";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId: string;
            /**
             * @description Whether the tool failed.
             * @example false
             */
            isError: boolean;
            /**
             * @description The exit code of the command.
             * @example 0
             */
            exitCode?: number;
            /**
             * @description What the tool answered.
             * @example hello
             */
            output: string;
            /**
             * @description Whether `output` was cut.
             * @example false
             */
            truncated?: boolean;
            /**
             * @description The file in the workspace that holds the whole output, up to 16 MiB of it. The newest 16 such files are kept.
             * @example .sandgate/output/call_01.txt
             */
            file?: string;
        };
        /** @description A person is asked. */
        PermissionRequestedEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "permission.requested";
            /**
             * @description The request to a person.
             * @example perm_01
             */
            requestId: string;
            /**
             * @description What is asked for.
             * @example permission
             * @enum {string}
             */
            kind: "permission" | "question";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId?: string;
            /**
             * @description The name of the tool.
             * @example shell
             */
            tool: string;
            /**
             * @description What is asked, in a line.
             * @example Run a shell script
             */
            title: string;
            /**
             * @description The tool's input, as the tool defines it, at most 64 levels deep.
             * @example {
             *       "script": "cat hello.txt"
             *     }
             */
            input: {
                [key: string]: unknown;
            };
            /**
             * @description The questions, where the kind is `question`.
             * @example [
             *       {
             *         "id": "database",
             *         "text": "Which database shall I use?"
             *       }
             *     ]
             */
            questions?: components["schemas"]["Question"][];
            /**
             * @description The answers that can be given.
             * @example [
             *       {
             *         "id": "allow",
             *         "scope": "once"
             *       },
             *       {
             *         "id": "deny",
             *         "scope": "once"
             *       }
             *     ]
             */
            options: components["schemas"]["RequestOption"][];
            /**
             * Format: date-time
             * @description When the request is denied by `timeout`.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt: string;
        };
        /** @description A request is resolved. */
        PermissionResolvedEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "permission.resolved";
            /**
             * @description The request to a person.
             * @example perm_01
             */
            requestId: string;
            /**
             * @description The answer.
             * @example allow
             * @enum {string}
             */
            decision: "allow" | "deny";
            /**
             * @description How far the answer reaches: this call, or every such call of the session.
             * @example once
             * @enum {string}
             */
            scope?: "once" | "session";
            /**
             * @description Who or what resolved the request.
             * @example user
             * @enum {string}
             */
            by: "user" | "timeout" | "policy" | "interrupt" | "restart";
        };
        /** @description The sandbox may not reach a host. */
        EgressDeniedEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "egress.denied";
            /**
             * @description The host that was asked for.
             * @example example.com
             */
            host: string;
            /**
             * @description Why not.
             * @example The session allows no egress.
             */
            reason: string;
        };
        /** @description What was used. */
        UsageEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "usage";
            /**
             * @description Tokens read by the model.
             * @example 1200
             */
            inputTokens: number;
            /**
             * @description Tokens written by the model.
             * @example 340
             */
            outputTokens: number;
            /**
             * @description The price in US dollars.
             * @example 0.012
             */
            costUsd?: number;
        };
        /** @description Something failed. */
        ErrorEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "error";
            /**
             * @description The stable code.
             * @example sandbox_restarted
             */
            code: string;
            /**
             * @description What happened.
             * @example The sandbox was restarted.
             */
            message: string;
            /**
             * @description Whether a new turn may do better.
             * @example true
             */
            retryable: boolean;
        };
        /** @description The last event of every turn, exactly once. */
        CompleteEvent: {
            /**
             * @description The event's number in its session's log, from 1 without a gap; also the SSE `id`.
             * @example 12
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "complete";
            stopReason: components["schemas"]["StopReason"];
            usage?: components["schemas"]["Usage"];
        };
        /** @description What a turn used. */
        Usage: {
            /**
             * @description Tokens read by the model.
             * @example 1200
             */
            inputTokens: number;
            /**
             * @description Tokens written by the model.
             * @example 340
             */
            outputTokens: number;
            /**
             * @description The price in US dollars.
             * @example 0.012
             */
            costUsd?: number;
        };
        /** @description A piece of a message; not stored. */
        MessageDeltaEvent: {
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "message.delta";
            /**
             * @description The message that this is part of.
             * @example msg_01
             */
            messageId: string;
            /**
             * @description The next piece of text.
             * @example Hel
             */
            text: string;
        };
        /** @description A message so far; replaces its deltas. */
        MessageSnapshotEvent: {
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "message.snapshot";
            /**
             * @description The message that this is part of.
             * @example msg_01
             */
            messageId: string;
            /**
             * @description All of the text so far.
             * @example Hello
             */
            text: string;
        };
        /** @description A piece of a tool's output; not stored. */
        ToolDeltaEvent: {
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "tool.delta";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId: string;
            /**
             * @description Where it was written.
             * @example stdout
             * @enum {string}
             */
            stream: "stdout" | "stderr";
            /**
             * @description The next piece of output.
             * @example hello
             */
            text: string;
        };
        /** @description A tool's output so far; replaces its deltas. */
        ToolSnapshotEvent: {
            /**
             * Format: date-time
             * @description When it was recorded.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description The session.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The turn; absent where the event belongs to the session.
             * @example turn_01
             */
            turnId?: string;
            /**
             * @description The kind of event. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            type: "tool.snapshot";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId: string;
            /**
             * @description The last part of the output so far.
             * @example hello
             */
            text: string;
            /**
             * @description Whether earlier output was left out.
             * @example false
             */
            truncated: boolean;
        };
        /**
         * @description One chat request and all that follows until its `complete`.
         * @example {
         *       "id": "turn_01",
         *       "sessionId": "build-42",
         *       "status": "complete",
         *       "stopReason": "end_turn",
         *       "outputText": "hello\n",
         *       "openRequests": [],
         *       "metadata": {},
         *       "createdAt": "2026-11-22T20:34:00.000Z",
         *       "startedAt": "2026-11-22T20:34:00.100Z",
         *       "completedAt": "2026-11-22T20:34:01.000Z",
         *       "firstSeq": 1,
         *       "lastSeq": 9
         *     }
         */
        Turn: {
            /**
             * @description The turn.
             * @example turn_01
             */
            id: string;
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description Where the turn is; `waiting` is for a person.
             * @example complete
             * @enum {string}
             */
            status: "queued" | "running" | "waiting" | "complete";
            stopReason?: components["schemas"]["StopReason"];
            /**
             * @description The agent's last message or, where it says nothing itself, the output of its last tool.
             * @example hello
             */
            outputText?: string;
            error?: components["schemas"]["TurnFailure"];
            /** @description What waits for a person. */
            openRequests: components["schemas"]["Request"][];
            usage?: components["schemas"]["Usage"];
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When the turn was admitted.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it began to run.
             * @example 2026-11-22T20:34:00.000Z
             */
            startedAt?: string;
            /**
             * Format: date-time
             * @description When it ended.
             * @example 2026-11-22T20:34:00.000Z
             */
            completedAt?: string;
            /**
             * @description The number of its first event.
             * @example 1
             */
            firstSeq?: number;
            /**
             * @description The number of its newest event.
             * @example 9
             */
            lastSeq?: number;
        };
        /** @description Why a turn failed. */
        TurnFailure: {
            /**
             * @description The stable code.
             * @example sandbox_restarted
             */
            code: string;
            /**
             * @description What happened.
             * @example The sandbox was restarted.
             */
            message: string;
            /**
             * @description Whether a new turn may do better.
             * @example true
             */
            retryable: boolean;
        };
        /**
         * @description What the agent shall do.
         * @example {
         *       "messages": [
         *         {
         *           "role": "user",
         *           "content": "echo hello > hello.txt"
         *         }
         *       ]
         *     }
         */
        ChatRequest: {
            /**
             * @description New input only, never history.
             * @example [
             *       {
             *         "role": "user",
             *         "content": "echo hello > hello.txt && cat hello.txt"
             *       }
             *     ]
             */
            messages: components["schemas"]["UserMessage"][];
            /**
             * @description What to do while another turn runs; `queue` unless told.
             * @example queue
             * @enum {string}
             */
            onBusy?: "queue" | "reject" | "interrupt";
            /**
             * @description How long the turn may work, in seconds; not counted while it is queued or waits for a person.
             * @example 600
             */
            deadlineSeconds?: number;
            /**
             * @description Up to 16 texts of your own.
             * @example {
             *       "project": "website"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A new message of the user. */
        UserMessage: {
            /**
             * @description Always `user`.
             * @example user
             * @enum {string}
             */
            role: "user";
            /**
             * @description The text, or pieces of it.
             * @example echo hello > hello.txt && cat hello.txt
             */
            content: string | components["schemas"]["TextBlock"][];
        };
        /** @description A page. */
        TurnPage: {
            /** @description The items of this page. */
            data: components["schemas"]["Turn"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description What was stopped. */
        InterruptResult: {
            /**
             * @description Whether there was something to stop.
             * @example true
             */
            interrupted: boolean;
            /**
             * @description The turn.
             * @example turn_01
             */
            turnId?: string;
        };
        /**
         * @description The turn to stop: the first one unless told, which is active or about to be.
         * @example {
         *       "turnId": "turn_01"
         *     }
         */
        InterruptRequest: {
            /**
             * @description The turn.
             * @example turn_01
             */
            turnId?: string;
        };
        /** @description A page. */
        EventPage: {
            /** @description The items of this page. */
            data: components["schemas"]["DurableEvent"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A fact in the session's log. */
        DurableEvent: components["schemas"]["StatusEvent"] | components["schemas"]["MessageEvent"] | components["schemas"]["ToolCallEvent"] | components["schemas"]["ToolResultEvent"] | components["schemas"]["PermissionRequestedEvent"] | components["schemas"]["PermissionResolvedEvent"] | components["schemas"]["EgressDeniedEvent"] | components["schemas"]["UsageEvent"] | components["schemas"]["ErrorEvent"] | components["schemas"]["CompleteEvent"];
        /** @description A page. */
        MessagePage: {
            /** @description The items of this page. */
            data: components["schemas"]["HistoryMessage"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A message and where it stands in the log. */
        HistoryMessage: {
            /**
             * @description The id of the message.
             * @example msg_01
             */
            id: string;
            /**
             * @description Who said it.
             * @example assistant
             * @enum {string}
             */
            role: "user" | "assistant";
            /**
             * @description What was said.
             * @example [
             *       {
             *         "type": "text",
             *         "text": "Done: hello.txt is written."
             *       }
             *     ]
             */
            content: components["schemas"]["ContentBlock"][];
            /**
             * @description The turn.
             * @example turn_01
             */
            turnId: string;
            /**
             * @description The number of its event.
             * @example 1
             */
            seq: number;
            /**
             * Format: date-time
             * @description When it was said.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
        };
        /** @description A page. */
        RequestPage: {
            /** @description The items of this page. */
            data: components["schemas"]["Request"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A page. */
        AccountRequestPage: {
            /** @description The items of this page. */
            data: components["schemas"]["AccountRequest"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
            /**
             * @description Sessions that could not be asked just now: what waits there is not in this page. Ask for them again, by `sessionId`.
             * @example []
             */
            unavailable: string[];
        };
        /** @description A question to a person, and the session that asks it. */
        AccountRequest: {
            /**
             * @description The session's id, yours or ours.
             * @example build-42
             */
            sessionId: string;
            /**
             * @description The request to a person.
             * @example perm_01
             */
            requestId: string;
            /**
             * @description What is asked for.
             * @example permission
             * @enum {string}
             */
            kind: "permission" | "question";
            /**
             * @description The call of a tool.
             * @example call_01
             */
            toolCallId?: string;
            /**
             * @description The name of the tool.
             * @example shell
             */
            tool: string;
            /**
             * @description What is asked, in a line.
             * @example Run a shell script
             */
            title: string;
            /**
             * @description The tool's input, as the tool defines it, at most 64 levels deep.
             * @example {
             *       "script": "cat hello.txt"
             *     }
             */
            input: {
                [key: string]: unknown;
            };
            /**
             * @description The questions, where the kind is `question`.
             * @example [
             *       {
             *         "id": "database",
             *         "text": "Which database shall I use?"
             *       }
             *     ]
             */
            questions?: components["schemas"]["Question"][];
            /**
             * @description The answers that can be given.
             * @example [
             *       {
             *         "id": "allow",
             *         "scope": "once"
             *       },
             *       {
             *         "id": "deny",
             *         "scope": "once"
             *       }
             *     ]
             */
            options: components["schemas"]["RequestOption"][];
            /**
             * Format: date-time
             * @description When the request is denied by `timeout`.
             * @example 2026-12-01T12:00:00.000Z
             */
            expiresAt: string;
            /**
             * @description The turn that asks.
             * @example turn_01
             */
            turnId: string;
            /**
             * @description Whether it still waits.
             * @example open
             * @enum {string}
             */
            status: "open" | "resolved";
            /**
             * Format: date-time
             * @description When it was asked.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was resolved.
             * @example 2026-11-22T20:35:00.000Z
             */
            resolvedAt?: string;
            /**
             * @description The answer.
             * @example allow
             * @enum {string}
             */
            decision?: "allow" | "deny";
            /**
             * @description How far the answer reaches: this call, or every such call of the session.
             * @example once
             * @enum {string}
             */
            scope?: "once" | "session";
            /**
             * @description Who or what resolved the request.
             * @example user
             * @enum {string}
             */
            by?: "user" | "timeout" | "policy" | "interrupt" | "restart";
        };
        /** @description The stored answer. */
        ResumeResult: {
            request: components["schemas"]["Request"];
            /**
             * @description The turn that goes on.
             * @example turn_01
             */
            turnId: string;
        };
        /**
         * @description A person's answer to a request.
         * @example {
         *       "requestId": "perm_01",
         *       "decision": "allow"
         *     }
         */
        ResumeRequest: {
            /**
             * @description The request that is answered.
             * @example perm_01
             */
            requestId: string;
            /**
             * @description The answer.
             * @example allow
             * @enum {string}
             */
            decision: "allow" | "deny";
            /**
             * @description How far the answer reaches: this call, or every such call of the session.
             * @example once
             * @enum {string}
             */
            scope?: "once" | "session";
            /**
             * @description What the agent is told with the answer: above all why not.
             * @example Not in this directory.
             */
            message?: string;
            /**
             * @description Runs the tool with this input instead, at most 64 levels deep.
             * @example {
             *       "script": "cat hello.txt"
             *     }
             */
            updatedInput?: {
                [key: string]: unknown;
            };
            /**
             * @description The answers to the questions, by their ids.
             * @example {
             *       "database": "sqlite"
             *     }
             */
            answers?: {
                [key: string]: string;
            };
        };
        /** @description A page. */
        FileList: {
            /** @description The items of this page. */
            data: components["schemas"]["FileEntry"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A file or directory of the workspace. */
        FileEntry: {
            /**
             * @description The path in the workspace.
             * @example src/hello.txt
             */
            path: string;
            /**
             * @description What it is.
             * @example file
             * @enum {string}
             */
            type: "file" | "directory" | "symlink" | "other";
            /**
             * @description The size in bytes.
             * @example 6
             */
            size: number;
            /**
             * @description The permission bits.
             * @example 420
             */
            mode: number;
            /**
             * Format: date-time
             * @description When it was last written.
             * @example 2026-11-22T20:34:00.000Z
             */
            modifiedAt: string;
            /**
             * @description Of a file: what `If-Match` takes. It changes with every write, and may change without one; it says nothing of the bytes.
             * @example "2a-6-18d4f0c1b2a3d4e5"
             */
            etag?: string;
        };
        /**
         * @description What to do with the files.
         * @example {
         *       "operation": "mkdir",
         *       "path": "src"
         *     }
         */
        FileOperation: components["schemas"]["MakeDirectory"] | components["schemas"]["MoveFile"];
        /** @description A directory to make; one that is there already stays as it is. */
        MakeDirectory: {
            /**
             * @description Makes a directory, and those above it. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            operation: "mkdir";
            /**
             * @description A path in the workspace, relative to it; slashes plain or as `%2F`.
             * @example src/hello.txt
             */
            path: string;
        };
        /** @description Where something goes; the directories of `to` are made. */
        MoveFile: {
            /**
             * @description Renames a file, a link or a directory. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            operation: "move";
            /**
             * @description A path in the workspace, relative to it; slashes plain or as `%2F`.
             * @example src/hello.txt
             */
            from: string;
            /**
             * @description A path in the workspace, relative to it; slashes plain or as `%2F`.
             * @example src/hello.txt
             */
            to: string;
            /**
             * @description Whether a file, a link or an empty directory at `to` is replaced; a conflict unless told.
             * @example false
             */
            overwrite?: boolean;
        };
        /** @description What was unpacked. */
        ArchiveResult: {
            /**
             * @description How many files, links and directories it held.
             * @example 12
             */
            entries: number;
            /**
             * @description How many bytes its files hold.
             * @example 48211
             */
            bytes: number;
        };
        /** @description A disk as it was once. */
        Snapshot: {
            /**
             * @description The snapshot.
             * @example snap_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description A name of your own; it need not be the only one.
             * @example before the upgrade
             */
            name?: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * @description The newest event of the log by then.
             * @example 12
             */
            seq: number;
            /**
             * @description Files, directories and links.
             * @example 4711
             */
            entries: number;
            /**
             * @description The bytes in the files, holes left out. What snapshots have in common is stored once.
             * @example 1048576
             */
            bytes: number;
        };
        /**
         * @description What to call it.
         * @example {
         *       "name": "before the upgrade"
         *     }
         */
        CreateSnapshot: {
            /**
             * @description A name of your own; it need not be the only one.
             * @example before the upgrade
             */
            name?: string;
        };
        /** @description The snapshots of a session. */
        SnapshotList: {
            /** @description The snapshots, the oldest first. */
            data: components["schemas"]["Snapshot"][];
        };
        /** @description A token for one session. */
        SessionToken: {
            /**
             * @description The token, as a bearer.
             * @example sg_token_eyJ…
             */
            token: string;
            /**
             * @description What it may do in the session.
             * @example [
             *       "sessions:read",
             *       "turns:write"
             *     ]
             */
            scopes: ("sessions:read" | "turns:write" | "requests:write" | "files:read" | "files:write")[];
            /**
             * @description The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one.
             * @example [
             *       "https://app.example.com"
             *     ]
             */
            allowedOrigins: string[];
            /**
             * Format: date-time
             * @description When it ends.
             * @example 2026-11-22T20:49:00.000Z
             */
            expiresAt: string;
        };
        /**
         * @description A token for one session. It may do no more than the key that makes it.
         * @example {
         *       "scopes": [
         *         "sessions:read",
         *         "turns:write"
         *       ],
         *       "allowedOrigins": [
         *         "https://app.example.com"
         *       ]
         *     }
         */
        CreateSessionToken: {
            /**
             * @description What it may do in the session.
             * @example [
             *       "sessions:read",
             *       "turns:write"
             *     ]
             */
            scopes: ("sessions:read" | "turns:write" | "requests:write" | "files:read" | "files:write")[];
            /**
             * @description How long it is valid, in seconds, up to an hour; 15 minutes unless told.
             * @example 900
             */
            expiresInSeconds?: number;
            /**
             * @description The origins whose pages may use it; none unless told. Whoever is no page of a browser sends no origin, and is not asked for one.
             * @example [
             *       "https://app.example.com"
             *     ]
             */
            allowedOrigins?: string[];
        };
        /** @description A key with its secret. */
        NewKey: {
            /**
             * @description The key.
             * @example key_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description A name of your own.
             * @example continuous integration
             */
            name: string;
            /**
             * @description What it may do.
             * @example [
             *       "sessions:read",
             *       "turns:write"
             *     ]
             */
            scopes: components["schemas"]["AccessScope"][];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends by itself; never unless told. In the future, and within ten years.
             * @example 2027-12-01T12:00:00.000Z
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             * @example 2026-11-22T20:34:00.000Z
             */
            lastUsedAt?: string;
            /**
             * @description The key itself, as a bearer. Shown this once: only its digest is kept.
             * @example sg_live_4fZ0…
             */
            key: string;
        };
        /**
         * @description What a credential may do. `sessions:read`: read sessions, their turns, events, messages, requests, logs and snapshots. `sessions:write`: create, change, delete, put to sleep and wake sessions, and take snapshots. `turns:write`: give the agent something to do, and stop it. `requests:write`: answer what the agent asks a person for. `files:read`: read files. `files:write`: write files. `tokens:write`: make and revoke tokens of sessions. `account:read`: read the limits and the use of the account. `audit:read`: read who administered keys and sessions. `keys:admin`: list, make, rotate and revoke keys. `webhooks:admin`: list, make, change, test and delete webhooks, and see and repeat what they were sent.
         * @example sessions:read
         * @enum {string}
         */
        AccessScope: "sessions:read" | "sessions:write" | "turns:write" | "requests:write" | "files:read" | "files:write" | "tokens:write" | "account:read" | "audit:read" | "keys:admin" | "webhooks:admin";
        /**
         * @description A new key. It may do no more than the key that makes it.
         * @example {
         *       "name": "continuous integration",
         *       "scopes": [
         *         "sessions:read",
         *         "turns:write"
         *       ]
         *     }
         */
        CreateKey: {
            /**
             * @description A name of your own.
             * @example continuous integration
             */
            name: string;
            /**
             * @description What it may do.
             * @example [
             *       "sessions:read",
             *       "turns:write"
             *     ]
             */
            scopes: components["schemas"]["AccessScope"][];
            /**
             * Format: date-time
             * @description When it ends by itself; never unless told. In the future, and within ten years.
             * @example 2027-12-01T12:00:00.000Z
             */
            expiresAt?: string;
        };
        /** @description A page. */
        KeyPage: {
            /** @description The items of this page. */
            data: components["schemas"]["Key"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A key, without the secret. */
        Key: {
            /**
             * @description The key.
             * @example key_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description A name of your own.
             * @example continuous integration
             */
            name: string;
            /**
             * @description What it may do.
             * @example [
             *       "sessions:read",
             *       "turns:write"
             *     ]
             */
            scopes: components["schemas"]["AccessScope"][];
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it ends by itself; never unless told. In the future, and within ten years.
             * @example 2027-12-01T12:00:00.000Z
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description When it was last used, to the minute.
             * @example 2026-11-22T20:34:00.000Z
             */
            lastUsedAt?: string;
        };
        /**
         * @description How a key gives way to another.
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        RotateKey: {
            /**
             * @description How long the old key stays valid, in seconds, up to a week; an hour unless told.
             * @example 3600
             */
            overlapSeconds?: number;
            /**
             * Format: date-time
             * @description When the new key ends by itself. Unless told, it lives for as long as the old one was made for.
             * @example 2027-12-01T12:00:00.000Z
             */
            expiresAt?: string;
        };
        /** @description Whose key it is. */
        Account: {
            /**
             * @description The account.
             * @example acct_first
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            limits: components["schemas"]["AccountLimits"];
            usage: components["schemas"]["AccountUsage"];
        };
        /** @description The most that the account may have. */
        AccountLimits: {
            /**
             * @description Keys that are not revoked.
             * @example 3
             */
            keys: number;
            /**
             * @description Webhooks.
             * @example 1
             */
            webhooks: number;
            /**
             * @description Sessions with a turn that is not complete.
             * @example 2
             */
            concurrentTurns: number;
            /**
             * @description Sessions that are not deleted.
             * @example 12
             */
            sessions: number;
            requests: components["schemas"]["RequestLimit"];
        };
        /** @description How many requests a key may make, as `RateLimit-Policy` says it. */
        RequestLimit: {
            /**
             * @description Requests of one key in a window.
             * @example 1000
             */
            quota: number;
            /**
             * @description The window, in seconds.
             * @example 10
             */
            windowSeconds: number;
        };
        /** @description What the account has now. */
        AccountUsage: {
            /**
             * @description Keys that are not revoked.
             * @example 3
             */
            keys: number;
            /**
             * @description Webhooks.
             * @example 1
             */
            webhooks: number;
            /**
             * @description Sessions with a turn that is not complete.
             * @example 2
             */
            concurrentTurns: number;
            /**
             * @description Sessions that are not deleted.
             * @example 12
             */
            sessions: number;
        };
        /** @description A webhook with its secret. */
        NewWebhook: {
            /**
             * @description The webhook.
             * @example wh_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
             * @example https://hooks.example.com/sandgate
             */
            url: string;
            /**
             * @description What it is told of.
             * @example [
             *       "permission.requested",
             *       "turn.completed"
             *     ]
             */
            events: components["schemas"]["WebhookEventType"][];
            /**
             * @description A description of your own.
             * @example tells the reviewers
             */
            description?: string;
            /**
             * @description What is disabled is sent nothing, and misses what happens meanwhile.
             * @example enabled
             * @enum {string}
             */
            status: "enabled" | "disabled";
            /**
             * @description Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived.
             * @example gone
             * @enum {string}
             */
            disabledReason?: "asked" | "gone" | "failing";
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * @description What its requests are signed with, by Standard Webhooks. Shown this once.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret: string;
        };
        /**
         * @description What a webhook is told of.
         * @example turn.completed
         * @enum {string}
         */
        WebhookEventType: "permission.requested" | "turn.completed" | "session.expired";
        /**
         * @description A new webhook: it is told of what happens from now on.
         * @example {
         *       "url": "https://hooks.example.com/sandgate",
         *       "events": [
         *         "permission.requested",
         *         "turn.completed"
         *       ]
         *     }
         */
        CreateWebhook: {
            /**
             * @description Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
             * @example https://hooks.example.com/sandgate
             */
            url: string;
            /**
             * @description What it is told of.
             * @example [
             *       "permission.requested",
             *       "turn.completed"
             *     ]
             */
            events: components["schemas"]["WebhookEventType"][];
            /**
             * @description A description of your own.
             * @example tells the reviewers
             */
            description?: string;
        };
        /** @description A page. */
        WebhookPage: {
            /** @description The items of this page. */
            data: components["schemas"]["Webhook"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A webhook, without its secret. */
        Webhook: {
            /**
             * @description The webhook.
             * @example wh_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
             * @example https://hooks.example.com/sandgate
             */
            url: string;
            /**
             * @description What it is told of.
             * @example [
             *       "permission.requested",
             *       "turn.completed"
             *     ]
             */
            events: components["schemas"]["WebhookEventType"][];
            /**
             * @description A description of your own.
             * @example tells the reviewers
             */
            description?: string;
            /**
             * @description What is disabled is sent nothing, and misses what happens meanwhile.
             * @example enabled
             * @enum {string}
             */
            status: "enabled" | "disabled";
            /**
             * @description Why it is disabled: somebody asked for it; the endpoint answered 410; or an event was given up, and in all the time of its attempts none had arrived.
             * @example gone
             * @enum {string}
             */
            disabledReason?: "asked" | "gone" | "failing";
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
        };
        /**
         * @description What may change in a webhook. `events` is replaced as a whole.
         * @example {
         *       "events": [
         *         "turn.completed"
         *       ]
         *     }
         */
        UpdateWebhook: {
            /**
             * @description Where events are sent: over https, to a host of the internet by its name; no address, no user, no fragment.
             * @example https://hooks.example.com/sandgate
             */
            url?: string;
            /**
             * @description What it is told of.
             * @example [
             *       "permission.requested",
             *       "turn.completed"
             *     ]
             */
            events?: components["schemas"]["WebhookEventType"][];
            /**
             * @description A description of your own.
             * @example tells the reviewers
             */
            description?: string;
            /**
             * @description What is disabled is sent nothing, and misses what happens meanwhile.
             * @example enabled
             * @enum {string}
             */
            status?: "enabled" | "disabled";
        };
        /**
         * @description How a secret gives way to another.
         * @example {
         *       "overlapSeconds": 3600
         *     }
         */
        RotateWebhookSecret: {
            /**
             * @description How long the secret of before signs too, in seconds, up to a week; a day unless told.
             * @example 86400
             */
            overlapSeconds?: number;
        };
        /** @description An event for a webhook, and what became of it. */
        WebhookDelivery: {
            /**
             * @description The event, also as `webhook-id`: the same for each endpoint and however often it comes.
             * @example evt_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id: string;
            /**
             * @description The event's type.
             * @example turn.completed
             */
            type: string;
            /**
             * @description `delivered` was answered by 2xx; `failed` was given up; `cancelled` was not to be sent any more, as the webhook was disabled or the session deleted.
             * @example delivered
             * @enum {string}
             */
            status: "pending" | "delivered" | "failed" | "cancelled";
            /** @description The newest requests, 20 at most, in their order. */
            attempts: components["schemas"]["DeliveryAttempt"][];
            /**
             * Format: date-time
             * @description When it happened.
             * @example 2026-11-22T20:34:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it is tried next, where it is pending.
             * @example 2026-11-22T20:34:00.000Z
             */
            nextAttemptAt?: string;
        };
        /** @description One request to the endpoint. */
        DeliveryAttempt: {
            /**
             * Format: date-time
             * @description When it was made.
             * @example 2026-11-22T20:34:00.000Z
             */
            at: string;
            /**
             * @description What the endpoint answered.
             * @example 500
             */
            statusCode?: number;
            /**
             * @description Why there was no answer.
             * @example No answer within 10 s.
             */
            error?: string;
        };
        /** @description A page. */
        WebhookDeliveryPage: {
            /** @description The items of this page. */
            data: components["schemas"]["WebhookDelivery"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description A page. */
        AuditPage: {
            /** @description The items of this page. */
            data: components["schemas"]["AuditEntry"][];
            /**
             * @description Give it as `after` for the next page; null where there is none.
             * @example 42
             */
            nextCursor: string | null;
            /**
             * @description Whether there is more now.
             * @example false
             */
            hasMore: boolean;
        };
        /** @description One act of administration. */
        AuditEntry: {
            /**
             * @description The entry.
             * @example audit_8f14e45fceea167a5a36dedd4bea2543
             */
            id: string;
            /**
             * Format: date-time
             * @description When.
             * @example 2026-11-23T12:34:56.789Z
             */
            at: string;
            action: components["schemas"]["AuditAction"];
            actor: components["schemas"]["AuditActor"];
            target: components["schemas"]["AuditTarget"];
            /**
             * @description What was set, by its names: never the values.
             * @example [
             *       "permissionMode"
             *     ]
             */
            fields?: string[];
            /**
             * @description Whether it was done, or refused to somebody who may not.
             * @example succeeded
             * @enum {string}
             */
            outcome: "succeeded" | "refused";
            /**
             * @description Why it was refused.
             * @example insufficient_scope
             */
            code?: string;
            /**
             * @description In which request.
             * @example req_8f14e45fceea167a
             */
            requestId?: string;
        };
        /**
         * @description What was done: the operation, or `expireSession` where a session came to its end by itself. A webhook that the gateway disabled is `updateWebhook`.
         * @example createKey
         * @enum {string}
         */
        AuditAction: "createKey" | "rotateKey" | "revokeKey" | "createSession" | "fork" | "updateSession" | "deleteSession" | "expireSession" | "createSessionToken" | "revokeSessionTokens" | "createWebhook" | "updateWebhook" | "deleteWebhook" | "rotateWebhookSecret";
        /** @description Who did it. */
        AuditActor: {
            /**
             * @description A key, an identity of the issuer that the server trusts, whoever has a token of a session, or the gateway by itself.
             * @example key
             * @enum {string}
             */
            type: "key" | "identity" | "sessionToken" | "gateway";
            /**
             * @description The key, the id that stands for the identity, or the session of the token.
             * @example key_5x3vz6f7a2b4c6d8e9
             */
            id?: string;
            /**
             * @description The `sub` of the identity.
             * @example ada@example.com
             */
            subject?: string;
        };
        /** @description What it was done to. */
        AuditTarget: {
            /**
             * @description Which kind of thing.
             * @example key
             * @enum {string}
             */
            type: "key" | "session" | "webhook";
            /**
             * @description Which; absent where it was refused before there was one.
             * @example key_5x3vz6f7a2b4c6d8e9f1g2h3i4
             */
            id?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The gateway is up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Only sessions in this status. */
                status?: "idle" | "running" | "waiting" | "sleeping";
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description Only sessions with all of these texts, 16 at most. */
                metadata?: {
                    [key: string]: string;
                };
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateSession"];
            };
        };
        responses: {
            /** @description The session was there already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The session was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_limit_reached`: The account has as many sessions as it may. `session_conflict`: The id belongs to a session created with another body. `session_deleted`: The id belongs to a deleted session. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `agent_unavailable`: The agent is not available here. `idempotency_key_reused`: The idempotency key was used with another body. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateSession"];
            };
        };
        responses: {
            /** @description The session as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sleep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session sleeps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_busy`: Another turn is running. `disk_rewound`: What was changed on the disk is lost. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_not_saved`: The disk could not be saved. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_too_large`: The disk holds more than a session may keep. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is awake. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fork: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ForkSession"];
            };
        };
        responses: {
            /** @description The session was forked already. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description The new session. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `snapshot_not_found`: There is no such snapshot in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_busy`: Another turn is running. `session_conflict`: The id belongs to a session created with another body. `session_deleted`: The id belongs to a deleted session. `fork_limit_reached`: The session has as many forks as it may. `session_limit_reached`: The account has as many sessions as it may. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_key_reused`: The idempotency key was used with another body. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_not_saved`: The disk could not be saved. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_too_large`: The disk holds more than a session may keep. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getLogs: {
        parameters: {
            query?: {
                /** @description The most lines, the newest; 200 unless told. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContainerLogs"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chat: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
                /** @description `respond-async` answers 202 at once and starts the turn as soon as there is room for its sandbox (RFC 7240). It keeps its place: a turn behind it waits for it. Where its sandbox does not start, it is tried again, ever more seldom; then it ends in `error` with `sandbox_unavailable`, has never run, and may be sent again. */
                prefer?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatRequest"];
            };
        };
        responses: {
            /** @description The events of the turn, or the turn itself once it is complete or waits for a person. */
            200: {
                headers: {
                    /** @description The turn. */
                    Location?: string;
                    /** @description The turn's stream: go on there after a cut. */
                    "Content-Location"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                    "application/json": components["schemas"]["Turn"];
                };
            };
            /** @description The turn goes on; see `Location`. */
            202: {
                headers: {
                    /** @description The turn. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Turn"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_busy`: Another turn is running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_expired`: The cursor is older than the kept log. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_key_reused`: The idempotency key was used with another body. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. `queue_full`: Too many turns are waiting in this session. `turn_limit_reached`: Too many turns are not complete in the account. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listTurns: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of a page. */
                after?: number;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of turns. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTurn: {
        parameters: {
            query?: {
                /** @description How long to wait for it, in seconds. */
                wait?: number;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description The turn. */
                turnId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The turn. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Turn"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `turn_not_found`: There is no such turn in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTurnEvents: {
        parameters: {
            query?: {
                /** @description The number of the last event that you have. */
                after?: number;
            };
            header?: {
                /** @description The `id` of the last event that you have; wins over `after`. */
                "last-event-id"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description The turn. */
                turnId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events of the turn. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            /** @description The cursor is at the end of a complete turn: there is nothing more, ever. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `turn_not_found`: There is no such turn in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_beyond_head`: The cursor is beyond the end of the log. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_expired`: The cursor is older than the kept log. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    interrupt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["InterruptRequest"];
            };
        };
        responses: {
            /** @description What was stopped. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InterruptResult"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `turn_not_found`: There is no such turn in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvents: {
        parameters: {
            query?: {
                /** @description The number of the last event that you have. */
                after?: number;
                /** @description Only these types, with commas between. */
                types?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: {
                /** @description The `id` of the last event that you have; wins over `after`. */
                "last-event-id"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of durable events, or the stream of all events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                    "text/event-stream": components["schemas"]["Event"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_beyond_head`: The cursor is beyond the end of the log. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_expired`: The cursor is older than the kept log. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description The number of the last event that you have. */
                after?: number;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_beyond_head`: The cursor is beyond the end of the log. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `cursor_expired`: The cursor is older than the kept log. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description Which requests; `open` unless told. */
                status?: "open" | "resolved" | "all";
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAccountRequests: {
        parameters: {
            query?: {
                /** @description Only those of this session. */
                sessionId?: string;
                /** @description Only these. */
                kind?: "permission" | "question";
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountRequestPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResumeRequest"];
            };
        };
        responses: {
            /** @description The decision is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResumeResult"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `request_not_found`: There is no such request in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request_already_resolved`: The request was already answered otherwise. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFiles: {
        parameters: {
            query?: {
                /** @description The directory; the workspace itself unless told. */
                path?: string;
                /** @description Whether all below the directory is listed too. */
                recursive?: boolean;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries of the directory. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileList"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeFiles: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileOperation"];
            };
        };
        responses: {
            /** @description It is where it was asked to be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileEntry"];
                };
            };
            /** @description The directory was made. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileEntry"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_full`: The disk of the sandbox is full. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    statFile: {
        parameters: {
            query?: {
                /** @description The directory; the workspace itself unless told. */
                path?: string;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileEntry"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description Which bytes: one range. Where there are more, the whole file is answered. */
                range?: string;
                /** @description The `ETag` of which the range is wanted; of anything else the whole file is answered. */
                "if-range"?: string;
                /** @description The `ETag` that the file has to have, or `*` for any file. */
                "if-match"?: string;
                /** @description The `ETag` that you have: 304 if it is still so. */
                "if-none-match"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description A path in the workspace, relative to it; slashes plain or as `%2F`. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes of the file. */
            200: {
                headers: {
                    /**
                     * @description Changes with every write, and may change without one.
                     * @example "2a-6-18d4f0c1b2a3d4e5"
                     */
                    ETag?: string;
                    /**
                     * @description When it was last written.
                     * @example Sun, 22 Nov 2026 20:34:00 GMT
                     */
                    "Last-Modified"?: string;
                    /**
                     * @description Always `bytes`.
                     * @example bytes
                     */
                    "Accept-Ranges"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The range of its bytes. */
            206: {
                headers: {
                    /**
                     * @description Changes with every write, and may change without one.
                     * @example "2a-6-18d4f0c1b2a3d4e5"
                     */
                    ETag?: string;
                    /**
                     * @description When it was last written.
                     * @example Sun, 22 Nov 2026 20:34:00 GMT
                     */
                    "Last-Modified"?: string;
                    /**
                     * @description Always `bytes`.
                     * @example bytes
                     */
                    "Accept-Ranges"?: string;
                    /**
                     * @description Which bytes of how many.
                     * @example bytes 0-5/6
                     */
                    "Content-Range"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The file is as you have it. */
            304: {
                headers: {
                    /**
                     * @description Changes with every write, and may change without one.
                     * @example "2a-6-18d4f0c1b2a3d4e5"
                     */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The file is not as the request says. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `range_not_satisfiable`: The file has no such range. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    writeFile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` that the file has to have, or `*` for any file. */
                "if-match"?: string;
                /** @description `*`: only where there is nothing yet. */
                "if-none-match"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description A path in the workspace, relative to it; slashes plain or as `%2F`. */
                path: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The file was replaced. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileEntry"];
                };
            };
            /** @description The file was created. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileEntry"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The file is not as the request says. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_full`: The disk of the sandbox is full. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteFile: {
        parameters: {
            query?: {
                /** @description Whether a directory goes with all that it holds. */
                recursive?: boolean;
            };
            header?: {
                /** @description The `ETag` that the file has to have, or `*` for any file. */
                "if-match"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description A path in the workspace, relative to it; slashes plain or as `%2F`. */
                path: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `precondition_failed`: The file is not as the request says. */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readArchive: {
        parameters: {
            query?: {
                /** @description The directory; the workspace itself unless told. */
                path?: string;
                /** @description The form of the archive; `tar.gz` unless told. */
                format?: "tar" | "tar.gz";
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archive. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-tar": string;
                    "application/gzip": string;
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    writeArchive: {
        parameters: {
            query?: {
                /** @description The directory; the workspace itself unless told. */
                path?: string;
            };
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-tar": string;
                "application/gzip": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description All of it is there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArchiveResult"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. `forbidden`: The credential does not allow this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `file_not_found`: There is no such file. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `file_conflict`: The path holds something else. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `sandbox_error`: The sandbox gave no usable answer. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_full`: The disk of the sandbox is full. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSnapshots: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The snapshots. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SnapshotList"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSnapshot: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateSnapshot"];
            };
        };
        responses: {
            /** @description The snapshot. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Snapshot"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_busy`: Another turn is running. `disk_rewound`: What was changed on the disk is lost. `snapshot_limit_reached`: The session has as many snapshots as it may. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency_key_reused`: The idempotency key was used with another body. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_not_saved`: The disk could not be saved. */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `disk_too_large`: The disk holds more than a session may keep. */
            507: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description The snapshot. */
                snapshotId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The snapshot is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `snapshot_not_found`: There is no such snapshot in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restoreSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
                /** @description The snapshot. */
                snapshotId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session, which sleeps. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. `snapshot_not_found`: There is no such snapshot in this session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_busy`: Another turn is running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. `sandbox_unavailable`: The sandbox is not ready. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSessionToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSessionToken"];
            };
        };
        responses: {
            /** @description The token. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionToken"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeSessionTokens: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The session's id, yours or ours. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. `origin_not_allowed`: The token is not for pages of this origin. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `session_not_found`: There is no such session. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            /** @description The key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_limit_reached`: The account has as many keys as it may. `key_shown_already`: The idempotency key made a key, which was shown. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_not_found`: There is no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The key. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_not_found`: There is no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The key. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateKey"];
            };
        };
        responses: {
            /** @description The new key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewKey"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_not_found`: There is no such key. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `key_limit_reached`: The account has as many keys as it may. `key_shown_already`: The idempotency key made a key, which was shown. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of webhooks. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhook"];
            };
        };
        responses: {
            /** @description The webhook. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_limit_reached`: The account has as many webhooks as it may. `webhook_secret_shown_already`: The idempotency key made a webhook's secret, which was shown. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhook"];
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeat with the same key and body gets the same result, and starts nothing anew. A key is kept for at least 24 hours, and for as long as what it began. */
                "idempotency-key"?: string;
            };
            path: {
                /** @description The webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateWebhookSecret"];
            };
        };
        responses: {
            /** @description The webhook, with its new secret. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewWebhook"];
                };
            };
            /** @description `invalid_request`: The request is not valid. `malformed_json`: The body is not JSON. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_secret_limit_reached`: The webhook has as many secrets as it may. `webhook_secret_shown_already`: The idempotency key made a webhook's secret, which was shown. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `payload_too_large`: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unsupported_media_type`: The content type is not supported here. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The webhook. */
                webhookId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The webhook. */
                webhookId: string;
                /** @description The event, also as `webhook-id`: the same for each endpoint and however often it comes. */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `webhook_not_found`: There is no such webhook. `webhook_delivery_not_found`: There is no such delivery of this webhook. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only entries of this action. */
                action?: "createKey" | "rotateKey" | "revokeKey" | "createSession" | "fork" | "updateSession" | "deleteSession" | "expireSession" | "createSessionToken" | "revokeSessionTokens" | "createWebhook" | "updateWebhook" | "deleteWebhook" | "rotateWebhookSecret";
                /** @description Done to this. */
                targetId?: string;
                /** @description Done by this key or identity, or by a token of this session. */
                actorId?: string;
                /** @description Not before this time. */
                since?: string;
                /** @description Before this time. */
                until?: string;
                /** @description The `nextCursor` of a page. */
                after?: string;
                /** @description The most items in a page; 100 unless told. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description `invalid_request`: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthorized`: A valid bearer key is required. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `insufficient_scope`: The credential lacks the scope for this. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `headers_too_large`: The header fields are too large. */
            431: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Sandgate failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `identity_provider_unavailable`: The keys of the issuer cannot be had. `restarting`: Sandgate is being restarted. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    onPermissionRequested: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the event. One that you have seen is a repeat: answer 2xx, and do nothing. */
                "webhook-id": string;
                /** @description When this request was made, in Unix seconds. Refuse what is older than some minutes. */
                "webhook-timestamp": string;
                /** @description Signatures with spaces between, one for each secret that is valid: `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookPermissionRequested"];
            };
        };
        responses: {
            /** @description Nobody is here any more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It arrived. Anything else, a redirect too, and it comes again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onTurnCompleted: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the event. One that you have seen is a repeat: answer 2xx, and do nothing. */
                "webhook-id": string;
                /** @description When this request was made, in Unix seconds. Refuse what is older than some minutes. */
                "webhook-timestamp": string;
                /** @description Signatures with spaces between, one for each secret that is valid: `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookTurnCompleted"];
            };
        };
        responses: {
            /** @description Nobody is here any more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It arrived. Anything else, a redirect too, and it comes again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onSessionExpired: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the event. One that you have seen is a repeat: answer 2xx, and do nothing. */
                "webhook-id": string;
                /** @description When this request was made, in Unix seconds. Refuse what is older than some minutes. */
                "webhook-timestamp": string;
                /** @description Signatures with spaces between, one for each secret that is valid: `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookSessionExpired"];
            };
        };
        responses: {
            /** @description Nobody is here any more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It arrived. Anything else, a redirect too, and it comes again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    onWebhookTest: {
        parameters: {
            query?: never;
            header: {
                /** @description The id of the event. One that you have seen is a repeat: answer 2xx, and do nothing. */
                "webhook-id": string;
                /** @description When this request was made, in Unix seconds. Refuse what is older than some minutes. */
                "webhook-timestamp": string;
                /** @description Signatures with spaces between, one for each secret that is valid: `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body`. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookTest"];
            };
        };
        responses: {
            /** @description Nobody is here any more: the webhook is disabled. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It arrived. Anything else, a redirect too, and it comes again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
