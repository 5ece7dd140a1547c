import packageJson from '../package.json' with { type: 'json' };

/** The version of Sandgate: of the contract, of what serves it and of what is generated from it. Bumped by changesets. */
export const { version } = packageJson;
