/** Secrets in what came in. What they say is in no answer. */
import { PageQuery, page } from '../page.ts';
import { DecidedSecrets, DecideSecrets, Secret, SecretSettings } from '../secrets.ts';
import { engine, type Route } from './route.ts';

export const secretRoutes = {
  listSecrets: {
    ...engine,
    path: '/v1/secrets',
    tag: 'secrets',
    summary: 'Keys, tokens and card numbers found in what came in: what they are and where they stand',
    query: PageQuery,
    answer: page(Secret),
  },
  decideSecrets: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'POST',
    path: '/v1/secrets/decide',
    tag: 'secrets',
    summary: 'Say of many secrets whether contexts for an AI may hold them',
    body: DecideSecrets,
    answer: DecidedSecrets,
  },
  getSecretSettings: {
    ...engine,
    path: '/v1/secrets/settings',
    tag: 'secrets',
    summary: 'What becomes of a secret that comes in',
    answer: SecretSettings,
  },
  setSecretSettings: {
    ...engine,
    scope: 'memory:write',
    write: true,
    method: 'PATCH',
    path: '/v1/secrets/settings',
    tag: 'secrets',
    summary: 'Choose what becomes of a secret that comes in: withhold, mask or keep',
    body: SecretSettings,
    answer: SecretSettings,
  },
} as const satisfies Record<string, Route>;
