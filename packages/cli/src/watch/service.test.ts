/** The file by which the system runs a watcher: what it says, whatever stands in a path, and where it lies. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvironment } from '../config/environment.ts';
import { installService, serviceFile, uninstallService } from './service.ts';
import { launchdList, systemdUnit } from './service-unit.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'vivim-service-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const odd = { profile: 'alice', command: ['/n o/node', 'a"b\\c', '50%', '$HOME'], environment: { X: 'a&b<c>$d%' } };

describe('a service', () => {
  it('gives systemd every word as it is', () => {
    const unit = systemdUnit(odd);
    expect(unit).toContain('ExecStart="/n o/node" "a\\"b\\\\c" "50%%" "$$HOME"\n');
    expect(unit).toContain('Environment="X=a&b<c>$d%%"\n');
    expect(unit).toContain('RestartPreventExitStatus=2 3\n');
  });

  it('gives launchd every word as it is', () => {
    const list = launchdList(odd);
    expect(list).toContain('<string>a"b\\c</string>');
    expect(list).toContain('<key>X</key><string>a&amp;b&lt;c&gt;$d%</string>');
  });

  it.each(['linux', 'darwin'] as const)('is written and removed on %s, and holds no secret', (platform) => {
    const environment = {
      ...readEnvironment({ XDG_CONFIG_HOME: path.join(home, 'c'), CODEX_HOME: '/srv/codex' }),
      home,
    };
    expect(serviceFile(environment, 'alice', platform)).toBeNull();
    const { file, next } = installService(environment, 'alice', ['--only', 'codex'], platform);
    expect(file.startsWith(home)).toBe(true);
    expect(next).toContain(platform === 'linux' ? 'enable --now vivim-watch-alice' : 'launchctl bootstrap');
    const text = readFileSync(file, 'utf8');
    for (const word of [
      '--service',
      '--profile',
      'alice',
      '--only',
      'codex',
      process.execPath,
      path.join(home, 'c'),
      '/srv/codex',
    ])
      expect(text).toContain(word);
    expect(text).not.toContain('VIVIM_TOKEN');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(serviceFile(environment, 'alice', platform)).toBe(file);
    uninstallService(environment, 'alice', platform);
    expect(existsSync(file)).toBe(false);
    expect(() => uninstallService(environment, 'alice', platform)).toThrow('There is no service');
  });

  it('is refused in words where the system has none', () => {
    expect(() => installService(readEnvironment({}), 'alice', [], 'win32')).toThrow('vivim watch --service');
  });
});
