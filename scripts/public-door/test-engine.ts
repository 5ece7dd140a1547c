import { engineName } from '../dev/engine.ts';

/** What holds the sandboxes in the tests of the public door: the local engine, or as `SANDGATE_TEST_ENGINE` says. */
export const testEngine = engineName(process.env.SANDGATE_TEST_ENGINE);

export const onDocker = testEngine === 'docker';
