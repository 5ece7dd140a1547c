import { type Document, nameOf, type Schema } from './document.ts';

/** Which struct each type of event is, for the interfaces that clients/go/event.go and webhook_event.go describe. */
export function generatedUnions(document: Document): string {
  const { schemas } = document.components;
  const events = Object.entries(schemas.Event?.discriminator?.mapping ?? {}).map(([type, ref]) => [type, nameOf(ref)]);
  const webhookEvents = Object.entries(document.webhooks).map(([type, { post }]) => [
    type,
    nameOf(post?.requestBody?.content['application/json']?.schema.$ref ?? ''),
  ]);
  return [
    'package sandgate',
    table('newEvent', 'Event', events),
    ...events.map(([, name = '']) => envelopeOf(name, schemas[name])),
    table('newWebhookEvent', 'WebhookEvent', webhookEvents),
    ...webhookEvents.map(([, name]) => `func (*${name}) isWebhookEvent() {}`),
  ].join('\n\n');
}

function table(name: string, result: string, types: string[][]): string {
  const cases = types.map(([type, struct]) => `case "${type}":\nreturn new(${struct})`);
  return `// ${name} is nil where the type is not known.
func ${name}(kind string) ${result} {\nswitch kind {\n${cases.join('\n')}\n}\nreturn nil\n}`;
}

function envelopeOf(name: string, schema: Schema | undefined): string {
  const seq = schema?.properties?.seq ? 'Seq: e.Seq, ' : '';
  return `// Envelope is what every event has.
func (e *${name}) Envelope() Envelope {
return Envelope{Type: e.Type, ${seq}At: e.At, SessionID: e.SessionID, TurnID: e.TurnID}
}`;
}
