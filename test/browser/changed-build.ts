/** The web files as a next version would have them: built as they ship, with one text of the application changed. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../architecture/source-files.ts';

/** In a process of its own, as `buildWebFiles` does. @param dir where they go; what lies there goes first */
export async function buildChanged(dir: string, from: string, to: string): Promise<void> {
  const program = `
    import { build, loadConfigFromFile, mergeConfig } from 'vite';
    const { config } = await loadConfigFromFile({ command: 'build', mode: 'production' }, 'vite.config.ts');
    let changed = 0;
    const change = {
      name: 'next-version',
      enforce: 'pre',
      transform(code, id) {
        if (!id.includes('/src/strings/') || !code.includes(${JSON.stringify(from)})) return null;
        changed += 1;
        return code.replace(${JSON.stringify(from)}, ${JSON.stringify(to)});
      },
    };
    await build(mergeConfig(config, {
      configFile: false, logLevel: 'silent', plugins: [change], build: { outDir: ${JSON.stringify(dir)}, emptyOutDir: true },
    }));
    if (changed === 0) throw new Error('No text was changed.');`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(root, 'packages/web'),
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
