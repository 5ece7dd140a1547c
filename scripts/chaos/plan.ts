import type { Random } from './random.ts';
import { cutUp, nastyText } from './text.ts';

export type AgentName = 'shell' | 'scripted';

/** As much of a durable event as is known before the turn runs. */
export type Fact = { type: string } & Record<string, unknown>;

/** A turn of known content. */
export interface Plan {
  /** Found in the user's message and with the witness. */
  tag: string;
  content: string;
  /** What the agent says, if nobody stops it and all that it asks is allowed. */
  facts: Fact[];
  /** The full texts of what comes in deltas: by the id of the message or tool where it is known, else by the tag. */
  texts: ReadonlyMap<string, string>;
  /** The steps that the witness is told of, each once. */
  steps: number;
}

/** Where the witness listens: see `witness.ts`. */
const witnessPath = '/app/witness';

export function makePlan(agent: AgentName, tag: string, random: Random, asks: boolean): Plan {
  return agent === 'shell' ? shellPlan(tag, random, asks) : scriptedPlan(tag, random, asks);
}

/** A script that prints lines at a pace, and tells the witness at its beginning, in its middle and at its end. */
function shellPlan(tag: string, random: Random, asks: boolean): Plan {
  const steps = 3;
  const lines = random.int(8, 30);
  const pause = random.pick([0, 0.01, 0.03, 0.06]);
  const word = `${tag} grüße 🐘 ${'x'.repeat(random.int(0, 200))}`;
  const tell = (step: number) => `echo "${tag} ${step} $(cat /proc/sys/kernel/random/uuid)" > ${witnessPath}`;
  const part = (from: number) =>
    `for i in $(seq ${from} ${from + lines - 1}); do echo "$i ${word}"; sleep ${pause}; done`;
  const content = [tell(1), part(1), tell(2), part(lines + 1), tell(3)].join('\n');
  const output = Array.from({ length: 2 * lines }, (_, index) => `${index + 1} ${word}\n`).join('');
  return {
    tag,
    content,
    steps,
    texts: new Map([[tag, output]]),
    facts: [
      { type: 'tool.call', name: 'shell', input: { script: content } },
      ...(asks ? [{ type: 'permission.requested', tool: 'shell', input: { script: content } }] : []),
      { type: 'tool.result', isError: false, exitCode: 0, output },
    ],
  };
}

/** Long messages and tool output in deltas, with traps in the text; between them a request, if there is to be one. */
function scriptedPlan(tag: string, random: Random, asks: boolean): Plan {
  const script: unknown[] = [];
  const facts: Fact[] = [];
  const texts = new Map<string, string>();
  const say = (fact: Fact) => {
    script.push({ emit: fact });
    facts.push(fact);
  };
  const speak = (id: string, delta: (text: string) => object) => {
    const text = nastyText(random, random.int(100, 4000));
    texts.set(id, text);
    const pause = random.pick([0, 1, 5, 20]);
    for (const part of cutUp(random, text, 60)) {
      script.push({ emit: delta(part) });
      if (pause > 0 && random.chance(0.5)) script.push({ sleepMs: pause });
    }
    return text;
  };
  const askAt = asks ? random.int(1, 3) : 0;
  for (let part = 1; part <= 3; part += 1) {
    const id = `${tag}-${part}`;
    if (part === askAt) {
      const question = { tool: 'scripted', title: `May I, ${tag}?` };
      script.push({ ask: question });
      facts.push({ type: 'permission.requested', ...question });
    }
    if (random.chance(0.6)) {
      const text = speak(id, (piece) => ({ type: 'message.delta', messageId: id, text: piece }));
      say({ type: 'message', message: { id, role: 'assistant', content: [{ type: 'text', text }] } });
    } else {
      say({ type: 'tool.call', toolCallId: id, name: 'look', input: { tag } });
      const output = speak(id, (piece) => ({ type: 'tool.delta', toolCallId: id, stream: 'stdout', text: piece }));
      say({ type: 'tool.result', toolCallId: id, isError: false, output });
    }
  }
  say({ type: 'usage', inputTokens: random.int(1, 100), outputTokens: random.int(1, 100) });
  return { tag, content: JSON.stringify(script), facts, texts, steps: 0 };
}

/** The text of each message of a flood. */
const floodText = { count: 50, textBytes: 4000 };

/** Much text at once, for readers that do not keep up. */
export function floodPlan(tag: string, messages: number): Plan {
  const text = 'x'.repeat(floodText.count * floodText.textBytes);
  const script = [
    { emit: { type: 'status', status: { state: 'working', detail: tag } } },
    ...Array.from({ length: messages }, () => ({ burst: { ...floodText, everyMs: 0 } })),
  ];
  const fact = { type: 'message', message: { role: 'assistant', content: [{ type: 'text', text }] } };
  return {
    tag,
    content: JSON.stringify(script),
    facts: Array.from({ length: messages }, () => fact),
    texts: new Map([[tag, text]]),
    steps: 0,
  };
}
