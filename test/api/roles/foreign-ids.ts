/** For every operation of the gateway that takes an id of somebody's: an id of somebody else's. */
import type { Operation } from '@vivim/contract/routes';
import { authorizeUrl, newApplication, newAttempt } from '../../kit/applications.ts';
import { askForDevice } from '../../kit/devices.ts';
import { askForRecovery, printRecoveryKey } from '../../kit/recovery.ts';
import type { SignedIn } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';

type IdOf = (gateway: TestGateway, other: SignedIn) => Promise<string>;

const deviceOf: IdOf = async (_, other) => {
  const { body } = await other.send('GET', '/v1/devices');
  return (body.items as { id: string }[])[0]?.id ?? '';
};
const deviceRequestOf: IdOf = async (gateway, { identity }) => (await askForDevice(gateway, identity.did)).requestId;
const recoveryOf: IdOf = async (gateway, other) =>
  (await askForRecovery(gateway, other.identity.did, await printRecoveryKey(other))).id;
/** A question that was begun in the other one's browser. */
const questionOf: IdOf = async (gateway) => {
  const attempt = newAttempt(gateway, await newApplication(gateway));
  const answer = await fetch(authorizeUrl(gateway, attempt), { headers: { accept: 'text/html' }, redirect: 'manual' });
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
};

export const foreignIds: Readonly<Partial<Record<Operation, IdOf>>> = {
  revokeSession: async (_, { sessionId }) => sessionId,
  getConsentRequest: questionOf,
  answerConsentRequest: questionOf,
  updateDevice: deviceOf,
  revokeDevice: deviceOf,
  approveDevice: deviceRequestOf,
  refuseDevice: deviceRequestOf,
  vetoRecovery: recoveryOf,
  vouchForRecovery: recoveryOf,
};

/** Everything master has of a person, without what looking moves along. */
export async function rowsOf({ master }: TestGateway, { userId }: SignedIn): Promise<string> {
  const { db } = master;
  const of = (table: 'users' | 'keys' | 'key_log' | 'devices' | 'device_requests' | 'recovery_requests') =>
    db.selectFrom(table).where('user_id', '=', userId).selectAll().execute();
  const sessions = db
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .select(['session_id', 'revoked_at', 'scope']);
  const tables = ['users', 'keys', 'key_log', 'devices', 'device_requests', 'recovery_requests'] as const;
  const rows = [...(await Promise.all(tables.map(of))), await sessions.execute()];
  return JSON.stringify(rows.map((table) => table.map((row) => JSON.stringify(row)).sort()));
}
