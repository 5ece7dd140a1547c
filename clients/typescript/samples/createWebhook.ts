import { Sandgate } from '@sandgate/client';

const client = new Sandgate();
const { id, secret } = await client.webhooks.create({
  url: 'https://hooks.example.com/sandgate',
  events: ['permission.requested', 'turn.completed'],
});
console.log(id, secret);
