/** Choosing, making and forgetting identities, and signing in with one. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AppError } from '@vivim/contract/errors';
import type { ChallengePurpose } from '@vivim/contract/identity';
import { type BrowserIdentity, forgetIdentity, listIdentities, makeIdentity } from '../api/identity-store.ts';
import { sessionChanged } from '../api/session.ts';
import { signIn } from '../api/sign-in.ts';
import { strings } from '../strings.ts';

interface SignIn {
  readonly identity: BrowserIdentity;
  readonly purpose: ChallengePurpose;
}

/** What stands in the way of making a key here, or null. */
export function keyObstacle(): string | null {
  if (!globalThis.isSecureContext || crypto.subtle === undefined) return strings.signIn.insecure;
  return null;
}

/** A sentence for what browsers refuse without saying why. */
function explained(error: unknown): unknown {
  if (!(error instanceof DOMException)) return error;
  return new Error(error.name === 'NotSupportedError' ? strings.signIn.unsupported : strings.signIn.storageFailed, {
    cause: error,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  const key = ['me', 'identities'];
  const identities = useQuery({
    queryKey: key,
    queryFn: listIdentities,
    enabled: keyObstacle() === null,
    retry: false,
  });
  const enter = useMutation({
    mutationFn: ({ identity, purpose }: SignIn) => signIn(identity, purpose),
    onSuccess: sessionChanged,
  });
  const make = useMutation({
    mutationFn: async (name: string) => {
      const identity = await makeIdentity(name).catch((error: unknown) => Promise.reject(explained(error)));
      await client.invalidateQueries({ queryKey: key });
      enter.mutate({ identity, purpose: 'register' });
    },
  });
  const forget = useMutation({
    mutationFn: forgetIdentity,
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  const unknownHere = enter.error instanceof AppError && enter.error.code === 'key_not_authorized';
  return {
    identities,
    busy: enter.isPending || make.isPending,
    error:
      enter.error ?? make.error ?? forget.error ?? (identities.error === null ? null : explained(identities.error)),
    enter: (identity: BrowserIdentity) => enter.mutate({ identity, purpose: 'login' }),
    make: (name: string) => make.mutate(name),
    forget: (did: string) => forget.mutate(did),
    /** Set when this server does not know the key: the way to make it known. */
    register:
      unknownHere && enter.variables?.purpose === 'login'
        ? () =>
            enter.variables !== undefined && enter.mutate({ identity: enter.variables.identity, purpose: 'register' })
        : null,
  };
}
