/** What a watcher tells of itself: paths without the home, seldom where nothing changed, and never in the way of what comes in. */
import type { TellWatcher } from '@vivim/contract/watchers';
import { TellWatcher as Told, tellWatcherEvery } from '@vivim/contract/watchers';
import { expect, it } from 'vitest';
import { placeOf } from './places.ts';
import { shortened, WatcherTeller } from './tell-watcher.ts';

const machine = '01990000-0000-7000-8000-000000000001';
const place = placeOf('claude-code', '/home/alice/.claude/projects');
const look = { place, files: 2, failed: 0, error: null, missing: false };

function teller(answer: () => void = () => {}) {
  const told: TellWatcher[] = [];
  const clock = { ms: 1_780_000_000_000 };
  const client = {
    tellWatcher: async ({ body }: { body: TellWatcher }) => {
      answer();
      told.push(Told.parse(body));
      return { ...body, machine, state: 'watching' as const, heardAt: '' };
    },
  } as unknown as ConstructorParameters<typeof WatcherTeller>[0]['client'];
  return { told, clock, teller: new WatcherTeller({ client, machine, home: '/home/alice', clock: () => clock.ms }) };
}

it('a home is told as ~, whatever else as it is, and a long path by its end', () => {
  expect(shortened('/home/alice/.claude/projects', '/home/alice')).toBe('~/.claude/projects');
  expect(shortened('/home/alicette/x', '/home/alice')).toBe('/home/alicette/x');
  expect(shortened('/srv/llm', '/home/alice')).toBe('/srv/llm');
  expect(shortened(`/srv/${'x'.repeat(900)}/end`, '/home/alice')).toMatch(/^…x+\/end$/);
});

it('the same round is told again only after a while; one that differs at once', async () => {
  const { teller: one, told, clock } = teller();
  await one.looked([look]);
  await one.looked([look]);
  expect(told).toHaveLength(1);
  clock.ms += tellWatcherEvery;
  await one.looked([look]);
  one.came(place);
  await one.looked([look]);
  one.came(place);
  await one.looked([look]);
  expect(told).toHaveLength(3);
  expect(told.at(-1)?.places).toMatchObject([{ folder: '~/.claude/projects', files: 2, came: { times: 1 } }]);
  await one.looked([{ ...look, failed: 1, error: 'import_format_unknown' }]);
  await one.ended();
  expect(told.slice(3)).toMatchObject([{ ended: false, places: [{ failed: 1, came: { times: 2 } }] }, { ended: true }]);
});

it('folders in which nothing lies are told only where a person named them', async () => {
  const { teller: one, told } = teller();
  await one.looked([
    { ...look, files: 0 },
    { ...look, files: 0, missing: true, place: placeOf('aider', '/srv/a', { named: true }) },
  ]);
  expect(told[0]?.places.map(({ source }) => source)).toEqual(['aider']);
});

it('a server that takes no telling is told at the next round', async () => {
  let away = true;
  const { teller: one, told } = teller(() => {
    if (away) throw new TypeError('fetch failed');
  });
  await one.looked([look]);
  away = false;
  await one.looked([look]);
  expect(told).toHaveLength(1);
});
