/**
 * A task that takes longer than anybody wants to wait, over plain HTTP: it is handed over with `Prefer: respond-async`, and
 * asked for later, by another process or on another day. No connection is held meanwhile, and a restart loses nothing.
 *
 *   export SANDGATE_BASE_URL=http://127.0.0.1:8787 SANDGATE_API_KEY=…   # as `npm start` prints them
 *   node examples/long-task.js start 'sleep 90; echo done'               # prints where its turn is
 *   node examples/long-task.js result /v1/sessions/…/turns/…             # prints what came out
 */
const { SANDGATE_BASE_URL: baseUrl = 'http://127.0.0.1:8787', SANDGATE_API_KEY: key } = process.env;

async function call(method, path, body, headers) {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: body && JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return { answer, location: response.headers.get('location') };
}

/** Hands the task over, and answers where its turn is. */
async function start(script) {
  const { answer: session } = await call('POST', '/v1/sessions', {
    permissionMode: 'bypass', // Nobody is there to be asked.
    metadata: { task: script.slice(0, 100) },
    expiresAt: new Date(Date.now() + 7 * 86_400_000).toISOString(), // Nobody deletes it otherwise.
  });
  const { location } = await call(
    'POST',
    `/v1/sessions/${session.id}/chat`,
    { messages: [{ role: 'user', content: script }], deadlineSeconds: 3600 },
    { prefer: 'respond-async', 'idempotency-key': crypto.randomUUID() }, // With the same key it may be sent again.
  );
  return location;
}

/** Asks until the turn is complete; each question is answered then, or after a minute. */
async function result(turnPath) {
  for (;;) {
    const { answer: turn } = await call('GET', `${turnPath}?wait=60`);
    if (turn.status === 'waiting') throw new Error('It waits for a person, whom nobody has told.');
    if (turn.status !== 'complete') continue;
    if (turn.stopReason !== 'end_turn') throw new Error(`${turn.stopReason}: ${turn.error?.message ?? ''}`);
    return turn.outputText;
  }
}

const [command, argument = ''] = process.argv.slice(2);
if (command === 'start') console.log(await start(argument));
else if (command === 'result') process.stdout.write(await result(argument));
else throw new Error("Say start 'A SCRIPT', or result /v1/sessions/…/turns/…");
