import { SandgateError } from './sandgate-error.ts';

/** No answer came, or it broke off: nobody can know whether the request was carried out. `cause` says more. */
export class ConnectionError extends SandgateError {
  override readonly name: string = 'ConnectionError';
}
