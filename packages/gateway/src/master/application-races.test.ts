/** Applications, raced: twenty connections of two gateways answer one consent, trade one code, bring one stale token. */
import { randomBytes } from 'node:crypto';
import { uuidv7 } from '@vivim/contract/random';
import { expect, it } from 'vitest';
import { useCrowd } from '../../../../test/kit/crowd.ts';
import { newIdentityRow } from '../../../../test/kit/identity-rows.ts';
import { describeMasters } from '../../../../test/kit/masters.ts';
import {
  addAccessToken,
  addRefreshToken,
  consumeRefreshToken,
  endConsent,
  openConsent,
  presentRefreshToken,
} from './application-sessions.ts';
import { createIdentity } from './identities.ts';
import { answerInteraction, consumePayload, putPayload } from './oauth-payloads.ts';
import { openSession } from './session-opening.ts';

const now = new Date('2026-11-23T06:00:00.000Z');
const minute = 60_000;
const later = (ms: number) => new Date(now.getTime() + ms);
const bytes = () => new Uint8Array(randomBytes(32));
const usedSince = (at: Date) => new Date(at.getTime() - 30_000);
/** Each race is run this often: once proves little. */
const rounds = Array.from({ length: 5 }, (_, index) => index);

describeMasters('of twenty at once', (kind) => {
  const { master, at20 } = useCrowd(kind);

  /** A person who is in, and asked for a consent. */
  async function newQuestion() {
    const person = newIdentityRow();
    const { userId } = person;
    await createIdentity(master(), person, now);
    const actor = uuidv7();
    const ends = { idleExpiresAt: later(60 * minute), absoluteExpiresAt: later(60 * minute) };
    const tokens = [{ hash: bytes(), type: 'cookie' as const, expiresAt: later(60 * minute) }];
    const session = {
      sessionId: actor,
      kind: 'cookie' as const,
      jkt: null,
      scopes: [],
      audience: 'v1',
      tokens,
      ...ends,
    };
    await openSession(master(), session, { kid: person.key.kid, did: null, amr: 'key', network: 'unknown' }, now);
    const idHash = bytes();
    const payload = { asked: true };
    await putPayload(master(), { model: 'Interaction', idHash, payload, sessionId: null, expiresAt: later(minute) });
    const consent = () => ({
      askedHash: idHash,
      result: { consent: { grantId: 'x' } },
      sessionId: uuidv7(),
      userId,
      actor,
      deviceId: null,
      clientId: 'client',
      clientName: 'Notes',
      scope: 'memory:read',
      audience: 'http://localhost/mcp',
      ...ends,
    });
    return { userId, idHash, consent };
  }

  it.each(rounds)('one answers a question, with a yes or a no (%i)', async () => {
    const { userId, idHash, consent } = await newQuestion();
    const answered = await at20((one, index) =>
      index % 4 === 0
        ? answerInteraction(one, idHash, { error: 'access_denied' }, now)
        : openConsent(one, consent(), now),
    );
    expect(answered.filter(Boolean)).toHaveLength(1);
    const { db } = master();
    const sessions = db.selectFrom('sessions').where('user_id', '=', userId).where('kind', '=', 'oauth');
    expect(await sessions.selectAll().execute()).toHaveLength(answered.findIndex(Boolean) % 4 === 0 ? 0 : 1);
  });

  it.each(rounds)('one trades a code (%i)', async () => {
    const key = { model: 'AuthorizationCode' as const, idHash: bytes() };
    await putPayload(master(), { ...key, payload: {}, sessionId: null, expiresAt: later(minute) });
    expect((await at20((one) => consumePayload(one, key, now))).filter(Boolean)).toHaveLength(1);
  });

  it.each(rounds)('one finds out that a refresh token was stolen, and nobody gets anything any more (%i)', async () => {
    const { consent } = await newQuestion();
    const asked = consent();
    await openConsent(master(), asked, now);
    const { sessionId } = asked;
    const hash = bytes();
    const token = { hash, sessionId, generation: 0, parentHash: null, expiresAt: later(30 * minute) };
    await addRefreshToken(master(), token, now);
    expect(await consumeRefreshToken(master(), hash, usedSince(now), now)).toBe(true);
    const at = later(31_000);
    const outcomes = await at20((one) => presentRefreshToken(one, hash, usedSince(at), at));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['reused', ...Array<string>(19).fill('unknown')]);
    const access = { hash: bytes(), sessionId, scope: 'memory:read', jkt: null, expiresAt: later(40 * minute) };
    expect(await addAccessToken(master(), { ...access, idleExpiresAt: later(60 * minute) }, at)).toBe(false);
    expect(await addRefreshToken(master(), { ...token, hash: bytes() }, at)).toBe(false);
  });

  it.each(rounds)('one binds an application to its key (%i)', async () => {
    const { consent } = await newQuestion();
    const asked = consent();
    await openConsent(master(), asked, now);
    const bound = await at20((one, index) => {
      const access = { hash: bytes(), sessionId: asked.sessionId, scope: 'memory:read', jkt: `key-${index}` };
      return addAccessToken(one, { ...access, expiresAt: later(minute), idleExpiresAt: later(minute) }, now);
    });
    expect(bound.filter(Boolean)).toHaveLength(1);
  });

  it.each(rounds)('one ends a consent (%i)', async () => {
    const { userId, consent } = await newQuestion();
    const asked = consent();
    await openConsent(master(), asked, now);
    const ended = await at20((one) => endConsent(one, asked.sessionId, 'test', now));
    expect(ended.filter((whose) => whose === userId)).toHaveLength(1);
    expect(ended.filter((whose) => whose === null)).toHaveLength(19);
  });
});
