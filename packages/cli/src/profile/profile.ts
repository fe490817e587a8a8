/**
 * A profile: one identity on one server, with its keys and the session it last got. One file per profile, readable
 * by its owner alone. Writes go to a new file that takes the old one's place, so that a key is never half-written.
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
import { z } from 'zod';
import { CliError, systemCode } from '../cli-error.ts';
import { DpopKey } from './dpop-key.ts';
import { IdentityKey } from './identity-key.ts';

export const Session = z.strictObject({
  /** The server that gave it: a token goes nowhere else. */
  server: z.string(),
  sessionId: z.string(),
  userId: z.string(),
  accessToken: z.string(),
  expiresAt: z.iso.datetime(),
});
export type Session = z.infer<typeof Session>;

export const Profile = z.strictObject({
  version: z.literal(1),
  server: z.string(),
  did: z.string(),
  identityKey: IdentityKey,
  dpopKey: DpopKey,
  session: Session.nullable(),
});
export type Profile = z.infer<typeof Profile>;

const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** @throws CliError `usage` when the name could lead out of the directory */
export function profilePath(configDirectory: string, name: string): string {
  if (!nameShape.test(name))
    throw new CliError('usage', 'A profile is named with letters, digits, dots, dashes and underscores.');
  return path.join(configDirectory, 'profiles', `${name}.json`);
}

/** @returns null when there is none. @throws CliError when it is damaged or open to others */
export function readProfile(configDirectory: string, name: string): Profile | null {
  const file = profilePath(configDirectory, name);
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
  const parsed = Profile.safeParse(jsonOrNull(text));
  if (!parsed.success)
    throw new CliError('no_profile', `The profile ${file} is damaged, or was written by a newer vivim.`);
  return parsed.data;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
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

/** Replaces a profile with a later state of itself. */
export function saveProfile(configDirectory: string, name: string, profile: Profile): void {
  const file = profilePath(configDirectory, name);
  renameSync(writeBeside(file, profile), file);
}

/** Forgets a profile whose key no server has come to know. */
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
