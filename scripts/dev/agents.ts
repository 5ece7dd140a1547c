/** Which agents a local Sandgate has, and what each needs: lines that `npm start` prints. */
export function agents(hasClaude: boolean): string {
  const claude = hasClaude
    ? 'ready; the Claude Agent SDK, whose key stays in the gateway'
    : `not here: set ANTHROPIC_API_KEY for npm start, with the local engine (npm run demo -- --agent claude
                  shows it without a key)`;
  return `  Agents  shell   ready; runs each message as a shell script; parks while a request waits for long
          acp     ready; agentOptions.command is a program in the sandbox that speaks the Agent Client Protocol
          claude  ${claude}`;
}
