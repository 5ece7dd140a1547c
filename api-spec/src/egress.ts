import { z } from '@hono/zod-openapi';

/** Names that are no host of the internet, whoever resolves them. */
const localNames = /(^|\.)(localhost|local|localdomain|internal|lan|home|arpa|test|invalid|onion)$/;
const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostPattern = new RegExp(`^(\\*\\.)?(${label}\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`);

/** Whether it is a name that may stand for a host of the internet, as a URL has it: no address, and in lower case. */
export function isInternetHost(name: string): boolean {
  return name.length <= 253 && hostPattern.test(name) && !name.startsWith('*') && !localNames.test(name);
}

const Host = z
  .string()
  .max(253)
  .regex(hostPattern, 'Not a host name in lower case, or `*.` and one')
  .refine((host) => !localNames.test(host), 'Not a host of the internet')
  .openapi({
    description: 'A host by its name, or `*.` and a name for all below it, but not itself. No addresses, no ports.',
    example: 'api.github.com',
  });

/** What belongs to the connection, or says who asks. */
const ownHeaders =
  /^(host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect|forwarded|x-forwarded-.*|cf-.*)$/;

const headerName = z
  .string()
  .max(128)
  .regex(/^[a-z0-9!#$%&'*+.^_`|~-]+$/, 'Not the name of a header in lower case')
  .refine((name) => !ownHeaders.test(name), 'Not a header that can be set');
const headerValue = z
  .string()
  .min(1)
  .max(8192)
  .regex(/^[\t\x20-\x7e]+$/, 'Not plain text in one line');

const HeaderSecrets = z
  .record(headerName, headerValue)
  .refine((headers) => Object.keys(headers).length <= 16, 'At most 16 headers')
  .openapi({
    description:
      'Headers that are added to each request to the host, outside of the sandbox: keys above all. Write-only: no answer shows them, and they are encrypted where they are kept. Whoever answers at the host sees them, and could send them back.',
    example: { authorization: 'Bearer ghp_example' },
  });

const rules = 64;

export const EgressRule = z
  .strictObject({ host: Host, headers: HeaderSecrets.optional() })
  .openapi('EgressRule', { description: 'A host that the sandbox may reach.' });
export type EgressRule = z.infer<typeof EgressRule>;

export const Egress = z
  .strictObject({
    allow: z
      .array(EgressRule)
      .max(rules)
      .refine((allow) => new Set(allow.map(({ host }) => host)).size === allow.length, 'Names a host twice')
      .openapi({ description: 'The hosts, 64 at most. Of several that fit the longest counts.' }),
  })
  .openapi('Egress', {
    description:
      "What the sandbox may reach beside its model: nothing unless told. It asks by `https://` at port 443 or by `http://` at port 80; the gateway takes either apart and goes on by HTTPS, at port 443. Redirects are the sandbox's to follow, by another request. All else is refused, and told by `egress.denied`, each host once in a turn.",
    example: {
      allow: [{ host: 'api.github.com', headers: { authorization: 'Bearer ghp_example' } }, { host: '*.npmjs.org' }],
    },
  });
export type Egress = z.infer<typeof Egress>;

export const EgressShown = z
  .object({
    allow: z
      .array(
        z
          .object({
            host: Host,
            headerNames: z
              .array(z.string())
              .openapi({ description: 'The headers that are added; not their values.', example: ['authorization'] }),
          })
          .openapi('EgressRuleShown', { description: 'A host that the sandbox may reach.' }),
      )
      .openapi({ description: 'The hosts.' }),
  })
  .openapi('EgressShown', { description: 'What the sandbox may reach, without what is secret in it.' });
export type EgressShown = z.infer<typeof EgressShown>;
