/**
 * Models of one's own in the browser: a service is added, tried, agreed to, used and forgotten there; nothing leaves before it is agreed
 * to, what left is listed, its key is never seen again. Bob is shown none of it.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommonServer } from '../kit/common-servers.ts';
import { type EmbeddingServiceProcess, startEmbeddingService } from '../kit/embedding-service.ts';
import { dialogue } from '../kit/exports.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, button, expectAccessible, expectNoOffences, type Person, shot, twoPeople } from './people.ts';
import { useSite } from './site.ts';

const key = 'sk-canary-1234567890-vecs';
const page = '/identity/connections?view=models';
/** Vectors are made in the background. */
const patience = { timeout: 60_000, interval: 500 };

describeBrowser('models of one’s own, in the browser', () => {
  const startSite = useSite();
  let service: EmbeddingServiceProcess;
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    service = await startEmbeddingService(40, key);
    ({ server, browser } = await startSite({ VIVIM_MODELS: 'off', VIVIM_UPSTREAM_PRIVATE: service.host }));
    [alice, bob] = await twoPeople({ browser, server });
    for (const [person, place] of [
      [alice, 'Berlenga'],
      [bob, 'Faro'],
    ] as const)
      await bringIn(person, {
        name: 'ferry.json',
        mimeType: 'application/json',
        buffer: Buffer.from(
          JSON.stringify([dialogue(place, `Ferry to ${place}`, ['Where does the ferry go?', `To ${place}.`])]),
        ),
      });
  }, 120_000);
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));
  afterAll(async () => {
    await service?.stop();
  });
  const textsSeen = async () => (await service.seen()).flatMap(({ texts }) => texts);

  it('are added by a form that says what is wrong, and sent nothing', async () => {
    const { page: seen } = alice;
    await alice.open(page, 'Connections');
    await seen.getByText('None yet. Add one below.').waitFor();
    await seen.getByText('Nothing has been sent out.').waitFor();
    await expectAccessible(seen);
    await shot(alice, 'models-none');
    await seen.getByLabel('Name', { exact: false }).fill('Not A Name');
    await seen.getByLabel('Its address').fill(`${service.url}/v1`);
    await seen.getByRole('textbox', { name: /^Model/ }).fill('letters');
    await button(seen, 'Add').click();
    await seen.getByText('Use lower case letters, digits and dashes for the name.').waitFor();
    await seen.getByLabel('Name', { exact: false }).fill('letters');
    await seen.getByLabel('Tokens in a month at most').fill('many');
    await button(seen, 'Add').click();
    await seen.getByText('Write a whole number of tokens, or nothing.').waitFor();
    await seen.getByLabel('Tokens in a month at most').fill('1,000,000');
    await seen.getByLabel('Its key').fill(key);
    await seen.getByLabel('Its address').fill('http://127.0.0.1:9/v1');
    await button(seen, 'Add').press('Enter');
    await seen.getByText('VIVIM_UPSTREAM_PRIVATE=127.0.0.1:9').waitFor();
    await seen.getByLabel('Its address').fill(`${service.url}/v1`);
    await button(seen, 'Add').press('Enter');
    await seen.getByText('0 of 1,000,000 tokens this month').waitFor();
    await expect.poll(() => seen.getByLabel('Its key').inputValue()).toBe('');
    expect(await seen.content()).not.toContain(key);
    expect(await textsSeen()).toEqual([]);
  });

  it('are tried with words of nobody’s, agreed to after it is said what leaves, and used; what left is listed', async () => {
    const { page: seen } = alice;
    await button(seen, 'Test vectors: letters').click();
    await seen.getByText('It answers, with vectors of 40 numbers.').waitFor();
    expect(await textsSeen()).toEqual(['apple', 'boat', 'river']);
    await button(seen, 'Let texts go there: letters').click();
    await seen.getByRole('alertdialog').getByText('will leave this server').waitFor();
    await expectAccessible(seen);
    await shot(alice, 'models-agree');
    await button(seen, 'I agree').click();
    await button(seen, 'Use letters for vectors').click();
    await seen.getByText('Now: letters.').waitFor(patience);
    await expect.poll(async () => (await textsSeen()).join(), patience).toContain('Berlenga');
    await seen.reload();
    await seen
      .getByText(/: \d+ texts?, \d+ tokens?, for vectors, answered$/)
      .first()
      .waitFor();
    await expectAccessible(seen);
    await shot(alice, 'models-used');
  });

  it('are nobody else’s, and are sent nothing of theirs', async () => {
    await bob.open(page, 'Connections');
    await bob.page.getByText('None yet. Add one below.').waitFor();
    await bob.page.getByText('Nothing has been sent out.').waitFor();
    await expectAccessible(bob.page);
    await shot(bob, 'models-phone');
    expect((await textsSeen()).join()).not.toContain('Faro');
  });

  it('are forgotten, with their key and what was agreed to', async () => {
    const { page: seen } = alice;
    await button(seen, 'Remove letters').click();
    await button(seen, 'Forget it').click();
    await seen.getByText('None yet. Add one below.').waitFor();
    await seen.getByText('Now: the built-in embedder.').waitFor();
  });
});
