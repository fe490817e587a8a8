/** Secrets in what is imported: withheld, masked or kept by the owner's rule; Bob's space does as Bob says. */
import type { MessageId } from '@vivim/contract/ids';
import { expect, it } from 'vitest';
import { newErasing, rawPages, wordsIn } from '../../../../../test/kit/erasing.ts';
import { dialogue } from '../../../../../test/kit/exports.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { plainRecord } from '../record-bytes.ts';

const token = `ghp_${'aZ3kQ9xW7bT5mR1cV8nP6dL4'.repeat(2).slice(0, 36)}`;
const said = ['The lighthouse stands on the northern cape.', `Please always use the token ${token} for the build.`];
const file = JSON.stringify([dialogue('talk', 'Building', [...said, 'I will.'])]);

const messages = (space: UserSpace) => {
  const [talk] = space.read((r) => r.conversations.page({ limit: 5 })).items;
  return talk === undefined
    ? []
    : (space.read((r) => r.conversations.messages(talk.id, { limit: 50, branches: 'all' }))?.items ?? []);
};
const textOf = (space: UserSpace): string => JSON.stringify(messages(space));
/** Words of the units a context could be made of. */
const usable = (space: UserSpace): string =>
  messages(space)
    .flatMap(({ id }) => space.read((r) => r.acus.listForMessage(id as MessageId, { limit: 50 }))?.items ?? [])
    .filter(({ state }) => state === 'active')
    .map(({ text }) => text)
    .join('\n');
const secretsOf = (space: UserSpace) => space.read((r) => r.secrets.page({ limit: 10 })).items;

it('by itself a secret stays where it was said, and no context holds it', async () => {
  const { alice, bob } = twoSpaces();
  const run = await newErasing(alice).bring(file);
  expect(run.report.secrets).toEqual({ found: 1, masked: 0 });
  expect(run.report.issues).toMatchObject([{ severity: 'note', code: 'secrets_found' }]);
  expect(JSON.stringify(run)).not.toContain(token);
  expect(textOf(alice)).toContain(token);
  expect(usable(alice)).toContain('lighthouse');
  expect(usable(alice)).not.toContain(token);
  const [secret] = secretsOf(alice);
  expect(secret).toMatchObject({ label: 'GitHub token', decision: null, withheld: true, placeCount: 1 });
  expect(JSON.stringify(secret)).not.toContain(token);
  expect(secretsOf(bob)).toEqual([]);
});

it.each(['withhold', 'mask'] as const)(
  'no title holds one or the beginning of one, under the rule to %s',
  async (rule) => {
    const { alice, bob } = twoSpaces();
    alice.write((w) => w.secrets.setRule(rule));
    const home = newErasing(alice);
    const cut = `The ostrich lives in Oslo, its password is ${token}`;
    const talks = [
      { ...dialogue('whole', `${token} quokka`, ['The quokka lives on an island.', 'It does.']) },
      { ...dialogue('cut', `${cut.slice(0, 70)}…`, [cut, 'Noted.']) },
    ];
    await home.bring(JSON.stringify(talks));
    await home.settle();
    const titles = () => alice.read((r) => r.conversations.page({ limit: 5 })).items.map(({ title }) => title);
    expect(titles().toSorted()).toEqual([
      'The ostrich lives in Oslo, its password is [GitHub token masked]',
      '[GitHub token masked] quokka',
    ]);
    expect(JSON.stringify(secretsOf(alice))).not.toContain(token.slice(0, 10));
    if (rule === 'mask') expect(wordsIn(rawPages(alice.location), [token])).toEqual([]);
    const again = await home.bring(JSON.stringify(talks));
    expect(again.report.conversations).toMatchObject({ added: 0, updated: 0 });
    expect(secretsOf(bob)).toEqual([]);
  },
);

it('one that is kept by decision is used, also where it comes in again; and withheld again when the decision is taken back', async () => {
  const { alice } = twoSpaces();
  const home = newErasing(alice);
  await home.bring(file);
  alice.write((w) =>
    w.secrets.decide(
      secretsOf(alice).map(({ id }) => id),
      'keep',
    ),
  );
  expect(usable(alice)).toContain(token);
  await home.bring(JSON.stringify([dialogue('other', 'Again', ['Hello', `The token was ${token}, I think.`])]));
  expect(secretsOf(alice)).toMatchObject([{ decision: 'keep', withheld: false, placeCount: 2 }]);
  alice.write((w) => w.secrets.decide(null, 'withhold'));
  expect(usable(alice)).not.toContain(token);
});

it('the rule to keep uses what nobody decided on, the rule to withhold takes it back', async () => {
  const { alice } = twoSpaces();
  await newErasing(alice).bring(file);
  alice.write((w) => w.secrets.setRule('keep'));
  expect(usable(alice)).toContain(token);
  alice.write((w) => w.secrets.setRule('withhold'));
  expect(usable(alice)).not.toContain(token);
});

it('masked by rule it is stored nowhere, the record included, and the same file again changes nothing', async () => {
  const { alice, bob } = twoSpaces();
  alice.write((w) => w.secrets.setRule('mask'));
  const home = newErasing(alice);
  const run = await home.bring(file);
  await home.settle();
  expect(run.report.secrets).toEqual({ found: 1, masked: 1 });
  expect(textOf(alice)).toContain('[GitHub token masked]');
  expect(wordsIn(rawPages(alice.location), [token])).toEqual([]);
  const [{ id } = { id: '' }] = alice.read((r) => r.conversations.page({ limit: 1 })).items;
  const records = alice.read((r) => r.rawRecords.versionsOf({ source: 'chatgpt', externalKey: id }));
  expect(records.map(({ bytesZstd }) => plainRecord(bytesZstd)).join('')).not.toContain(token);
  expect(records).toHaveLength(1);
  const again = await home.bring({ bytes: `${file} `, name: 'again.json' });
  expect(again.report.conversations).toMatchObject({ added: 0, updated: 0, unchanged: 1 });
  // A later export of it, with more said: the secret stays out.
  await home.bring(JSON.stringify([dialogue('talk', 'Building', [...said, 'I will.', `Still ${token}?`])]));
  await home.settle();
  expect(wordsIn(rawPages(alice.location), [token])).toEqual([]);
  await newErasing(bob).bring(file);
  expect(textOf(bob)).toContain(token);
});
