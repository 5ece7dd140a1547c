export type { ApiPromise, ResponseHead, WithResponse } from './api-promise.ts';
export type { ChatInput } from './chat-request.ts';
export type { ChatOptions, ChatStream } from './chat-stream.ts';
export type { FileBody } from './contract.ts';
export { ApiError } from './errors/api-error.ts';
export { ConnectionError } from './errors/connection-error.ts';
export { CursorExpiredError } from './errors/cursor-expired-error.ts';
export { SandgateError } from './errors/sandgate-error.ts';
export { TimeoutError } from './errors/timeout-error.ts';
export { TurnError } from './errors/turn-error.ts';
export type { EventStream } from './event-stream.ts';
export type { FileContent } from './file-content.ts';
export type { Page, PagePromise } from './page.ts';
export type { RequestLog } from './request-log.ts';
export type {
  DeleteFileOptions,
  Files,
  ListFilesOptions,
  MoveFileOptions,
  ReadArchiveOptions,
  ReadFileOptions,
  WriteFileOptions,
} from './resources/files.ts';
export type { Keys } from './resources/keys.ts';
export type { EventsOptions, Session } from './resources/session.ts';
export type { Sessions } from './resources/sessions.ts';
export type { Snapshots } from './resources/snapshots.ts';
export type { Tokens } from './resources/tokens.ts';
export type { FollowOptions, GetTurnOptions, Turns } from './resources/turns.ts';
export type { Webhooks } from './resources/webhooks.ts';
export { Sandgate, type SandgateOptions } from './sandgate.ts';
export type { Timing } from './timing.ts';
export type { CreateOptions, RequestOptions } from './transport.ts';
export type * from './types.ts';
