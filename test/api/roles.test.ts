/**
 * Role by route: for every operation of the table who is let in, who is not and in which words, by what the route declares;
 * what another one's id is worth; and what is in no answer. A new route fails here until it is answered for.
 */
import { uuidv7 } from '@vivim/contract/random';
import { type Operation, operations, type Route, routes } from '@vivim/contract/routes';
import { describe, expect, it } from 'vitest';
import { useGateway } from '../kit/gateway.ts';
import { describeMasters } from '../kit/masters.ts';
import { signIn } from '../kit/sign-in.ts';
import { leaksIn, type Said, saidIn } from './roles/absent.ts';
import { type Ask, ask, byProof, type Credential, type Heard, nobody } from './roles/ask.ts';
import { foreignIds, rowsOf } from './roles/foreign-ids.ts';
import { ownRequests, type Scene } from './roles/own-requests.ts';
import { type Role, roles } from './roles/roles.ts';

const verdict = ({ status, body }: Heard): string => `${status} ${String(body.code ?? 'ok')}`;
/** An answer to HEAD says no more than its status. */
const heardOf = (operation: Operation, refusal: string): string =>
  routeOf(operation).method === 'HEAD' ? `${refusal.split(' ')[0]} ok` : refusal;
const routeOf = (operation: Operation): Route => routes[operation];
const scoped = operations.filter((operation) => routes[operation].scope !== null);
const open = operations.filter((operation) => routes[operation].scope === null);
const takesId = scoped.filter(
  // A name is one's own: it cannot be anybody else's.
  (operation) =>
    /\{(id|uid)\}/.test(routes[operation].path) &&
    routes[operation].owner === 'gateway' &&
    // Whom an operator looks at is somebody else, and named by no more than their id.
    !routes[operation].operator,
);

describeMasters('role by route', (kind) => {
  const gateway = useGateway(kind, { recoveryDelayMs: 0 });
  const said: Said[] = [];
  /** Roles that do not depend on whose request it is, played by others, once. */
  const strangers = new Map<Role, Promise<Credential>>();

  async function newScene(operation: Operation): Promise<{ scene: Scene; request: Ask }> {
    const scene: Scene = { gateway: gateway(), owner: await signIn(gateway()), friends: [] };
    return { scene, request: (await ownRequests[operation].make?.(scene)) ?? {} };
  }

  async function hear(operation: Operation, request: Ask, credential: Credential, scene: Scene | null, who: string) {
    const heard = await ask(gateway(), operation, request, credential);
    const friends = scene?.friends.map(({ userId }) => userId) ?? [];
    const answer = saidIn(`${operation}, ${who}`, scene?.owner.userId ?? null, friends, heard);
    said.push({ ...answer, namesAccounts: routes[operation].operator });
    return verdict(heard);
  }

  /** Whoever is refused whatever they ask may be anybody. */
  function stranger(role: Role): Promise<Credential> {
    const known = strangers.get(role) ?? signIn(gateway()).then((person) => role.become(gateway(), person));
    strangers.set(role, known);
    return known;
  }

  it.each(scoped)(
    '%s: whoever may not is refused, whatever they bring; then its owner is let in',
    async (operation) => {
      const { scene, request } = await newScene(operation);
      const passed = gateway().passed.length;
      const told: string[] = [];
      const wanted: string[] = [];
      for (const role of roles) {
        const refusal = role.refused(routeOf(operation));
        if (refusal === null) continue;
        const { owner } = scene;
        const credential = role.restore === undefined ? await stranger(role) : await role.become(gateway(), owner);
        told.push(
          `${role.name}: ${await hear(operation, request, credential, role.restore === undefined ? null : scene, role.name)}`,
        );
        wanted.push(`${role.name}: ${heardOf(operation, refusal)}`);
        await role.restore?.(gateway(), owner);
      }
      expect(told).toEqual(wanted);
      expect(gateway().passed).toHaveLength(passed);
      const owners = await hear(operation, request, byProof(gateway(), scene.owner), scene, 'its owner');
      expect(owners).toBe(ownRequests[operation].answers);
      if (routes[operation].owner === 'engine')
        expect(
          gateway()
            .passed.slice(passed)
            .map(({ userId }) => userId),
        ).toEqual([scene.owner.userId]);
    },
  );

  describe.each(roles.filter(({ refused }) => scoped.some((operation) => refused(routeOf(operation)) === null)))(
    '$name is let in like its owner',
    (role) => {
      it.each(scoped.filter((operation) => role.refused(routeOf(operation)) === null))('to %s', async (operation) => {
        const { scene, request } = await newScene(operation);
        const credential = await role.become(gateway(), scene.owner);
        const { answers, whileDeleting = answers } = ownRequests[operation];
        const wanted = role.name.includes('erased') ? whileDeleting : answers;
        expect(await hear(operation, request, credential, scene, role.name)).toBe(wanted);
      });
    },
  );

  it.each(open)('%s: guests are let in, and no credential makes a difference', async (operation) => {
    const comers: [string, () => Promise<Credential>][] = [
      ['a guest', async () => nobody],
      ...roles.map((role): [string, () => Promise<Credential>] => [role.name, () => stranger(role)]),
    ];
    const told: string[] = [];
    for (const [name, credential] of comers) {
      const { scene, request } = await newScene(operation);
      // What a guest brings to prove a key is not the proof of a session.
      const { dpop: _, ...headers } = (await credential())('POST', '/');
      const friends = { ...scene, owner: scene.owner };
      told.push(`${name}: ${await hear(operation, request, () => headers, friends, name)}`);
    }
    expect(told).toEqual(comers.map(([name]) => `${name}: ${ownRequests[operation].answers}`));
  });

  it.each(takesId)(
    '%s: another one’s id is as unknown as any, to the byte, and nothing of theirs changes',
    async (operation) => {
      const { scene, request } = await newScene(operation);
      const other = await signIn(gateway());
      const idOf = foreignIds[operation];
      if (idOf === undefined) throw new Error(`say in foreign-ids.ts whose id ${operation} takes`);
      const foreign = await idOf(gateway(), other);
      const before = await rowsOf(gateway(), other);
      const credential = byProof(gateway(), scene.owner);
      const answered = async (id: string) => {
        const heard = await ask(gateway(), operation, { ...request, params: { id, uid: id } }, credential);
        const headers = [...heard.headers].filter(([name]) => name !== 'date').sort();
        return { status: heard.status, headers, text: heard.text };
      };
      const unknown = await answered(uuidv7());
      expect([unknown.status, JSON.parse(unknown.text)]).toMatchObject([404, { code: 'not_found' }]);
      expect(await answered(foreign)).toEqual(unknown);
      expect(await rowsOf(gateway(), other)).toBe(before);
    },
  );

  it('no answer of all these held anything of anybody else, nor what opens or names a space', async () => {
    expect(said.length).toBeGreaterThan(operations.length);
    const { storageId } = gateway().passed[0] ?? { storageId: 'nobody came through' };
    const control: Said = { what: 'a leak', userId: null, friends: [], text: `{"place":"${storageId}"}` };
    expect(await leaksIn(gateway(), [control])).toHaveLength(1);
    expect(await leaksIn(gateway(), said)).toEqual([]);
  });
});

describe('the table', () => {
  it('has a role that is refused at each kind of door', () => {
    const told = new Set(roles.flatMap(({ refused }) => scoped.map((operation) => refused(routeOf(operation)))));
    for (const verdictOf of ['401 stepup_required', '403 recovery_frozen', '403 account_deleting', '403 csrf_rejected'])
      expect(told).toContain(verdictOf);
  });
});
