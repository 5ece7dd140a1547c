import type { TryClass } from '../try.ts';

const agent = ['agent'] as const;
const needs = 'two users';
/** Inside, user 0 is the server and what started it. */
const foreign = 'for p in /proc/[0-9]*; do [ "$(stat -c %u "$p" 2>/dev/null)" = 0 ] || continue;';

/** What the tools may not do to the server that asks people on their behalf. Both live in one sandbox. */
export const ownServer: TryClass = {
  title: 'The server of its own sandbox, from the tools',
  tries: [
    {
      name: 'read the server’s secret from its environment',
      script: 'for p in /proc/[0-9]*; do tr "\\0" "\\n" < "$p/environ" | grep SANDGATE_SECRET; done; echo looked',
      actors: agent,
      needs,
      stoppedBy: 'two users',
      evidence: /Permission denied[\s\S]*looked/,
    },
    {
      name: 'read the server’s memory',
      script: `${foreign} head -c1 "$p/maps" >/dev/null && escaped "$p"; (exec 3<"$p/mem") && escaped "$p"; done; echo looked`,
      actors: agent,
      needs,
      stoppedBy: 'two users',
      evidence: /Permission denied[\s\S]*looked/,
    },
    {
      name: 'read the server’s records',
      script: 'ls -A "$SERVER_DATA" && escaped records',
      actors: agent,
      needs,
      stoppedBy: 'two users, 0700',
      evidence: /Permission denied/,
    },
    {
      name: 'signal the server',
      script: `${foreign} kill -0 "\${p#/proc/}" && escaped "$p"; done; echo looked`,
      actors: agent,
      needs,
      stoppedBy: 'two users',
      evidence: /not permitted[\s\S]*looked/i,
    },
    {
      name: 'become the server’s user',
      script: `perl -e '$( = $) = 0; $< = $> = 0; print $> == 0 ? "ESC" . "APED: root\\n" : "still $>: $!\\n"'`,
      actors: agent,
      needs,
      stoppedBy: 'no capabilities for the tools',
      evidence: /still 1000: Operation not permitted/,
    },
    {
      name: 'answer its own permission request on 127.0.0.1:8080',
      script: `for secret in '' 'Bearer guess' "Bearer $(cat /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | sed -n 's/^SANDGATE_SECRET=//p' | head -1)"; do
  code=$(curl -s -o /dev/null -w '%{http_code}' --noproxy '*' -H "Authorization: $secret" -H 'Content-Type: application/json' -d '{"requestId":"call_x","decision":"allow"}' "http://127.0.0.1:$SERVER_PORT/resume")
  echo "resume answered $code"
  case $code in 401|403) ;; *) escaped "resume $code";; esac
done`,
      actors: agent,
      needs,
      stoppedBy: 'a secret that the tools cannot read',
      evidence: /resume answered 401\nresume answered 403\nresume answered 40[13]/,
    },
    {
      name: 'talk to a control server as root on port 3000',
      script: 'timeout 2 bash -c "exec 3<>/dev/tcp/127.0.0.1/$CONTROL_PORT" && escaped control; echo looked',
      actors: agent,
      stoppedBy: 'it is not started',
      evidence: /Connection refused|Failed to connect|Couldn't connect/,
    },
  ],
};
