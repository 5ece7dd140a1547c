/** Tokens as the Messages API counts them: those of the cache are apart from those that are read anew. */
export interface TokenCount {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

export const noTokens: TokenCount = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
