/**
 * Where the authorization server keeps things: consents and their tokens are sessions and tokens of master like all others,
 * the rest lies under the SHA-256 of its id. An id that opens something is never written down: it is taken out of what is
 * stored and put back into what is found. Time is the server's clock, never the library's.
 */
import type { Clock } from '@vivim/contract/clock';
import { type Adapter, type AdapterPayload, errors, Provider } from 'oidc-provider';
import { z } from 'zod';
import { sha256 } from '../auth/digest.ts';
import { accessTokenMs, refreshGraceMs, sessionLimits } from '../auth/sessions/session-limits.ts';
import {
  addAccessToken,
  addRefreshToken,
  consumeRefreshToken,
  endConsent,
  type FoundToken,
  findAccessToken,
  findConsent,
  presentRefreshToken,
} from '../master/application-sessions.ts';
import { appendAudit } from '../master/audit.ts';
import type { Master } from '../master/db.ts';
import {
  consumePayload,
  deletePayload,
  findPayload,
  keepClient,
  type PayloadModel,
  putPayload,
} from '../master/oauth-payloads.ts';
import { useProofOnce } from '../master/replay.ts';
import { oauthPaths } from './metadata.ts';
import { type Audience, resourceOf } from './resources.ts';

export interface AdapterDeps {
  readonly master: Master;
  readonly clock: Clock;
  /** The server's origin. */
  readonly issuer: string;
}

/** An application that got a token is remembered this long after, at least. */
const usedClientMs = 180 * 86_400_000;

const nothing: Adapter = {
  upsert: async () => {},
  find: async () => {},
  findByUserCode: async () => {},
  findByUid: async () => {},
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
};

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);
const isSessionId = (text: string | undefined): text is string => z.uuid().safeParse(text).success;

/** @throws errors.InvalidGrant for a consent that ended meanwhile */
function assertKept(kept: boolean, detail: string): void {
  if (!kept) throw new errors.InvalidGrant(detail);
}

/** Ends a consent for its owner to read why. */
async function end({ master, clock }: AdapterDeps, sessionId: string, reason: 'code_reused' | 'app_revoked') {
  const now = new Date(clock());
  const userId = await endConsent(master, sessionId, reason, now);
  if (userId === null) return;
  const event = { chain: userId, event: 'session.ended', actor: 'guest', ref: sessionId, meta: { reason } } as const;
  await appendAudit(master, event, now);
}

/** The library ends a grant when the application gives it back, and when a code comes a second time. */
const endGiven = (deps: AdapterDeps) => (sessionId: string) =>
  end(deps, sessionId, Provider.ctx?.oidc.route === 'revocation' ? 'app_revoked' : 'code_reused');

/** Interactions and codes: what their ids would open is not in what is stored. */
function payloads({ master, clock, issuer }: AdapterDeps, model: PayloadModel): Adapter {
  const keyOf = (id: string) => ({ model, idHash: sha256(id) });
  return {
    ...nothing,
    async upsert(id, payload, expiresIn = 0) {
      const { jti: _, uid: __, returnTo: ___, ...stored } = payload;
      const sessionId = isSessionId(payload.grantId) ? payload.grantId : null;
      const expiresAt = new Date(clock() + expiresIn * 1_000);
      await putPayload(master, { ...keyOf(id), payload: { ...stored }, sessionId, expiresAt });
    },
    async find(id) {
      const found = await findPayload(master, keyOf(id), new Date(clock()));
      if (found === null) return undefined;
      const { payload, consumedAt } = found;
      return {
        ...payload,
        ...(model === 'Client' ? {} : { jti: id }),
        ...(model === 'Interaction' ? { returnTo: `${issuer}${oauthPaths.authorize}/${id}` } : {}),
        ...(consumedAt === null ? {} : { consumed: seconds(consumedAt) }),
      };
    },
    destroy: (id) => deletePayload(master, keyOf(id)),
  };
}

/** How long a code that was traded is known again, so that whoever copied it gives itself away. */
const rememberCodesMs = 86_400_000;

/** A code is traded once, also by two who try at the same moment; a second try ends what the first one opened. */
function codes(deps: AdapterDeps): Adapter {
  const { master, clock } = deps;
  const keyOf = (id: string) => ({ model: 'AuthorizationCode' as const, idHash: sha256(id) });
  const known = (id: string) => findPayload(master, keyOf(id), new Date(clock() - rememberCodesMs));
  const endOf = async (id: string) => {
    const { grantId } = (await known(id))?.payload ?? {};
    if (typeof grantId === 'string') await end(deps, grantId, 'code_reused');
  };
  const stored = payloads(deps, 'AuthorizationCode');
  return {
    ...stored,
    async find(id) {
      const found = await known(id);
      const late = found !== null && found.expiresAt.getTime() <= clock();
      if (!late) return stored.find(id);
      if (found.consumedAt !== null) await endOf(id);
      return undefined;
    },
    async consume(id) {
      if (await consumePayload(master, keyOf(id), new Date(clock()))) return;
      await endOf(id);
      throw new errors.InvalidGrant('authorization code already consumed');
    },
  };
}

