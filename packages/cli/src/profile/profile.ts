/**
 * A profile: one identity on one server, with its keys and the session it last got. One file per profile, readable
 * by its owner alone. Writes go to a new file that takes the old one's place, so that a key is never half-written, and
 * start from what is there at that moment, so that commands that run at once never put an older session back.
 */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { uuidv7 } from '@vivim/contract/random';
import { CliError, systemCode } from '../cli-error.ts';
import { jsonOrNull } from './json-or-null.ts';
import { withLock } from './profile-lock.ts';
import { type Profile, parseProfile, type ReadProfile } from './profile-shape.ts';

const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws CliError `usage` when the name could lead out of a directory */
export function assertProfileName(name: string): void {
  if (!nameShape.test(name))
    throw new CliError('usage', 'A profile is named with letters, digits, dots, dashes and underscores.');
}

/** @throws CliError `usage` */
export function profilePath(configDirectory: string, name: string): string {
  assertProfileName(name);
  return path.join(configDirectory, 'profiles', `${name}.json`);
}

/**
 * One of an earlier version is brought to this one, on disk too.
 *
 * @returns null when there is none. @throws CliError when it is damaged or open to others
 */
export async function readProfile(configDirectory: string, name: string): Promise<Profile | null> {
  const read = load(profilePath(configDirectory, name));
  if (read === null || !read.upgraded) return read?.profile ?? null;
  return changeProfile(configDirectory, name, (profile) => profile);
}

function load(file: string): ReadProfile | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw new CliError('no_profile', `The profile ${file} cannot be read (${systemCode(error)}).`, { cause: error });
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new CliError('no_profile', `The profile holds a private key and others may read it. Run: chmod 600 ${file}`);
  }
  const parsed = parseProfile(jsonOrNull(text));
  if (parsed === null)
    throw new CliError('no_profile', `The profile ${file} is damaged, or was written by a newer vivim.`);
  return parsed;
}

/** Puts a new profile in place. @throws CliError `profile_exists` rather than lose a key that is there */
export function createProfile(configDirectory: string, name: string, profile: Profile): void {
  const file = profilePath(configDirectory, name);
  const fresh = writeBeside(file, profile);
  try {
    // A link fails where a rename would replace.
    linkSync(fresh, file);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    throw new CliError(
      'profile_exists',
      `There is a profile ${name} already; its key is not replaced. Choose another --profile.`,
    );
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** A profile that nobody else writes meanwhile. */
export interface HeldProfile {
  /** As it is on disk. */
  readonly profile: Profile;
  save(profile: Profile): void;
}

/** @throws CliError `no_profile` when it is gone */
export async function holdProfile<T>(
  configDirectory: string,
  name: string,
  work: (held: HeldProfile) => Promise<T>,
): Promise<T> {
  const file = profilePath(configDirectory, name);
  const current = () => {
    const read = load(file);
    if (read === null) throw new CliError('no_profile', `The profile ${name} is not there any more.`);
    return read;
  };
  current();
  return withLock(file, async () => {
    const read = current();
    return work({ profile: read.profile, save: (profile) => renameSync(writeBeside(file, profile), file) });
  });
}

/** Replaces a profile with a later state of itself. @param change is given what is on disk */
export function changeProfile(
  configDirectory: string,
  name: string,
  change: (current: Profile) => Profile,
): Promise<Profile> {
  return holdProfile(configDirectory, name, async ({ profile, save }) => {
    const changed = change(profile);
    save(changed);
    return changed;
  });
}

/** Forgets a profile whose key opens nothing: no server has come to know it, or every one has shut it out. */
export function discardProfile(configDirectory: string, name: string): void {
  rmSync(profilePath(configDirectory, name), { force: true });
}

function writeBeside(file: string, profile: Profile): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  chmodSync(path.dirname(file), 0o700);
  const fresh = `${file}.${uuidv7()}`;
  const handle = openSync(fresh, 'wx', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(profile, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return fresh;
}
