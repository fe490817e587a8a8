import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileCacheDirectory, readEnvironment, watcherEnvironment } from './environment.ts';

describe('environment', () => {
  it('has defaults under the home directory', () => {
    expect(readEnvironment({})).toEqual({
      profile: 'default',
      server: undefined,
      token: undefined,
      configDirectory: path.join(homedir(), '.config/vivim'),
      stateDirectory: path.join(homedir(), '.local/state/vivim'),
      home: homedir(),
      programHomes: {},
    });
  });

  it('takes what is set', () => {
    const env = {
      VIVIM_PROFILE: 'alice',
      VIVIM_SERVER: 'http://x',
      VIVIM_TOKEN: 'vivim_pat_x',
      XDG_CONFIG_HOME: '/conf',
      XDG_CACHE_HOME: '/cache',
      XDG_STATE_HOME: '/state',
      XDG_DATA_HOME: '/data',
      CODEX_HOME: '/codex',
      CLAUDE_CONFIG_DIR: 'relative',
    };
    expect(readEnvironment(env)).toEqual({
      profile: 'alice',
      server: 'http://x',
      token: 'vivim_pat_x',
      configDirectory: '/conf/vivim',
      stateDirectory: '/state/vivim',
      home: homedir(),
      programHomes: { XDG_CONFIG_HOME: '/conf', XDG_DATA_HOME: '/data', CODEX_HOME: '/codex' },
    });
    expect(watcherEnvironment(env)).toMatchObject({ XDG_DATA_HOME: '/data', CODEX_HOME: '/codex' });
    expect(Object.keys(watcherEnvironment(env))).not.toContain('VIVIM_TOKEN');
    expect(compileCacheDirectory(env)).toBe('/cache/vivim/compiled');
  });

  it('counts empty as not set, and ignores a relative directory', () => {
    const env = { VIVIM_PROFILE: '', VIVIM_SERVER: '', VIVIM_TOKEN: '', XDG_CONFIG_HOME: 'conf' };
    expect(readEnvironment(env)).toEqual(readEnvironment({}));
  });
});
