/** Who may come to a door, and what they are told there by what the route declares of itself. */
import type { Route } from '@vivim/contract/routes';
import { expect } from 'vitest';
import { connectApplication, newApplication, TestBrowser } from '../../kit/applications.ts';
import { addDevice, revokeDevice } from '../../kit/devices.ts';
import { printRecoveryKey } from '../../kit/recovery.ts';
import { type SignedIn, signIn, signInBrowser } from '../../kit/sign-in.ts';
import type { TestGateway } from '../../kit/test-gateway.ts';
import { byBearer, byCookie, byProof, type Credential, nobody } from './ask.ts';

export interface Role {
  readonly name: string;
  /** What the route must answer them; null: what it answers its owner. */
  readonly refused: (route: Route) => string | null;
  /** Gives `owner` this role, or what they hold. @returns how they come */
  readonly become: (gateway: TestGateway, owner: SignedIn) => Promise<Credential>;
  /** Makes them what they were. */
  readonly restore?: (gateway: TestGateway, owner: SignedIn) => Promise<void>;
}

const hour = 3_600_000;

async function tokenOf(owner: SignedIn, scopes: readonly string[]): Promise<Credential> {
  const { status, body } = await owner.send('POST', '/v1/tokens', { json: { scopes, days: 1 } });
  expect(status).toBe(201);
  return byBearer(String(body.token));
}

const setUser = ({ master }: TestGateway, { userId }: SignedIn, values: object) =>
  master.db.updateTable('users').set(values).where('user_id', '=', userId).execute();
const setSession = ({ master }: TestGateway, { sessionId }: SignedIn, values: object) =>
  master.db.updateTable('sessions').set(values).where('session_id', '=', sessionId).execute();

/** What routes of operators answer whoever is none. */
const notThere = '404 not_found';

/** What of these there is differs at the doors of operators: whoever is none finds no door. */
const atDoors: readonly Role[] = [
  { name: 'a guest', refused: () => '401 auth_required', become: async () => nobody },
  {
    name: 'a script with a scope no route asks for',
    refused: () => '403 insufficient_scope',
    become: (_, owner) => tokenOf(owner, ['share:read']),
  },
  {
    name: 'a script that may read the account',
    refused: ({ scope }) => (scope === 'account:read' ? null : '403 insufficient_scope'),
    become: (_, owner) => tokenOf(owner, ['account:read']),
  },
  {
    name: 'an application let in to another part of the server',
    refused: () => '401 token_invalid',
    async become(gateway, owner) {
      const { cookie } = await signInBrowser(gateway, owner.identity);
      const change = { scope: 'memory:read memory:write account:read' };
      const browser = new TestBrowser([cookie]);
      return byBearer((await connectApplication(gateway, await newApplication(gateway), browser, change)).access);
    },
  },
  {
    name: 'a cookie without an Origin',
    refused: ({ method }) => (method === 'GET' || method === 'HEAD' ? null : '403 csrf_rejected'),
    become: async (gateway, owner) =>
      byCookie(gateway, (await signInBrowser(gateway, owner.identity)).cookie, 'nowhere'),
  },
  {
    name: 'one whose last signature is old',
    refused: ({ stepUp }) => (stepUp ? '401 stepup_required' : null),
    async become(gateway, owner) {
      await setSession(gateway, owner, { auth_time: new Date(gateway.now() - hour) });
      return byProof(gateway, owner);
    },
    restore: async (gateway, owner) => {
      await setSession(gateway, owner, { auth_time: new Date(gateway.now()) });
    },
  },
  {
    name: 'one who was recovered just now',
    refused: ({ freezes }) => (freezes ? '403 recovery_frozen' : null),
    async become(gateway, owner) {
      await setUser(gateway, owner, { frozen_until: new Date(gateway.now() + hour) });
      return byProof(gateway, owner);
    },
    restore: async (gateway, owner) => {
      await setUser(gateway, owner, { frozen_until: null });
    },
  },
  {
    name: 'one whose account is being erased',
    refused: ({ owner }) => (owner === 'engine' ? '403 account_deleting' : null),
    async become(gateway, owner) {
      await setUser(gateway, owner, { status: 'deleting', erase_at: new Date(gateway.now() + hour) });
      return byProof(gateway, owner);
    },
    restore: async (gateway, owner) => {
      await setUser(gateway, owner, { status: 'active', erase_at: null });
    },
  },
  {
    name: 'a device that was shut out',
    refused: () => '401 session_revoked',
    async become(gateway, owner) {
      const device = await addDevice(gateway, owner);
      expect((await revokeDevice(owner, device)).status).toBe(204);
      return byProof(gateway, device);
    },
  },
  {
    name: 'one whose account is locked',
    refused: () => '401 session_revoked',
    async become(gateway) {
      const person = await signIn(gateway);
      await printRecoveryKey(person);
      expect((await person.send('POST', '/v1/account/lock')).status).toBe(204);
      return byProof(gateway, person);
    },
  },
];

/** Refused by their own words everywhere but there; an operator is told what they lack, and nobody else that there is something. */
const toldToOperators = ['one whose last signature is old', 'one who was recovered just now'];

export const roles: readonly Role[] = atDoors.map((role) => ({
  ...role,
  refused(route) {
    const refusal = role.refused(route);
    if (!route.operator || toldToOperators.includes(role.name)) return refusal;
    return refusal === null && !role.name.includes('erased') ? null : notThere;
  },
}));
