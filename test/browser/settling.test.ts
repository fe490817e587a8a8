/**
 * What a browser makes good by itself, against a gateway whose clock can be moved and whose master can be reached: steps
 * that were lost on the way, an account older than the key log, signatures that have aged, waits and ends of time.
 */
import { type Master, openMaster } from '@vivim/gateway/master/db';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { makeDatabase } from '../kit/masters.ts';
import { startTestGateway } from '../kit/test-gateway.ts';
import { plugIn } from './authenticator.ts';
import { commonChromium, describeBrowser, leaveChromium } from './chromium.ts';
import { button, heading, newcomer, type Person, publicName, signUp, wipe, writeDown } from './people.ts';
import { buildWebFiles } from './web-files.ts';

const minute = 60_000;

describeBrowser('a browser that settles', () => {
  let gateway: Awaited<ReturnType<typeof startTestGateway>>;
  let browser: Browser;
  const people: Person[] = [];
  const endings: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const web = await buildWebFiles();
    const database = await makeDatabase();
    const master: Master = await openMaster(database.target);
    gateway = await startTestGateway(master, { webDir: web.dir });
    browser = await commonChromium();
    endings.push(() => leaveChromium(browser), gateway.close, master.close, database.drop, web.remove);
  }, 120_000);

  afterEach(async ({ task }) => {
    for (const { page, context, offences } of people.splice(0)) {
      if (task.result?.state === 'fail') console.error(page.url(), await page.locator('body').innerText());
      expect(offences).toEqual([]);
      await context.close();
    }
  });

  afterAll(async () => {
    for (const end of endings) await end();
  });

  async function somebody(): Promise<Person> {
    const person = await newcomer(browser, gateway.url);
    people.push(person);
    return person;
  }

  const purposesOf = ({ page }: Person): unknown[] => {
    const purposes: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/auth/challenge')) purposes.push(request.postDataJSON().purpose);
    });
    return purposes;
  };

  it('makes good at the next visit what the network lost at the first', async () => {
    const [alice, bob] = [await somebody(), await somebody()];
    const { page } = alice;
    const lost = '**/v1/keys/log';
    await page.route(lost, (route) => route.abort());
    await signUp(alice, 'Home computer');
    await page.getByText('Setting up this browser is not finished.').waitFor();
    await alice.open('/identity/devices', 'Devices');
    await page.getByText('Unnamed device', { exact: true }).waitFor();
    await page.unroute(lost);
    await page.reload();
    await page.getByText('Home computer', { exact: true }).waitFor();
    expect(await page.getByText('cannot read names').count()).toBe(0);
    await signUp(bob, 'Bob’s phone');
    await bob.open('/identity/devices', 'Devices');
    await bob.page.getByText('Bob’s phone', { exact: true }).waitFor();
    expect(await bob.page.getByText('Home computer').count()).toBe(0);
  });

  it('begins the log of an account that is older than it', async () => {
    const alice = await somebody();
    const { page } = alice;
    await signUp(alice, 'Old computer');
    await alice.open('/identity/devices', 'Devices');
    await page.getByText('Old computer', { exact: true }).waitFor();
    // As the first version left it: one key, no log, no devices.
    const { db } = gateway.master;
    const account = await publicName(alice);
    const { user_id: userId } = await db
      .selectFrom('identities')
      .where('did', '=', account)
      .select('user_id')
      .executeTakeFirstOrThrow();
    await db.deleteFrom('key_log').where('user_id', '=', userId).execute();
    await db.deleteFrom('keys').where('user_id', '=', userId).where('purpose', '=', 'device-enc').execute();
    await db.updateTable('keys').set({ device_id: null }).where('user_id', '=', userId).execute();
    await db.deleteFrom('devices').where('user_id', '=', userId).execute();
    const empty = { key_log_seq: 0, key_log_head: null };
    await db.updateTable('users').set(empty).where('user_id', '=', userId).execute();

    await alice.open('/identity/devices', 'Devices');
    await page.getByText('Old computer', { exact: true }).waitFor();
    const log = await db.selectFrom('key_log').where('user_id', '=', userId).orderBy('seq').select('payload').execute();
    expect(log.map(({ payload }) => payload)).toMatchObject([
      { seq: 1, op: 'add', keys: [{ purpose: 'rotation', priority: 10 }] },
      { seq: 2, op: 'add', keys: [{ purpose: 'device-enc', priority: 100 }] },
    ]);
    expect(log[0]?.payload).not.toHaveProperty('message');
  });

  it('signs afresh when the last signature has aged, with its own key or with a passkey', async () => {
    const alice = await somebody();
    const { page } = alice;
    await plugIn(page, { prf: true });
    await signUp(alice, 'Home computer');
    const purposes = purposesOf(alice);
    gateway.clockOffsetMs += 6 * minute;
    await button(page, 'Choose this: A passkey').click();
    await button(page, 'Add a passkey').click();
    await heading(page, 'Two ways in').waitFor();
    expect(purposes).toEqual(['stepup']);

    await wipe(alice);
    await page.goto(`${gateway.url}/identity/tokens`);
    await button(page, 'Sign in with a passkey').click();
    await heading(page, 'Tokens').waitFor();
    gateway.clockOffsetMs += 6 * minute;
    const steps: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/v1/webauthn/stepup/')) steps.push(request.url());
    });
    await button(page, 'Make a token').click();
    await button(page, 'Copy the token').waitFor();
    expect(steps).toHaveLength(2);
    expect(purposes).toEqual(['stepup']);
  });

  it('is led to the door when the time of its session is over', async () => {
    const alice = await somebody();
    await signUp(alice, 'Home computer');
    await alice.open('/identity/history', 'History');
    gateway.clockOffsetMs += 31 * 24 * 60 * minute;
    // A page that has to ask. This one may be at the door already, where a hand on its way would press what took the link's place.
    await alice.page.evaluate(`document.querySelector('a[href="/identity/access"]')?.click()`);
    await heading(alice.page, 'Sign in').waitFor();
    await alice.page.getByText('You were signed out').waitFor();
    await button(alice.page, 'Sign in as Home computer').click();
    await heading(alice.page, /^(Access|History)$/).waitFor();
  });

  it('waits its three days for a recovery, and then gets in', async () => {
    const [alice, fresh] = [await somebody(), await somebody()];
    await signUp(alice, 'Home computer');
    await button(alice.page, 'Choose this: A recovery key on paper').click();
    const words = await writeDown(alice.page);
    await heading(alice.page, 'Two ways in').waitFor();
    const account = await publicName(alice);
    const { page } = fresh;
    await page.goto(`${gateway.url}/recover`);
    await page.getByLabel('Your public name (DID)').fill(account);
    await page.getByLabel('The 24 words').fill(words.join(' '));
    await button(page, 'Ask to get back in').click();
    await page.getByText('The wait protects you').waitFor();
    expect(await button(page, 'Get back in').count()).toBe(0);
    await alice.page.getByText('They have the 24 words of your recovery key').waitFor();
    gateway.clockOffsetMs += 73 * 60 * minute;
    await page.reload();
    await page.getByLabel('Shut out every other device').uncheck();
    await button(page, 'Get back in').click();
    await page.getByText('Your account was recovered.').waitFor();
    await fresh.open('/identity/devices', 'Devices');
    await page.getByText('Home computer', { exact: true }).waitFor();
    await alice.page.getByText('Your account was recovered.').waitFor();
  });
});
