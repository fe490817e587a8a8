/** People for tests: each with a key of their own, registered by the real challenge, speaking through the typed client. */
import { setTimeout as wait } from 'node:timers/promises';
import { type Client, createClient } from '@vivim/client/client';
import type { ImportRun } from '@vivim/contract/imports';
import { dpopSigner, newDpopKey } from 'vivim/profile/dpop-key';
import { didOf, newIdentityKey, signText, verificationMethodOf } from 'vivim/profile/identity-key';

export interface Person {
  readonly did: string;
  readonly userId: string;
  readonly client: Client;
  /** Headers that prove a request is theirs, for requests the typed client does not make. */
  readonly authorize: (method: string, url: string) => Promise<Record<string, string>>;
  /** The same person with another session, here or where the server is now. */
  readonly signIn: (url?: string) => Promise<Person>;
}

/** Register somebody new. Their space is made by the server. */
export const signUp = (url: string, send: typeof fetch = fetch): Promise<Person> =>
  enter({ url, send }, newIdentityKey(), 'register');

interface Way {
  readonly url: string;
  readonly send: typeof fetch;
}

async function enter(
  { url, send }: Way,
  key: ReturnType<typeof newIdentityKey>,
  purpose: 'register' | 'login',
): Promise<Person> {
  const did = didOf(key);
  const signer = await dpopSigner(await newDpopKey());
  const guest = createClient({
    baseUrl: url,
    fetch: send,
    authorize: async (method, target) => ({ dpop: await signer.prove(method, target) }),
  });
  const challenge = await guest.createChallenge({ body: { did, jkt: signer.thumbprint, purpose } });
  const grant = await guest.verifyChallenge({
    body: {
      challengeId: challenge.challengeId,
      kid: verificationMethodOf(did),
      signature: signText(key, challenge.message),
    },
  });
  const token = grant.access_token ?? '';
  const authorize = async (method: string, target: string) => ({
    authorization: `DPoP ${token}`,
    dpop: await signer.prove(method, target, token),
  });
  return {
    did,
    userId: grant.user_id,
    client: createClient({ baseUrl: url, fetch: send, authorize }),
    authorize,
    signIn: (now = url) => enter({ url: now, send }, key, 'login'),
  };
}

const settled = new Set(['done', 'failed', 'cancelled']);

/** Every look is a signed request, and takes the processor from what is waited for: looks come further and further apart. */
function patience(): () => Promise<void> {
  let ms = 20;
  return async () => {
    await wait(ms);
    ms = Math.min(250, ms * 1.4);
  };
}

/** Upload a file and wait until its import has ended, however it ended. */
export async function importFile(
  person: Person,
  fileName: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<ImportRun> {
  const started = await person.client.createImport({ query: { fileName }, bytes: content });
  return importEnd(person, started.id);
}

export async function importEnd(person: Person, id: string): Promise<ImportRun> {
  for (const pause = patience(); ; ) {
    const run = await person.client.getImport({ params: { id } });
    if (settled.has(run.state)) return run;
    await pause();
  }
}

/** Wait until nothing follows any more: rollup, and embedding unless left out. */
export async function quiet(person: Person, options: { embedding?: boolean } = {}): Promise<void> {
  for (const pause = patience(); ; ) {
    const { pending } = await person.client.getSpace({});
    if (
      pending.imports + pending.rollup + pending.memories + (options.embedding === false ? 0 : pending.embedding) ===
      0
    )
      return;
    await pause();
  }
}
