import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDpopKey } from './dpop-key.ts';
import { didOf, newIdentityKey } from './identity-key.ts';
import { changeProfile, createProfile, discardProfile, profilePath, readProfile } from './profile.ts';
import { freshProfile, type Profile } from './profile-shape.ts';

let directory: string;
let profile: Profile;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'vivim-profile-'));
  const identityKey = newIdentityKey();
  profile = {
    version: 1,
    server: 'http://localhost:7717',
    did: didOf(identityKey),
    identityKey,
    dpopKey: await newDpopKey(),
    session: null,
  };
});
afterEach(() => rmSync(directory, { recursive: true }));

const failure = (name: string) => expect.objectContaining({ failure: name });

describe('profile', () => {
  it('comes back as it was written, and nothing else is left beside it', () => {
    createProfile(directory, 'alice', profile);
    expect(readProfile(directory, 'alice')).toEqual(profile);
    expect(readdirSync(path.join(directory, 'profiles'))).toEqual(['alice.json']);
  });

  it('is null where there is none', () => {
    expect(readProfile(directory, 'alice')).toBeNull();
  });

  it('is readable by its owner alone, in a directory nobody else can look into', () => {
    createProfile(directory, 'alice', profile);
    expect(statSync(profilePath(directory, 'alice')).mode & 0o777).toBe(0o600);
    expect(statSync(path.join(directory, 'profiles')).mode & 0o777).toBe(0o700);
    saveProfile(directory, 'alice', profile);
    expect(statSync(profilePath(directory, 'alice')).mode & 0o777).toBe(0o600);
  });

  it('is refused when others may read the key in it', () => {
    createProfile(directory, 'alice', profile);
    chmodSync(profilePath(directory, 'alice'), 0o640);
    expect(() => readProfile(directory, 'alice')).toThrow(/chmod 600/);
  });

  it('never gives its key up for another', () => {
    createProfile(directory, 'alice', profile);
    expect(() => createProfile(directory, 'alice', { ...profile, server: 'http://other' })).toThrow(
      failure('profile_exists'),
    );
    expect(readProfile(directory, 'alice')).toEqual(profile);
    expect(readdirSync(path.join(directory, 'profiles'))).toEqual(['alice.json']);
  });

  it('can be forgotten', () => {
    createProfile(directory, 'alice', profile);
    discardProfile(directory, 'alice');
    expect(readProfile(directory, 'alice')).toBeNull();
  });

  it.each(['', '{', '{"version":2}', '[]'])('says that it is damaged rather than guess: %j', (text) => {
    createProfile(directory, 'alice', profile);
    writeFileSync(profilePath(directory, 'alice'), text);
    expect(() => readProfile(directory, 'alice')).toThrow(/damaged/);
  });

  it.each(['', '..', '../bob', 'a/b', '.hidden', 'a\0b', 'x'.repeat(65)])('has no name that leads away: %j', (name) => {
    expect(() => profilePath(directory, name)).toThrow(failure('usage'));
  });
});
