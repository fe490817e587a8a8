/** The directory everything is kept in, open to nobody else. */
import { chmod, mkdir, stat } from 'node:fs/promises';

/** Closed to other users; under root PostgreSQL's own user may pass through, and see nothing. */
export async function prepareDataDir(dataDir: string): Promise<void> {
  const root = process.getuid?.() === 0;
  await mkdir(dataDir, { recursive: true, mode: root ? 0o711 : 0o700 });
  const { mode } = await stat(dataDir);
  if (root && (mode & 0o001) === 0) await chmod(dataDir, (mode & 0o777) | 0o001);
}
