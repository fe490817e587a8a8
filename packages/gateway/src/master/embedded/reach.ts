/**
 * Can another system user reach a path? Root must run PostgreSQL as an unprivileged user, and a directory that this
 * user may not pass is the usual reason why it fails. Reads modes only; changes nothing.
 */
import { stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';

/** A system user and its main group. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const bit = { read: 4, pass: 1 };

async function allows(path: string, user: SystemUser | null, wanted: number): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = user !== null && uid === user.uid ? 6 : user !== null && gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}

/**
 * The first directory on the way to `path`, itself included, that `user` may not pass; null when the way is open.
 *
 * @param user null: a user that does not exist yet, hence owns nothing
 */
export async function blockedAt(path: string, user: SystemUser | null): Promise<string | null> {
  const parts = path.split(sep).filter((part) => part !== '');
  for (let depth = 0; depth <= parts.length; depth += 1) {
    const directory = sep + parts.slice(0, depth).join(sep);
    if (!(await allows(directory, user, bit.pass))) return directory;
  }
  return null;
}

/** Whether `user` can run the program at `path`. */
export async function canRun(path: string, user: SystemUser | null): Promise<boolean> {
  return (await blockedAt(dirname(path), user)) === null && (await allows(path, user, bit.read | bit.pass));
}
