/** What the gateway uses of Node's module, which a Worker has under `nodejs_compat`; the types of Workers have none of it. */
declare module 'node:zlib' {
  export const constants: { Z_BEST_SPEED: number };
  /** A view of a buffer that may be larger. */
  export function deflateRawSync(bytes: Uint8Array, options: { level: number }): Uint8Array<ArrayBuffer>;
  export function inflateRawSync(bytes: ArrayBuffer): Uint8Array;
}
