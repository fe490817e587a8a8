/** A fresh signature for the open session, by a key of this browser or else by a passkey. One at a time, whoever asks. */
import { currentIdentity } from './current-identity.ts';
import { plainApi } from './plain-client.ts';
import { signChallenge } from './sign-in.ts';

let underWay: Promise<void> | null = null;

async function sign(): Promise<void> {
  const [me, keys] = await Promise.all([plainApi.getMe({}), plainApi.listKeys({})]);
  const current = await currentIdentity(me, keys.items);
  if (current !== null) {
    await plainApi.verifyChallenge({ body: await signChallenge(current.identity, 'stepup') });
    return;
  }
  const { freshenByPasskey } = await import('./passkey-session.ts');
  await freshenByPasskey();
}

/** @throws AppError, or DOMException where the person gave no passkey */
export function freshen(): Promise<void> {
  underWay ??= sign().finally(() => {
    underWay = null;
  });
  return underWay;
}
