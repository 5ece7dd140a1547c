import type { UserConfig } from 'tsdown';

/** eventsource-parser is a devDependency, so it is bundled: the published package depends on nothing. */
const config: UserConfig = {
  entry: 'src/index.ts',
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  dts: { oxc: {}, sourcemap: false },
  sourcemap: true,
  minify: true,
  deps: { onlyBundle: ['eventsource-parser'] },
  // The declarations keep the documentation, and the source map the source.
  outputOptions: { comments: false },
  outExtensions: () => ({ js: '.js', dts: '.d.ts' }),
};

export default config;
