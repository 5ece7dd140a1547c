/** Where a sandbox finds its model, without a key and without TLS: the gateway takes what is sent there. */
export const modelHost = 'model.sandgate.internal';
export const modelBaseUrl = `http://${modelHost}`;
