/** One key for nonces, whoever asks and however often the server starts. */
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadNonceKey } from './nonce-key.ts';

it('is made once, kept to its owner, and refused when it is not what was written', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'vivim-nonce-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const path = join(directory, 'keys', 'nonce-key');
  const first = await loadNonceKey(path);
  expect(first).toHaveLength(32);
  expect(Buffer.from(await loadNonceKey(path)).equals(first)).toBe(true);
  await chmod(path, 0o644);
  await expect(loadNonceKey(path)).rejects.toThrow(/chmod 600/);
  await chmod(path, 0o600);
  await writeFile(path, 'short');
  await expect(loadNonceKey(path)).rejects.toThrow(/32 bytes/);
});
