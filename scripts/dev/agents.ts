/** Which agents a local Sandgate has, and what each needs: lines that `npm start` prints. */
export const agents = `  Agents  shell   ready; runs each message as a shell script
          acp     ready; agentOptions.command is a program in the sandbox that speaks the Agent Client Protocol
          claude  not here: it needs a model, and a sandbox reaches no network yet (npm run demo -- --agent claude
                  runs it without one)`;
