import { Sandgate } from '@sandgate/client';

const client = new Sandgate(); // By SANDGATE_BASE_URL and SANDGATE_API_KEY.
const session = await client.sessions.create({
  id: 'build-42',
  metadata: { project: 'website' },
});
console.log(session.id, session.data.status);
