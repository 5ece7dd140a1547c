import {
  type CreateElicitationResponse,
  CreateElicitationRequest as Elicitation,
  type ElicitationContentValue,
  ElicitationPropertySchema as Field,
  MultiSelectItems,
} from '@agentclientprotocol/sdk';
import type { AgentTurn, Answer, Ask } from '../../agent.ts';
import { allOptions } from '../answers.ts';

type Fields = Record<string, Field>;

/**
 * Asks a person what the agent asks by a form (Agent Client Protocol, "Elicitation"): each field is a question. An answer
 * that a field cannot hold is taken for none.
 */
export async function askQuestions(request: Elicitation, turn: AgentTurn): Promise<CreateElicitationResponse> {
  if (!Elicitation.isForm(request)) return { action: 'decline' };
  const { message, requestedSchema } = request;
  const fields: Fields = requestedSchema.properties ?? {};
  const answer = await turn.ask({
    kind: 'question',
    ...('toolCallId' in request && request.toolCallId && { toolCallId: request.toolCallId }),
    tool: 'elicitation',
    title: message,
    input: { message, requestedSchema },
    questions: Object.entries(fields).map(([id, field]) => questionOf(id, field)),
    options: allOptions.filter(({ scope }) => scope === 'once'),
  });
  turn.emit({ type: 'status', status: { state: 'thinking' } });
  if (answer.by !== 'user') return { action: 'cancel' };
  const content = answer.decision === 'allow' ? contentOf(fields, requestedSchema.required ?? [], answer) : undefined;
  return content ? { action: 'accept', content } : { action: 'decline' };
}

function questionOf(id: string, field: Field): NonNullable<Ask['questions']>[number] {
  const { title, description } = field as { title?: string | null; description?: string | null };
  const text = [title, description].filter(Boolean).join(': ') || id;
  const choices = choicesOf(field);
  return { id, text, ...(choices && { choices: choices.map(({ label }) => label) }) };
}

interface Choice {
  label: string;
  value: string | boolean;
}

function choicesOf(field: Field): Choice[] | undefined {
  if (Field.isBoolean(field))
    return [
      { label: 'yes', value: true },
      { label: 'no', value: false },
    ];
  const { enum: values, oneOf } = (Field.isArray(field) ? itemsOf(field.items) : field) as {
    enum?: string[] | null;
    oneOf?: { const: string; title: string }[] | null;
  };
  if (oneOf) return oneOf.map(({ const: value, title }) => ({ label: title, value }));
  return values?.map((value) => ({ label: value, value }));
}

const itemsOf = (items: MultiSelectItems) => (MultiSelectItems.isTitled(items) ? { oneOf: items.anyOf } : items);

/** The values of the fields, without the optional ones that were left empty; nothing where one is missing, or is none. */
function contentOf(fields: Fields, required: string[], { answers = {} }: Answer) {
  const content: Record<string, ElicitationContentValue> = {};
  for (const [id, field] of Object.entries(fields)) {
    const text = answers[id];
    const isRequired = required.includes(id);
    const value = text === undefined ? undefined : fieldValue(field, text, isRequired);
    if (value !== undefined) content[id] = value;
    else if (isRequired || text?.trim()) return undefined;
  }
  return content;
}

function fieldValue(field: Field, text: string, isRequired: boolean): ElicitationContentValue | undefined {
  const choices = choicesOf(field);
  if (Field.isArray(field)) {
    const values = severalOf(choices ?? [], text);
    return values?.length === 0 && isRequired ? undefined : values;
  }
  if (choices) return choices.find(({ label }) => label === text)?.value;
  if (Field.isInteger(field)) return /^-?\d+$/.test(text) ? Number(text) : undefined;
  if (Field.isNumber(field)) return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  return text;
}

/** Several choices of one question are separated by commas, which a label may hold too: the longest that fits is meant. */
function severalOf(choices: Choice[], text: string): string[] | undefined {
  const longestFirst = choices.toSorted((one, other) => other.label.length - one.label.length);
  const values: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const choice = longestFirst.find(
      ({ label }) => rest.startsWith(label) && /^\s*(,|$)/.test(rest.slice(label.length)),
    );
    if (typeof choice?.value !== 'string') return undefined;
    values.push(choice.value);
    rest = rest.slice(choice.label.length).replace(/^\s*,?\s*/, '');
  }
  return values;
}
