/**
 * Where people agreed that their texts may go. It stands here and not in their spaces, so that an engine that was taken over by
 * a hostile file can name no address of its own. Hashes alone: master is not to know which services somebody uses.
 */
import { createHash } from 'node:crypto';
import type { UserId } from '@vivim/contract/ids';
import type { ModelAddress, ModelPurpose } from '@vivim/contract/model-services';
import type { Master } from './db.ts';

/** One purpose, one address, one model. */
interface ModelGrant {
  readonly service: string;
  readonly purpose: ModelPurpose;
  readonly address: Omit<ModelAddress, 'key'>;
}

const hashOf = (userId: UserId, ...words: readonly string[]): Uint8Array =>
  createHash('sha256')
    .update(JSON.stringify([userId, ...words]))
    .digest();
const grantHash = (userId: UserId, { purpose, address: { kind, baseUrl, model } }: ModelGrant): Uint8Array =>
  hashOf(userId, 'grant', purpose, kind, baseUrl, model);
const serviceHash = (userId: UserId, service: string): Uint8Array => hashOf(userId, 'service', service);

/** Takes the place of what was agreed to for this service and purpose. */
async function giveModelGrant(master: Master, userId: UserId, grant: ModelGrant, nowMs: number): Promise<void> {
  const given = { grant_h: grantHash(userId, grant), given_at: new Date(nowMs) };
  await master.db
    .insertInto('model_grants')
    .values({ user_id: userId, service_h: serviceHash(userId, grant.service), purpose: grant.purpose, ...given })
    .onConflict((c) => c.columns(['user_id', 'service_h', 'purpose']).doUpdateSet(given))
    .execute();
}

/** @param purpose left out: all */
async function withdrawModelGrants(
  master: Master,
  userId: UserId,
  service: string,
  purpose?: ModelPurpose,
): Promise<void> {
  let gone = master.db
    .deleteFrom('model_grants')
    .where('user_id', '=', userId)
    .where('service_h', '=', serviceHash(userId, service));
  if (purpose !== undefined) gone = gone.where('purpose', '=', purpose);
  await gone.execute();
}

async function hasModelGrant(master: Master, userId: UserId, grant: ModelGrant): Promise<boolean> {
  const found = await master.db
    .selectFrom('model_grants')
    .select('purpose')
    .where('user_id', '=', userId)
    .where('service_h', '=', serviceHash(userId, grant.service))
    .where('purpose', '=', grant.purpose)
    .where('grant_h', '=', grantHash(userId, grant))
    .executeTakeFirst();
  return found !== undefined;
}

async function hasAnyModelGrant(master: Master, userId: UserId): Promise<boolean> {
  const found = await master.db
    .selectFrom('model_grants')
    .select('purpose')
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

/** All of them over one master. */
export const modelGrantsOf = (master: Master) => ({
  give: (userId: UserId, grant: ModelGrant, nowMs: number) => giveModelGrant(master, userId, grant, nowMs),
  withdraw: (userId: UserId, service: string, purpose?: ModelPurpose) =>
    withdrawModelGrants(master, userId, service, purpose),
  has: (userId: UserId, grant: ModelGrant) => hasModelGrant(master, userId, grant),
  hasAny: (userId: UserId) => hasAnyModelGrant(master, userId),
});
