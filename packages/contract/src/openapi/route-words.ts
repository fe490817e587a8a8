/** What a route demands and promises, in sentences, for the reference. Pure: said by the table, so that it cannot be otherwise. */

import { headers } from '../http.ts';
import { stepUpSeconds } from '../identity.ts';
import type { Route } from '../routes/route.ts';
import { maxTokenDays } from '../sessions.ts';

const who = ({ scope, operator }: Route): string => {
  if (scope === null) return 'Open to guests: needs no session.';
  if (operator)
    return 'For operators of this server, signed in with a key of their own; everybody else is answered as by a route that is not there.';
  if (scope === 'account:manage')
    return 'For the owner alone, signed in with a key of theirs: no token and no application is let in.';
  return `Needs the scope \`${scope}\`.`;
};

function answered(route: Route): string | null {
  if (route.answer === 'events')
    return 'Answers server-sent events (`text/event-stream`): each `data` is one JSON object. It stays open until either side leaves.';
  if (route.answer === 'bytes') return 'Answers the bytes themselves, streamed.';
  if (route.answer === 'headers') return 'The answer stands in its headers.';
  if (route.answer === null) return 'Answers nothing but its status.';
  return null;
}

/** Sentences of one route, the most important first. */
export function routeWords(route: Route): string {
  const names = Object.keys(route.query.shape);
  return [
    `${route.summary}.`,
    who(route),
    route.stepUp
      ? `The key must have signed within the last ${stepUpSeconds / 60} minutes; else \`stepup_required\`.`
      : null,
    route.freezes ? 'Refused for three days after a recovery (`recovery_frozen`).' : null,
    route.write
      ? `A write: sent again under the same \`Idempotency-Key\` it is done once and answered alike. \`${headers.spaceVersion}\` says the version of the space it made.`
      : null,
    names.includes('cursor') ? 'A page at a time: give `nextCursor` back as `cursor` until it is null.' : null,
    names.includes('minVersion') && !route.write
      ? 'With `minVersion` it waits until the space has seen at least that write.'
      : null,
    answered(route),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

/** What stands before everything. Markdown. */
export const introduction = `
Whatever the pages and the \`vivim\` command do, they do over this API.

**Signing in.** Make a token for a script with \`vivim tokens create --scope memory:read\`, or under *You → Tokens*, and send it as
\`Authorization: Bearer vivim_pat_…\`. It lives for at most ${maxTokenDays} days and does what its scopes say. An application signs
its people in by OAuth 2.1; \`/.well-known/oauth-authorization-server\` says where. Managing the account itself takes a key of its
owner and is done in the pages or with the command.

**Refusals** are \`application/problem+json\` (RFC 9457) with a stable \`code\`: branch on that. What is another person's is
\`not_found\`, like what is nobody's.

**Lists** come in pages: \`items\`, and \`nextCursor\` to be given back as \`cursor\` until it is null.

**Writes** take an \`Idempotency-Key\` of your making and are done once however often they arrive.

**Busy** is \`429\` or \`503\`, with \`Retry-After\` in seconds.
`.trim();
