import { z } from '@hono/zod-openapi';
import { AccessScopes } from './access-scope.ts';
import { page } from './page.ts';

export const KeyId = z
  .string()
  .min(1)
  .max(64)
  .openapi({ description: 'The key.', example: 'key_5x3vz6f7a2b4c6d8e9f1g2h3i4' });

const name = z
  .string()
  .min(1)
  .max(255)
  .openapi({ description: 'A name of your own.', example: 'continuous integration' });

const expiresAt = z.iso.datetime({ offset: true }).openapi({
  description: 'When it ends by itself; never unless told. In the future, and within ten years.',
  example: '2027-12-01T12:00:00.000Z',
});

export const CreateKey = z
  .strictObject({ name, scopes: AccessScopes, expiresAt: expiresAt.optional() })
  .openapi('CreateKey', {
    description: 'A new key. It may do no more than the key that makes it.',
    example: { name: 'continuous integration', scopes: ['sessions:read', 'turns:write'] },
  });
export type CreateKey = z.infer<typeof CreateKey>;

export const RotateKey = z
  .strictObject({
    overlapSeconds: z.int().min(0).max(604_800).optional().openapi({
      description: 'How long the old key stays valid, in seconds, up to a week; an hour unless told.',
      example: 3600,
    }),
    expiresAt: expiresAt.optional().openapi({
      description: 'When the new key ends by itself. Unless told, it lives for as long as the old one was made for.',
    }),
  })
  .openapi('RotateKey', { description: 'How a key gives way to another.', example: { overlapSeconds: 3600 } });
export type RotateKey = z.infer<typeof RotateKey>;

const key = {
  id: KeyId,
  name,
  scopes: AccessScopes,
  createdAt: z.iso.datetime().openapi({ description: 'When it was made.', example: '2026-11-22T20:34:00.000Z' }),
  expiresAt: expiresAt.optional(),
  lastUsedAt: z.iso
    .datetime()
    .optional()
    .openapi({ description: 'When it was last used, to the minute.', example: '2026-11-22T20:34:00.000Z' }),
};

export const Key = z.object(key).openapi('Key', { description: 'A key, without the secret.' });
export type Key = z.infer<typeof Key>;

export const NewKey = z
  .object({
    ...key,
    key: z.string().openapi({
      description: 'The key itself, as a bearer. Shown this once: only its digest is kept.',
      example: 'sg_live_4fZ0…',
    }),
  })
  .openapi('NewKey', { description: 'A key with its secret.' });
export type NewKey = z.infer<typeof NewKey>;

export const KeyPage = page('KeyPage', Key);
