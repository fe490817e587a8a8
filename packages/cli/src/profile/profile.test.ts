import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDpopKey } from './dpop-key.ts';
import { newIdentityKey } from './identity-key.ts';
import { changeProfile, createProfile, discardProfile, profilePath, readProfile } from './profile.ts';
import { freshProfile, type Profile } from './profile-shape.ts';

let directory: string;
let profile: Profile;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'vivim-profile-'));
  const keys = { identityKey: newIdentityKey(), dpopKey: await newDpopKey() };
  profile = freshProfile({ server: 'http://localhost:7717', ...keys });
});
afterEach(() => rmSync(directory, { recursive: true }));

const failure = (name: string) => expect.objectContaining({ failure: name });

describe('profile', () => {
  it('comes back as it was written, and nothing else is left beside it', async () => {
    createProfile(directory, 'alice', profile);
    expect(await readProfile(directory, 'alice')).toEqual(profile);
    expect(readdirSync(path.join(directory, 'profiles'))).toEqual(['alice.json']);
  });

  it('is null where there is none', async () => {
    expect(await readProfile(directory, 'alice')).toBeNull();
  });

  it('is readable by its owner alone, in a directory nobody else can look into', async () => {
    createProfile(directory, 'alice', profile);
    expect(statSync(profilePath(directory, 'alice')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(directory, 'profiles')).mode & 0o777).toBe(0o700);
    await changeProfile(directory, 'alice', (current) => ({ ...current, toldUpTo: 3 }));
    expect(statSync(profilePath(directory, 'alice')).mode & 0o777).toBe(0o600);
  });

  it('is refused when others may read the key in it', async () => {
    createProfile(directory, 'alice', profile);
    chmodSync(profilePath(directory, 'alice'), 0o640);
    await expect(readProfile(directory, 'alice')).rejects.toThrow(/chmod 600/);
  });

  it('never gives its key up for another', async () => {
    createProfile(directory, 'alice', profile);
    expect(() => createProfile(directory, 'alice', { ...profile, server: 'http://other' })).toThrow(
      failure('profile_exists'),
    );
    expect(await readProfile(directory, 'alice')).toEqual(profile);
    expect(readdirSync(path.join(directory, 'profiles'))).toEqual(['alice.json']);
  });

  it('can be forgotten, and is not changed afterwards', async () => {
    createProfile(directory, 'alice', profile);
    discardProfile(directory, 'alice');
    expect(await readProfile(directory, 'alice')).toBeNull();
    await expect(changeProfile(directory, 'alice', (current) => current)).rejects.toThrow(failure('no_profile'));
    expect(readdirSync(path.join(directory, 'profiles'))).toEqual([]);
  });

  it('loses no change of many that are made at once', async () => {
    createProfile(directory, 'alice', { ...profile, toldUpTo: 0 });
    const add = () =>
      changeProfile(directory, 'alice', (current) => ({ ...current, toldUpTo: (current.toldUpTo ?? 0) + 1 }));
    await Promise.all(Array.from({ length: 25 }, add));
    expect((await readProfile(directory, 'alice'))?.toldUpTo).toBe(25);
    expect(readdirSync(path.join(directory, 'profiles'))).toEqual(['alice.json']);
  });

  it.each(['', '{', '{"version":2}', '{"version":3}', '[]'])(
    'says that it is damaged rather than guess: %j',
    async (text) => {
      createProfile(directory, 'alice', profile);
      writeFileSync(profilePath(directory, 'alice'), text);
      await expect(readProfile(directory, 'alice')).rejects.toThrow(/damaged/);
    },
  );

  it('of version 1 keeps its keys, gets a sealing key once, and lets its session go', async () => {
    const { identityKey, dpopKey, account: did, server } = profile;
    const session = { server, sessionId: 's', userId: 'u', accessToken: 't', expiresAt: '2026-01-01T00:00:00.000Z' };
    createProfile(directory, 'alice', profile);
    const old = { version: 1, server, did, identityKey, dpopKey, session };
    writeFileSync(profilePath(directory, 'alice'), JSON.stringify(old));
    const read = await Promise.all(Array.from({ length: 8 }, () => readProfile(directory, 'alice')));
    expect(new Set(read.map((each) => each?.sealingKey.d)).size).toBe(1);
    expect(read[0]).toMatchObject({ version: 2, server, account: did, identityKey, dpopKey, session: null });
    expect(read[0]?.unsentName).not.toBe('');
    expect(await readProfile(directory, 'alice')).toEqual(read[0]);
    expect(statSync(profilePath(directory, 'alice')).mode & 0o777).toBe(0o600);
  });

  it.each(['', '..', '../bob', 'a/b', '.hidden', 'a\0b', 'x'.repeat(65)])('has no name that leads away: %j', (name) => {
    expect(() => profilePath(directory, name)).toThrow(failure('usage'));
  });
});
