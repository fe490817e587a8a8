import { createPublicKey, verify } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TicketPayload, ticketSigningInput } from '@vivim/contract/ticket';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerOf, newRow } from '../../../../test/kit/fleet/fleet-kit.ts';
import { openTicketOffice } from './tickets.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'vivim-test-'));
});
afterAll(() => rm(directory, { recursive: true }));

const now = 1_800_000_000_000;
const office = () => openTicketOffice(join(directory, 'keys', 'ticket-key'), () => now);

function read(ticket: string, publicKey: string): { genuine: boolean; payload: TicketPayload } {
  const [encoded = '', signature = ''] = ticket.split('.');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return {
    genuine: verify(null, Buffer.from(ticketSigningInput(encoded)), key, Buffer.from(signature, 'base64url')),
    payload: TicketPayload.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString())),
  };
}

test('a ticket is signed, names one space and one person, and ends after thirty seconds', async () => {
  const { mint, publicKey } = await office();
  const row = { ...newRow(), fence: 7 };
  const caller = callerOf(row);
  const { genuine, payload } = read(mint(row, caller), publicKey);
  expect(genuine).toBe(true);
  expect(payload).toEqual({
    aud: row.storageId,
    sub: row.userId,
    sid: caller.sessionId,
    scopes: ['memory:read'],
    fence: 7,
    jti: expect.any(String),
    exp: now / 1000 + 30,
  });
});

test('no two tickets share an id', async () => {
  const { mint, publicKey } = await office();
  const row = newRow();
  const ids = Array.from({ length: 1_000 }, () => read(mint(row, callerOf(row)), publicKey).payload.jti);
  expect(new Set(ids).size).toBe(1_000);
});

test('the key is made once, and for its owner alone', async () => {
  const [first, second] = [await office(), await office()];
  expect(second.publicKey).toBe(first.publicKey);
  expect((await stat(join(directory, 'keys', 'ticket-key'))).mode & 0o777).toBe(0o600);
});
