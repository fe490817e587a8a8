/**
 * The typed client in a page of the server: bundled for a browser, with the session of whoever is signed in. A file
 * in pieces, lists page by page, a context as it forms, events and refusals; two people, each their own.
 */
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { root } from '../architecture/source-files.ts';
import type { CommonServer } from '../kit/common-servers.ts';
import { describeBrowser } from './chromium.ts';
import { expectNoOffences, newcomer, type Person, signUp } from './people.ts';
import { useSite } from './site.ts';

/** What a program in a page does with it. */
const program = `(async (name) => {
  const { AppError, createClient, formContext, importFile, itemsOf, spaceEvents } = VivimClient;
  const vivim = createClient({ baseUrl: '' });
  const messages = Array.from({ length: 40 }, (_, i) => ({ role: 'user', content: name + ' waters bed ' + i + '. ' + 'x'.repeat(20000) }));
  const conversation = { externalId: 'beds', title: 'Beds of ' + name, messages };
  const file = new File([JSON.stringify({ conversations: [conversation] })], 'beds.json');
  const sent = [];
  const leaving = new AbortController();
  const heard = (async () => {
    for await (const event of spaceEvents(vivim, leaving.signal)) if (event.type === 'import') return event.run.state;
  })();
  const run = await importFile(vivim, file, { onSent: (bytes) => sent.push(bytes) });
  const titles = [];
  for await (const { title } of itemsOf(vivim.listConversations, { query: { limit: 1 } })) titles.push(title);
  const layers = [];
  const bundle = await formContext(vivim, { query: 'Who waters bed 7?', budget: 800 }, ({ type }) => layers.push(type));
  const refused = await vivim.getConversation({ params: { id: 'c_' + 'a'.repeat(32) } }).catch((error) => error);
  const state = await heard;
  leaving.abort();
  return {
    size: file.size, sent, state: run.state, added: run.report.conversations.added, titles, layers, heard: typeof state,
    text: bundle.text, refused: refused instanceof AppError ? refused.code : String(refused),
  };
})`;

interface Told {
  readonly size: number;
  readonly sent: readonly number[];
  readonly state: string;
  readonly added: number;
  readonly titles: readonly string[];
  readonly layers: readonly string[];
  readonly heard: string;
  readonly text: string;
  readonly refused: string;
}

describeBrowser('the typed client in a page', () => {
  const startSite = useSite();
  let server: CommonServer;
  let browser: Browser;
  let library: string;
  const people: Record<string, Person> = {};

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [join(root, 'packages/client/src/vivim-client.ts')],
      bundle: true,
      format: 'iife',
      globalName: 'VivimClient',
      platform: 'browser',
      write: false,
    });
    library = outputFiles[0]?.text ?? '';
    ({ server, browser } = await startSite('without models'));
    for (const name of ['Alice', 'Bob']) {
      const person = await newcomer(browser, server.url);
      await signUp(person, `of ${name}`);
      people[name] = person;
    }
  }, 120_000);
  expectNoOffences(() => Object.values(people));

  it.each(['Alice', 'Bob'])('brings in, lists, asks and listens for %s', async (name) => {
    const { page } = people[name] as Person;
    const told = (await page.evaluate(`${library};${program}(${JSON.stringify(name)})`)) as Told;
    expect(told).toMatchObject({ state: 'done', added: 1, titles: [`Beds of ${name}`], heard: 'string' });
    expect(told.sent.at(-1)).toBe(told.size);
    expect(told.sent.length).toBeGreaterThan(1);
    expect(told.layers).toEqual(expect.arrayContaining(['plan', 'layer', 'bundle']));
    expect(told.text).toContain(`${name} waters bed`);
    expect(told.refused).toBe('not_found');
  });
});
