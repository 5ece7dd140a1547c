import { Sandgate } from '@sandgate/client';

const session = new Sandgate().sessions.handle('build-42');
const { token, expiresAt } = await session.tokens.create({
  scopes: ['sessions:read', 'turns:write'],
  allowedOrigins: ['https://app.example.com'],
});
console.log(token, expiresAt);
