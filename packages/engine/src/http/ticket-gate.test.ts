import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { uuidv7 } from '@vivim/contract/random';
import { type TicketPayload, ticketSigningInput } from '@vivim/contract/ticket';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ticketGate } from './ticket-gate.ts';

const now = 1_800_000_000_000;
const gateway = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const publicKeyOf = (key: KeyObject) => (key.export({ format: 'jwk' }) as { x: string }).x;
const alice = { storageId: uuidv7() as StorageId, userId: uuidv7() as UserId, fence: 3 };
const bob = { storageId: uuidv7() as StorageId, userId: uuidv7() as UserId, fence: 3 };
const gateOf = (owner: typeof alice) => ticketGate(owner, publicKeyOf(gateway.publicKey), () => now);

const payload = (changes: Partial<TicketPayload> = {}): TicketPayload => ({
  aud: alice.storageId,
  sub: alice.userId,
  sid: uuidv7(),
  scopes: ['memory:read'],
  fence: 3,
  jti: uuidv7(),
  exp: now / 1000 + 30,
  ...changes,
});
function ticket(content: object, key: KeyObject = gateway.privateKey): string {
  const encoded = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${encoded}.${sign(null, Buffer.from(ticketSigningInput(encoded)), key).toString('base64url')}`;
}
const refusal = expect.objectContaining({ code: 'ticket_invalid' });
const admit = (text: string | null, gate = gateOf(alice)) => {
  try {
    return gate.admit(text);
  } catch (error) {
    return error;
  }
};

describe('the ticket gate', () => {
  it('admits a fresh ticket of its own space, once', () => {
    const gate = gateOf(alice);
    const good = ticket(payload());
    expect(admit(good, gate)).toMatchObject({ aud: alice.storageId });
    expect(admit(good, gate)).toEqual(refusal);
  });

  it("refuses Alice's ticket at Bob's door", () => {
    expect(admit(ticket(payload()), gateOf(bob))).toEqual(refusal);
    expect(admit(ticket(payload({ aud: bob.storageId })), gateOf(bob))).toEqual(refusal);
  });

  it.each([
    ['for another space of the same person', payload({ aud: bob.storageId })],
    ['expired', payload({ exp: now / 1000 - 1 })],
    ['made to last', payload({ exp: now / 1000 + 60 })],
    ['of an older fence', payload({ fence: 2 })],
    ['without a jti', { ...payload(), jti: undefined }],
    ['with a word too many', { ...payload(), admin: true }],
    ['with an unknown scope', { ...payload(), scopes: ['everything'] }],
  ])('refuses one %s', (_, content) => {
    expect(admit(ticket(content))).toEqual(refusal);
  });

  it('refuses one signed by somebody else, and none at all', () => {
    expect(admit(ticket(payload(), stranger.privateKey))).toEqual(refusal);
    expect(admit(null)).toEqual(refusal);
    expect(admit('')).toEqual(refusal);
  });

  it('never goes back behind a fence it has seen', () => {
    const gate = gateOf(alice);
    expect(admit(ticket(payload({ fence: 9 })), gate)).toMatchObject({ fence: 9 });
    expect(admit(ticket(payload({ fence: 8 })), gate)).toEqual(refusal);
  });

  it('refuses every ticket with one character changed', () => {
    const good = ticket(payload());
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom('A', 'b', '0', '-', '=', ' ', '.'), (at, letter) => {
        fc.pre(good[at] !== letter);
        // The last character of a base64url signature carries unused bits: another spelling of the same bytes is fine.
        fc.pre(at !== good.length - 1);
        expect(admit(good.slice(0, at) + letter + good.slice(at + 1))).toEqual(refusal);
      }),
    );
  });
});
