/** The variables of the gateway that are taken over from whoever starts it. */
const names = ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'MODEL_PRICES'];

/** What the gateway needs for a model, as far as the environment has it. It stays in the gateway: no sandbox sees it. */
export function modelVars(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = env[name];
      return value ? [[name, value]] : [];
    }),
  );
}
