/**
 * What the authorization server for applications remembers, by the SHA-256 of its id. The payload never holds the id itself:
 * whoever reads this table cannot use what it finds. Knows nothing of what a payload means.
 */
import { sql } from 'kysely';
import type { Master } from './db.ts';

export type PayloadModel = 'Client' | 'Interaction' | 'AuthorizationCode';
export type Payload = Readonly<Record<string, unknown>>;

export interface PayloadKey {
  readonly model: PayloadModel;
  readonly idHash: Uint8Array;
}

export interface StoredPayload {
  readonly payload: Payload;
  readonly consumedAt: Date | null;
  readonly expiresAt: Date;
}

export async function putPayload(
  master: Master,
  row: PayloadKey & { readonly payload: Payload; readonly sessionId: string | null; readonly expiresAt: Date },
): Promise<void> {
  const payload = JSON.stringify(row.payload);
  await master.db
    .insertInto('oauth_payloads')
    .values({
      model: row.model,
      id_h: row.idHash,
      payload: sql`${payload}::jsonb`,
      session_id: row.sessionId,
      expires_at: row.expiresAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['model', 'id_h'])
        .doUpdateSet({ payload: sql`excluded.payload`, expires_at: sql`excluded.expires_at` }),
    )
    .execute();
}

/** Null when it is unknown, or ended before `notBefore`. */
export async function findPayload(master: Master, key: PayloadKey, notBefore: Date): Promise<StoredPayload | null> {
  const row = await master.db
    .selectFrom('oauth_payloads')
    .select(['payload', 'consumed_at', 'expires_at'])
    .where('model', '=', key.model)
    .where('id_h', '=', key.idHash)
    .where('expires_at', '>', notBefore)
    .executeTakeFirst();
  return row === undefined ? null : { payload: row.payload, consumedAt: row.consumed_at, expiresAt: row.expires_at };
}

/** True for the first of however many who try at once; false for everybody after. */
export async function consumePayload(master: Master, key: PayloadKey, now: Date): Promise<boolean> {
  const row = await master.db
    .updateTable('oauth_payloads')
    .set({ consumed_at: now })
    .where('model', '=', key.model)
    .where('id_h', '=', key.idHash)
    .where('consumed_at', 'is', null)
    .returning('model')
    .executeTakeFirst();
  return row !== undefined;
}

export async function deletePayload(master: Master, key: PayloadKey): Promise<void> {
  await master.db.deleteFrom('oauth_payloads').where('model', '=', key.model).where('id_h', '=', key.idHash).execute();
}

/** An application that is used is remembered until then, at least. */
export async function keepClient(master: Master, idHash: Uint8Array, until: Date): Promise<void> {
  await master.db
    .updateTable('oauth_payloads')
    .set({ expires_at: until })
    .where('model', '=', 'Client')
    .where('id_h', '=', idHash)
    .where('expires_at', '<', until)
    .execute();
}

/** Gives a consent that is asked for its answer, if it has none yet. False where somebody answered before, or it is too old. */
export async function answerInteraction(
  master: Master,
  idHash: Uint8Array,
  result: Payload,
  now: Date,
): Promise<boolean> {
  const row = await master.db
    .updateTable('oauth_payloads')
    .set({ payload: sql`payload || jsonb_build_object('result', ${JSON.stringify(result)}::jsonb)` })
    .where('model', '=', 'Interaction')
    .where('id_h', '=', idHash)
    .where('expires_at', '>', now)
    .where(sql<boolean>`not jsonb_exists(payload, 'result')`)
    .returning('model')
    .executeTakeFirst();
  return row !== undefined;
}
