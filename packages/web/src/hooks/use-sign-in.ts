/** Choosing, making and forgetting identities, and signing in with one or with a passkey. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { AppError } from '@vivim/contract/errors';
import { identitiesQuery } from '../api/identity-queries.ts';
import { type BrowserIdentity, forgetIdentity, makeIdentity } from '../api/identity-store.ts';
import { sessionChanged } from '../api/session.ts';
import { signIn } from '../api/sign-in.ts';
import { strings } from '../strings.ts';

interface SignIn {
  readonly identity: BrowserIdentity;
  readonly purpose: 'login' | 'register';
}

/** What stands in the way of making a key here, or null. */
export function keyObstacle(): string | null {
  if (!globalThis.isSecureContext || crypto.subtle === undefined) return strings.signIn.insecure;
  return null;
}

/** A sentence for what browsers refuse without saying why. */
export function explained(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  return new Error(error.name === 'NotSupportedError' ? strings.signIn.unsupported : strings.signIn.storageFailed, {
    cause: error,
  });
}

const isRefusal = (error: unknown, code: AppError['code']): boolean => error instanceof AppError && error.code === code;

/** Passkeys are fetched when they are asked for: most people sign in with a key of the browser. */
async function enterByPasskey(): Promise<void> {
  const [{ signInByPasskey }, { keepNames }] = await Promise.all([
    import('../api/passkey-session.ts'),
    import('../api/passkey-names.ts'),
  ]);
  const { grant, passkey } = await signInByPasskey();
  await sessionChanged(async () => {
    await keepNames(grant.user_id, passkey);
  });
}

export function useSignIn() {
  const client = useQueryClient();
  const router = useRouter();
  const identities = useQuery({ ...identitiesQuery, enabled: keyObstacle() === null });
  const again = () => client.invalidateQueries({ queryKey: identitiesQuery.queryKey });
  const enter = useMutation({
    mutationFn: async ({ identity, purpose }: SignIn) => {
      await signIn(identity, purpose);
      // Somebody new is asked for a second way in, unless they came for something.
      if (purpose === 'register' && location.pathname === '/') await router.navigate({ to: '/welcome' });
      await sessionChanged();
    },
  });
  const make = useMutation({
    mutationFn: async (name: string) => {
      const identity = await makeIdentity(name).catch((error: unknown) => Promise.reject(explained(error)));
      await again();
      enter.mutate({ identity, purpose: 'register' });
    },
  });
  const forget = useMutation({ mutationFn: forgetIdentity, onSuccess: again });
  const passkey = useMutation({ mutationFn: enterByPasskey });
  const tried = enter.variables;
  const unknown = isRefusal(enter.error, 'key_not_authorized') && tried?.purpose === 'login' ? tried.identity : null;
  // A key that was in here before is one that was shut out; registering it would make an account beside the old one.
  const shutOut = unknown?.userId === undefined ? null : new Error(strings.signIn.shutOut);
  const error = shutOut ?? enter.error ?? passkey.error ?? make.error ?? forget.error ?? identities.error;
  return {
    identities,
    busy: enter.isPending || make.isPending || passkey.isPending,
    askingPasskey: passkey.isPending,
    error: explained(error),
    enter: (identity: BrowserIdentity) => enter.mutate({ identity, purpose: 'login' }),
    enterByPasskey: () => passkey.mutate(),
    make: (name: string) => make.mutate(name),
    forget: (did: string) => forget.mutate(did),
    /** Set when this server does not know the key: the way to make it known. */
    register:
      unknown !== null && shutOut === null ? () => enter.mutate({ identity: unknown, purpose: 'register' }) : null,
    locked: isRefusal(enter.error ?? passkey.error, 'account_locked'),
  };
}
