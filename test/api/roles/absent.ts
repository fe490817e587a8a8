/** What must be in no answer: anything of anybody else, and of oneself what opens or names a space. */
import { insides } from '../../kit/insides.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import type { Heard } from './ask.ts';

export interface Said {
  readonly what: string;
  /** Who asked; null for guests. */
  readonly userId: string | null;
  /** Whose names they may read. */
  readonly friends: readonly string[];
  readonly text: string;
  /** It may name accounts by their ids, and by nothing else. */
  readonly namesAccounts?: boolean;
}

export const saidIn = (what: string, userId: string | null, friends: readonly string[], heard: Heard): Said => ({
  what,
  userId,
  friends,
  text: `${heard.text}\n${JSON.stringify([...heard.headers])}`,
});

const spellings = (bytes: Uint8Array): string[] =>
  (['hex', 'base64url', 'base64'] as const).map((encoding) => Buffer.from(bytes).toString(encoding));

interface Secret {
  readonly userId: string;
  readonly text: string;
  /** In no answer at all, not even to its owner. */
  readonly always: boolean;
}

async function secretsOf({ master: { db } }: TestGateway): Promise<Secret[]> {
  const [routing, identities, keys, sessions, tokens, devices] = await Promise.all([
    db.selectFrom('routing').select(['user_id', 'storage_id']).execute(),
    db.selectFrom('identities').select(['user_id', 'did']).execute(),
    db.selectFrom('keys').select(['user_id', 'kid', 'public_key']).execute(),
    db.selectFrom('sessions').select(['user_id', 'session_id']).execute(),
    db
      .selectFrom('tokens as t')
      .innerJoin('sessions as s', 's.session_id', 't.session_id')
      .select(['s.user_id', 't.token_h'])
      .execute(),
    db.selectFrom('devices').select(['user_id', 'device_id']).execute(),
  ]);
  const own = (userId: string, text: string): Secret => ({ userId, text, always: false });
  return [
    ...routing.map(({ user_id, storage_id }) => ({ userId: user_id, text: storage_id, always: true })),
    ...tokens.flatMap(({ user_id, token_h }) =>
      spellings(token_h).map((text) => ({ userId: user_id, text, always: true })),
    ),
    ...routing.map(({ user_id }) => own(user_id, user_id)),
    ...identities.map(({ user_id, did }) => own(user_id, did)),
    ...keys.flatMap(({ user_id, kid, public_key }) =>
      [kid, ...spellings(public_key)].map((text) => own(user_id, text)),
    ),
    ...sessions.map(({ user_id, session_id }) => own(user_id, session_id)),
    ...devices.map(({ user_id, device_id }) => own(user_id, device_id)),
  ];
}

/** @returns what was said and must not be, in words */
export async function leaksIn(gateway: TestGateway, answers: readonly Said[]): Promise<string[]> {
  const secrets = await secretsOf(gateway);
  return answers.flatMap(({ what, userId, friends, text, namesAccounts = false }) => {
    const mine = (secret: Secret) => secret.userId === userId || friends.includes(secret.userId);
    const allowed = (secret: Secret) => mine(secret) || (namesAccounts && secret.text === secret.userId);
    const leaked = secrets.filter((secret) => (secret.always || !allowed(secret)) && text.includes(secret.text));
    return [
      ...leaked.map((secret) => `${what}: ${secret.text} of ${secret.userId}`),
      ...(insides.test(text) ? [`${what}: ${insides.exec(text)?.[0]}`] : []),
    ];
  });
}
