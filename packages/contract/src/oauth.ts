/** An application asking to be let in, as the consent page shows it. The rest of OAuth speaks its own standard shapes. */
import { z } from 'zod';
import { GrantableScope } from './identity.ts';

export const ConsentRequest = z.strictObject({
  /** Of the question; send the decision under it. */
  uid: z.string(),

  /** The application that asks. */
  client: z.strictObject({
    /** A URL, or a random name it was registered under. */
    id: z.string(),
    /** What it calls itself: nobody has checked it. */
    name: z.string(),

    /** Its page, as it says; null where it says none. */
    uri: z.string().nullable(),
    /** Where the answer goes: the one thing about it that is certain. */
    redirectHost: z.string(),
    /** A program on the person's own machine; anything there can pretend to be it. */
    loopback: z.boolean(),
  }),
  scopes: z.array(GrantableScope),
  /** The part of this server it wants, e.g. `https://vivim.example/mcp`. */
  resource: z.string(),
});
export type ConsentRequest = z.infer<typeof ConsentRequest>;

export const ConsentDecision = z.strictObject({
  /** What the person says. */
  decision: z.enum(['allow', 'deny']),
  /** Fewer than asked for is fine; by default all. */
  scopes: z.array(GrantableScope).optional(),
});

export const ConsentAnswer = z.strictObject({
  /** Send the browser there: it carries the answer to the application. */
  redirectTo: z.string(),
});
export type ConsentAnswer = z.infer<typeof ConsentAnswer>;

/** How an engine says that a ticket lacks scopes (RFC 6750 section 3.1): all that are needed, space separated. */
export const ScopeRefusal = z.strictObject({
  error: z.literal('insufficient_scope'),
  error_description: z.string(),
  scope: z.string(),
});
export type ScopeRefusal = z.infer<typeof ScopeRefusal>;
