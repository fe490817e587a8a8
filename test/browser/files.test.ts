/**
 * Files and documents as a person reads them, in a real Chromium: pictures shown by the cookie of the page, sound to be played,
 * what no export holds said so, and every version of a document. Another person's browser is told that nothing is there.
 */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { chatgptConversation, imagePointer } from '../kit/chatgpt-export.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { pngOf, wavOf } from '../kit/media.ts';
import { zipOf } from '../kit/zip-builder.ts';
import { describeBrowser } from './chromium.ts';
import { bringIn, expectAccessible, expectNoOffences, heading, newcomer, type Person, settleIn } from './people.ts';
import { useSite } from './site.ts';

const tool = (id: string, recipient: string, input: object) => ({
  id,
  role: 'assistant' as const,
  recipient,
  parts: [JSON.stringify(input)],
});
const archive = zipOf([
  {
    name: 'conversations.json',
    bytes: JSON.stringify([
      chatgptConversation('look', 'The garden gate', [
        {
          id: 'm1',
          parts: [imagePointer('sediment://file_aa', 320, 200), 'What colour is the gate?'],
          attachments: [{ id: 'file_cc', name: 'plan.pdf', mime_type: 'application/pdf' }],
        },
        { id: 'm2', role: 'assistant', parts: ['It is grey: [the plan](sandbox:/mnt/data/Gate%20plan.png).'] },
        {
          id: 'm3',
          parts: [
            { content_type: 'audio_transcription', text: 'Please write that down.', direction: 'in' },
            { content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_bb', format: 'wav' },
          ],
        },
        tool('m4', 'canmore.create_textdoc', { name: 'Gate note', type: 'document', content: 'The gate is gray.' }),
        tool('m5', 'canmore.update_textdoc', { updates: [{ pattern: 'gray', replacement: 'grey' }] }),
      ]),
    ]),
  },
  { name: 'file_aa.dat', bytes: pngOf(320, 200, 150) },
  { name: 'file_bb.dat', bytes: wavOf(2) },
  { name: 'file_dd.dat', bytes: pngOf(32, 20, 90) },
  {
    name: 'library_files.json',
    bytes: JSON.stringify([
      {
        file_id: 'file_dd',
        file_name: 'Gate plan.png',
        mime_type: 'image/png',
        origination_thread_id: 'look',
        origination_message_id: 'm2',
      },
    ]),
  },
  {
    name: 'conversation_asset_file_names.json',
    bytes: JSON.stringify({ 'file_aa.dat': 'Gate.png', 'file_bb.dat': 'Voice.wav' }),
  },
]);

describeBrowser('files in the reader', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let alice: Person;
  let bob: Person;
  let picture = '';

  beforeAll(async () => {
    ({ server, browser } = await startSite('without models'));
    [alice, bob] = [await newcomer(browser, server.url), await newcomer(browser, server.url)];
    await settleIn(alice, 'Alice');
    await settleIn(bob, 'Bob');
  }, 120_000);
  expectNoOffences(() => [alice, bob].filter((person) => person !== undefined));
  it('shows pictures, plays sound, and says what no export holds', async () => {
    const { page } = alice;
    await bringIn(alice, { name: 'export.zip', mimeType: 'application/zip', buffer: archive });
    await page.getByRole('link', { name: 'Report of export.zip' }).click();
    await page.getByText('Files: 3 stored, 0 here already').waitFor();
    await alice.open('/conversations', 'Conversations');
    await page
      .getByRole('link', { name: /The garden gate/ })
      .first()
      .click();
    await heading(page, 'The garden gate').waitFor();
    const image = page.getByRole('img', { name: 'Gate.png' });
    await image.waitFor();
    // Asked for again and again from here: the page's policy lets no waiting script be made of words.
    const width = "document.querySelector('img.attached-image')?.naturalWidth";
    await expect.poll(() => page.evaluate(width), { timeout: 10_000 }).toBe(320);
    picture = (await image.getAttribute('src')) ?? '';
    expect(await image.getAttribute('loading')).toBe('lazy');
    await page.getByText('the export does not hold this file').waitFor();
    const seconds = await page.evaluate(`new Promise((resolve, reject) => {
      const sound = document.querySelector('audio');
      sound.onloadedmetadata = () => resolve(sound.duration);
      sound.onerror = () => reject(new Error('the sound cannot be played'));
      sound.preload = 'metadata';
      sound.load();
    })`);
    expect(seconds).toBeCloseTo(2, 1);
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save Gate.png' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('Gate.png');
    // The answer links to what its program made, by a path that is nowhere.
    const [made] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'the plan', exact: true }).click(),
    ]);
    expect(made.suggestedFilename()).toBe('Gate plan.png');
    await expectAccessible(page);
    if (process.env.VIVIM_SHOTS !== undefined)
      await page.screenshot({ path: `${process.env.VIVIM_SHOTS}/files.png`, fullPage: true });
  });

  it('shows a document in each of its versions', async () => {
    const { page } = alice;
    await page.getByText('Gate note', { exact: true }).first().click();
    const documents = page.getByRole('region', { name: 'Documents' });
    await documents.getByText('The gate is grey.').waitFor();
    await documents.getByLabel('Version').selectOption({ label: '1, written' });
    await documents.getByText('The gate is gray.').waitFor();
    await expectAccessible(page);
    if (process.env.VIVIM_SHOTS !== undefined)
      await page.screenshot({ path: `${process.env.VIVIM_SHOTS}/documents.png`, fullPage: true });
  });

  it('tells another person that there is no such file', async () => {
    const answers =
      await bob.page.evaluate(`Promise.all(['${picture}', '/v1/attachments/f_${'a'.repeat(32)}/content'].map(async (address) => {
      const answer = await fetch(address);
      return [answer.status, (await answer.json()).code];
    }))`);
    expect(answers).toEqual([
      [404, 'not_found'],
      [404, 'not_found'],
    ]);
    const shown = await bob.page.evaluate(`new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve('shown');
      image.onerror = () => resolve('nothing');
      image.src = '${picture}';
    })`);
    expect(shown).toBe('nothing');
  });
});
