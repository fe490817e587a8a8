/** What the operator may say, and what they are told when it cannot be used. */
import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(loadConfig({}, {})).toMatchObject({
      port: 7717,
      host: '127.0.0.1',
      origin: null,
      masterUrl: null,
      engineMode: 'dedicated',
      jail: 'auto',
      didWeb: false,
    });
    expect(loadConfig({}, { XDG_DATA_HOME: '/srv/share' }).dataDir).toBe('/srv/share/vivim');
  });

  it('lets flags beat the environment, and takes empty values for none', () => {
    const env = { VIVIM_PORT: '8000', VIVIM_DATA_DIR: '/a', VIVIM_ORIGIN: '' };
    expect(loadConfig({ port: '9000' }, env)).toMatchObject({ port: 9000, dataDir: '/a', origin: null });
    expect(loadConfig({ dataDir: '/b' }, env)).toMatchObject({ port: 8000, dataDir: '/b' });
    expect(loadConfig({}, { VIVIM_DID_WEB: 'on' }).didWeb).toBe(true);
    const walled = { VIVIM_JAIL: 'require:landlock', VIVIM_ENGINE_MEMORY_MB: '1024' };
    expect(loadConfig({}, walled)).toMatchObject({ jail: 'require:landlock', engineMemoryMb: 1024 });
  });

  it('backs up every six hours where a place is set, and else only when asked', () => {
    const backup = (env: Record<string, string>) => loadConfig({}, env).backup;
    expect(backup({})).toMatchObject({ to: null, everyMs: null, keep: { last: 7, weekly: 4 } });
    expect(backup({ VIVIM_BACKUP_TO: 's3://b/v' })).toMatchObject({ to: 's3://b/v', everyMs: 6 * 3_600_000 });
    expect(backup({ VIVIM_BACKUP_TO: '/b', VIVIM_BACKUP_EVERY: 'off' }).everyMs).toBeNull();
    expect(backup({ VIVIM_BACKUP_EVERY: '1d', VIVIM_BACKUP_KEEP: '3' })).toMatchObject({
      everyMs: 86_400_000,
      keep: { last: 3 },
    });
  });

  it.each([
    [{ VIVIM_PORT: 'http' }, /VIVIM_PORT: .*whole number/],
    [{ VIVIM_PORT: '70000' }, /VIVIM_PORT/],
    [{ VIVIM_ORIGIN: 'vivim.example' }, /VIVIM_ORIGIN: .*https:\/\/vivim.example/],
    [{ VIVIM_ORIGIN: 'https://vivim.example/' }, /VIVIM_ORIGIN/],
    [{ VIVIM_MASTER_URL: 'mysql://x' }, /VIVIM_MASTER_URL: .*postgres:\/\//],
    [{ VIVIM_ENGINE: 'many' }, /VIVIM_ENGINE: .*dedicated.*pooled/],
    [{ VIVIM_JAIL: 'maybe' }, /VIVIM_JAIL/],
    [{ VIVIM_JAIL: 'require:none' }, /VIVIM_JAIL: .*require:landlock/],
    [{ VIVIM_ENGINE_MEMORY_MB: '100' }, /VIVIM_ENGINE_MEMORY_MB: .*384/],
    [{ VIVIM_QUOTA_BYTES: 'abc' }, /VIVIM_QUOTA_BYTES: write a whole number of bytes, .*64 MiB to 32 TiB/],
    [{ VIVIM_QUOTA_BYTES: '32GB' }, /VIVIM_QUOTA_BYTES: .*34359738368 for 32 GiB/],
    [{ VIVIM_QUOTA_BYTES: '1000' }, /VIVIM_QUOTA_BYTES: .*64 MiB to 32 TiB/],
    [{ VIVIM_QUOTA_BYTES: '1e99' }, /VIVIM_QUOTA_BYTES: .*64 MiB to 32 TiB/],
    [{ VIVIM_PORT: ' ' }, /VIVIM_PORT: write a whole number from 0 to 65535/],
    [{ VIVIM_PORT: '0x50' }, /VIVIM_PORT: write a whole number from 0 to 65535/],
    [{ VIVIM_BACKUP_KEEP: '0' }, /VIVIM_BACKUP_KEEP: write a whole number from 1 to 1000/],
    [{ VIVIM_BACKUP_KEEP_WEEKLY: '1.5' }, /VIVIM_BACKUP_KEEP_WEEKLY: write a whole number from 0 to 520/],
    [{ VIVIM_BACKUP_EVERY: '6 hours' }, /VIVIM_BACKUP_EVERY: .*30m, 6h or 1d/],
    [{ VIVIM_BACKUP_EVERY: '90d' }, /VIVIM_BACKUP_EVERY/],
    [{ VIVIM_BACKUP_TO: 'ftp://host/x' }, /VIVIM_BACKUP_TO: .*s3:\/\/bucket/],
    [{ VIVIM_BACKUP_S3_ENDPOINT: 'minio:9000' }, /VIVIM_BACKUP_S3_ENDPOINT/],
    [{ VIVIM_KEK: 'file' }, /VIVIM_KEK: .*passphrase/],
    [{ VIVIM_KEK_COMMAND: 'pass show vivim' }, /VIVIM_KEK_COMMAND: .*whole path/],
    [{ VIVIM_KEK_COMMAND: '["/bin/pass", 3]' }, /VIVIM_KEK_COMMAND: .*JSON/],
    [{ VIVIM_KEK_FILE: '/k', VIVIM_KEK_COMMAND: '/bin/k' }, /VIVIM_KEK_FILE and VIVIM_KEK_COMMAND: .*one place/],
    [{ VIVIM_KEK: 'passphrase', VIVIM_KEK_FILE: '/k' }, /VIVIM_KEK_FILE and VIVIM_KEK=passphrase/],
    [{ VIVIM_KEK_PASSPHRASE_FILE: '/p', VIVIM_KEK_COMMAND: '/k' }, /VIVIM_KEK_COMMAND and VIVIM_KEK_PASSPHRASE_FILE/],
    [{ VIVIM_DID_WEB: 'true' }, /VIVIM_DID_WEB: .*on.*off/],
  ])('%j is refused by name, with what to write instead', (env, message) => {
    expect(() => loadConfig({}, env)).toThrow(ConfigError);
    expect(() => loadConfig({}, env)).toThrow(message);
  });

  it('takes the key-encryption key from one place, and hands programs PATH and HOME alone', () => {
    expect(loadConfig({}, {}).kek).toEqual({ source: null, passphraseFile: null });
    const kek = (env: Record<string, string>) => loadConfig({}, env).kek;
    expect(kek({ VIVIM_KEK_FILE: '/k' }).source).toEqual({ kind: 'file', path: '/k' });
    expect(kek({ VIVIM_KEK_COMMAND: '/bin/pass show  kek' }).source).toEqual({
      kind: 'command',
      command: ['/bin/pass', 'show', 'kek'],
    });
    expect(kek({ VIVIM_KEK_COMMAND: '["/bin/my pass", "a b"]' }).source).toMatchObject({
      command: ['/bin/my pass', 'a b'],
    });
    expect(kek({ VIVIM_KEK: 'passphrase' })).toEqual({ source: { kind: 'passphrase' }, passphraseFile: null });
    expect(kek({ VIVIM_KEK: 'passphrase', VIVIM_KEK_PASSPHRASE_FILE: '/p' })).toEqual(
      kek({ VIVIM_KEK_PASSPHRASE_FILE: '/p' }),
    );
    const env = { PATH: '/bin', HOME: '/home/a', VIVIM_KEK_FILE: '/k', SECRET: 'x' };
    expect(loadConfig({}, env).programEnvironment).toEqual({ PATH: '/bin', HOME: '/home/a' });
  });

  it('names every wrong setting at once', () => {
    expect(() => loadConfig({}, { VIVIM_PORT: 'x', VIVIM_JAIL: 'y' })).toThrow(/VIVIM_PORT[\s\S]*VIVIM_JAIL/);
  });
});
