/** How the sandbox server is asked: with the secret of this one sandbox. */
export const security = [{ sandboxSecret: [] }];
