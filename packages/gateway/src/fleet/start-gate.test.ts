/** Engines start a few at a time and in order; those who cannot be served in time are told so; work that nobody waits for comes last. */
import { expect, it } from 'vitest';
import { StartGate, type StartGateOptions, type Urgency } from './start-gate.ts';

function gateOf(options: Partial<StartGateOptions> = {}) {
  const gate = new StartGate({
    startsAtOnce: 2,
    startsWaiting: 3,
    startWaitMs: 60_000,
    hasRoom: () => true,
    ...options,
  });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string, urgency: Urgency = 'request') => {
    const passed = gate.pass(urgency, () => {
      begun.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
    // Whoever waits still when a test has ended is turned away with nobody there to hear it.
    passed.catch(() => {});
    return passed;
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { gate, begun, start, end };
}

it('lets in as many as may start at once, the next in the order they came', async () => {
  const { gate, begun, start, end } = gateOf();
  const all = ['a', 'b', 'c', 'd'].map((name) => start(name));
  await end('none');
  expect([begun, gate.starting, gate.waiting]).toEqual([['a', 'b'], 2, 2]);
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'c', 'd']) await end(name);
  await Promise.all(all);
  expect([gate.starting, gate.waiting]).toEqual([0, 0]);
});

it('turns away whoever finds the line full, saying when to come again', async () => {
  const { start } = gateOf();
  for (const name of ['a', 'b', 'c', 'd', 'e']) void start(name);
  await expect(start('f')).rejects.toMatchObject({ code: 'engine_unavailable', retryAfterSeconds: 30 });
});

it('turns away whoever waited too long, and the others keep their place', async () => {
  const { begun, start, end } = gateOf({ startWaitMs: 20, startsAtOnce: 1 });
  void start('a');
  const late = start('b');
  await expect(late).rejects.toMatchObject({ code: 'engine_unavailable', retryAfterSeconds: 1 });
  void start('c');
  await end('a');
  expect(begun).toEqual(['a', 'c']);
});

it('takes a request before background work that came first, and leaves it a place', async () => {
  const { begun, start, end } = gateOf();
  for (const name of ['w1', 'w2', 'w3']) void start(name, 'background');
  void start('alice');
  await end('none');
  expect(begun).toEqual(['w1', 'alice']);
  void start('bob');
  await end('w1');
  expect(begun).toEqual(['w1', 'alice', 'bob']);
  await end('alice');
  expect(begun).toEqual(['w1', 'alice', 'bob', 'w2']);
});

it('starts nothing while there is no room, and whoever waits when there is', async () => {
  let room = false;
  const { gate, begun, start, end } = gateOf({ hasRoom: () => room });
  void start('a');
  await end('none');
  expect(begun).toEqual([]);
  room = true;
  gate.look();
  await end('none');
  expect(begun).toEqual(['a']);
});

it('a start that fails gives its place back', async () => {
  const { gate } = gateOf({ startsAtOnce: 1 });
  await expect(gate.pass('request', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(gate.pass('request', async () => 'yes')).resolves.toBe('yes');
});

it('when the server stops, whoever waits is told', async () => {
  const { gate, start } = gateOf({ startsAtOnce: 1 });
  void start('a');
  const waiting = [start('b'), start('c', 'background')].map((one) => one.catch((error: unknown) => error));
  gate.close();
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: 'engine_unavailable' });
});