/** A grant of the library is a session of ours. It is opened by the person's answer, never by the library. */
function grants(deps: AdapterDeps): Adapter {
  const { master, clock, issuer } = deps;
  return {
    ...nothing,
    upsert: () => Promise.reject(new Error('a consent is opened by its owner alone')),
    async find(id) {
      const consent = isSessionId(id) ? await findConsent(master, id, new Date(clock())) : null;
      if (consent === null) return undefined;
      return {
        kind: 'Grant',
        jti: id,
        accountId: consent.userId,
        clientId: consent.clientId,
        iat: seconds(consent.createdAt),
        exp: seconds(consent.absoluteExpiresAt),
        resources: { [resourceOf(issuer, consent.audience as Audience)]: consent.scope },
      };
    },
    destroy: endGiven(deps),
  };
}

const tokenPayload = (id: string, token: FoundToken): AdapterPayload => ({
  jti: id,
  accountId: token.userId,
  clientId: token.clientId,
  grantId: token.sessionId,
  gty: 'authorization_code',
  scope: token.tokenScope,
  iat: seconds(token.createdAt),
  exp: seconds(token.expiresAt),
  ...(token.jkt === null ? {} : { jkt: token.jkt }),
});

function accessTokens(deps: AdapterDeps): Adapter {
  const { master, clock, issuer } = deps;
  return {
    ...nothing,
    async upsert(id, { grantId = '', scope = '', jkt = null, clientId = '' }) {
      const now = clock();
      const kept = await addAccessToken(
        master,
        {
          hash: sha256(id),
          sessionId: grantId,
          scope,
          jkt,
          expiresAt: new Date(now + accessTokenMs),
          idleExpiresAt: new Date(now + sessionLimits.oauth.idle),
        },
        new Date(now),
      );
      assertKept(kept, 'the consent has ended, or its tokens are bound to another key');
      await keepClient(master, sha256(clientId), new Date(now + usedClientMs));
    },
    async find(id) {
      const token = await findAccessToken(master, sha256(id), new Date(clock()));
      if (token === null) return undefined;
      const aud = resourceOf(issuer, token.audience as Audience);
      return { ...tokenPayload(id, token), kind: 'AccessToken', aud };
    },
    revokeByGrantId: endGiven(deps),
  };
}

/**
 * Each is traded for a new one. One that was traded still works for the grace, and gives a sibling: an answer that was lost
 * on the way locks nobody out. After that it can only be a copy, and its whole consent ends.
 */
function refreshTokens({ master, clock, issuer }: AdapterDeps): Adapter {
  const usedSince = () => new Date(clock() - refreshGraceMs);
  return {
    ...nothing,
    async upsert(id, { grantId = '', rotations = 0 }) {
      const now = clock();
      const parent = Provider.ctx?.oidc.entities.RotatedRefreshToken?.jti;
      const kept = await addRefreshToken(
        master,
        {
          hash: sha256(id),
          sessionId: grantId,
          generation: rotations,
          parentHash: parent === undefined ? null : sha256(parent),
          expiresAt: new Date(now + sessionLimits.oauth.idle),
        },
        new Date(now),
      );
      assertKept(kept, 'the consent has ended');
    },
    async find(id) {
      const now = new Date(clock());
      const presented = await presentRefreshToken(master, sha256(id), usedSince(), now);
      if (presented.outcome === 'reused') {
        const { userId: chain, sessionId: ref } = presented;
        await appendAudit(master, { chain, event: 'session.refresh_reused', actor: 'guest', ref }, now);
      }
      if (presented.outcome !== 'usable') return undefined;
      const { token } = presented;
      return {
        ...tokenPayload(id, token),
        kind: 'RefreshToken',
        scope: token.scope,
        resource: resourceOf(issuer, token.audience as Audience),
        rotations: token.generation,
        iiat: seconds(token.createdAt),
      };
    },
    async consume(id) {
      const consumed = await consumeRefreshToken(master, sha256(id), usedSince(), new Date(clock()));
      assertKept(consumed, 'refresh token already used');
    },
  };
}

/** Proofs at the token endpoint are remembered where all proofs are. */
function proofs({ master, clock }: AdapterDeps): Adapter {
  return {
    ...nothing,
    async upsert(id, _payload, expiresIn = 0) {
      const expiresAt = new Date(clock() + expiresIn * 1_000);
      if (!(await useProofOnce(master, { hash: sha256(id), expiresAt })))
        throw new errors.InvalidDpopProof('the proof was used before');
    },
  };
}

/** @returns for the name of a model, where it is kept; a session of the library's own is kept nowhere */
export function createAdapter(deps: AdapterDeps): (model: string) => Adapter {
  const adapters: Readonly<Record<string, Adapter>> = {
    Client: payloads(deps, 'Client'),
    Interaction: payloads(deps, 'Interaction'),
    AuthorizationCode: codes(deps),
    Grant: grants(deps),
    AccessToken: accessTokens(deps),
    RefreshToken: refreshTokens(deps),
    ReplayDetection: proofs(deps),
  };
  return (model) => adapters[model] ?? nothing;
}
