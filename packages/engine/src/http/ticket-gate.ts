/**
 * The lock on an engine's door: a request enters only with a fresh ticket of this gateway, for this space, used once.
 * Never trusts a header beside it.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Clock } from '@vivim/contract/clock';
import { AppError } from '@vivim/contract/errors';
import type { StorageId, UserId } from '@vivim/contract/ids';
import { TicketPayload, ticketLifetimeSeconds, ticketSigningInput } from '@vivim/contract/ticket';

/** `base64url(payload).base64url(Ed25519 signature)`: 86 characters are 64 bytes. */
const compact = /^([A-Za-z0-9_-]{1,2000})\.([A-Za-z0-9_-]{86})$/;

export interface TicketGate {
  /** @throws AppError `ticket_invalid` without saying which check failed */
  admit(ticket: string | null): TicketPayload;
}

/** @param gatewayKey raw Ed25519 public key, base64url */
export function ticketGate(
  owner: { storageId: StorageId; userId: UserId; fence: number },
  gatewayKey: string,
  clock: Clock,
): TicketGate {
  const key: KeyObject = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: gatewayKey }, format: 'jwk' });
  const used = new Map<string, number>();
  let fence = owner.fence;
  const forget = (nowSeconds: number) => {
    for (const [jti, exp] of used) {
      if (exp >= nowSeconds) return;
      used.delete(jti);
    }
  };
  return {
    admit(ticket) {
      const parts = compact.exec(ticket ?? '');
      if (parts === null) throw new AppError('ticket_invalid');
      const [, encoded = '', signature = ''] = parts;
      const genuine = verify(null, Buffer.from(ticketSigningInput(encoded)), key, Buffer.from(signature, 'base64url'));
      if (!genuine) throw new AppError('ticket_invalid');
      const payload = payloadOf(encoded);
      if (payload === null) throw new AppError('ticket_invalid');
      const now = clock() / 1000;
      const fresh = payload.exp >= now && payload.exp <= now + ticketLifetimeSeconds + 1;
      const ours = payload.aud === owner.storageId && payload.sub === owner.userId && payload.fence >= fence;
      if (!fresh || !ours || used.has(payload.jti)) throw new AppError('ticket_invalid');
      forget(now);
      used.set(payload.jti, payload.exp);
      fence = payload.fence;
      return payload;
    },
  };
}

function payloadOf(encoded: string): TicketPayload | null {
  try {
    return TicketPayload.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}
