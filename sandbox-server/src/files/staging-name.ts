import { randomBytes } from 'node:crypto';

/** What is called so is no part of the workspace yet: it is being uploaded or unpacked, beside the place that it is for. */
export const stagingName = () => `.${randomBytes(8).toString('hex')}.part`;

/** @param path with a slash between its names. */
export const isStaging = (path: string) => /(^|\/)\.[0-9a-f]{16}\.part$/.test(path);
