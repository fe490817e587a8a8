/** The project's source files and what each imports, read from disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

export interface SourceFile {
  /** From the root, with forward slashes: `packages/engine/src/space/user-space.ts`. */
  readonly path: string;
  /** As it stands on disk. */
  readonly source: string;
  /** Its code: comments left out. */
  readonly text: string;
  /** Each import: a path from the root for project files, the bare name for packages. */
  readonly imports: readonly string[];
  /** Those of them that are not fetched later, `import()`. */
  readonly atLoad: readonly string[];
}

const isTest = (path: string): boolean => /\.(test|bench)\.tsx?$|\/test(ing)?\//.test(path);

/** Static, dynamic and re-exporting imports. */
const importPattern = /(?:(?<=[\s}])from\s*|\bimport\s*(\()\s*|\bimport\s+)['"]([\w@.#:~/-]+)['"]/g;

/** `@vivim/engine/space/hash` → `packages/engine/src/space/hash.ts`. */
const workspace = /^(?:@vivim\/(\w+)|(vivim))\/(.+)$/;

function resolveImport(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return relative(root, resolve(root, dirname(from), specifier)).replaceAll('\\', '/');
  const match = workspace.exec(specifier);
  if (match !== null) return `packages/${match[1] ?? 'cli'}/src/${match[3]}.ts`;
  return specifier;
}

/** A file as the rules see it; also how the test of the rules makes a bad one. */
export function sourceFile(path: string, text: string): SourceFile {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
  const found = [...code.matchAll(importPattern)].map(([, later, specifier = '']) => ({
    later: later !== undefined,
    path: resolveImport(path, specifier),
  }));
  const atLoad = found.flatMap((one) => (one.later ? [] : one.path));
  return { path, source: text, text: code, imports: found.map((one) => one.path), atLoad };
}

/** Every TypeScript source of the packages, tests left out. */
export function sourceFiles(): SourceFile[] {
  const packages = readdirSync(join(root, 'packages'));
  return packages.flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
      .map((file) => `packages/${name}/src/${file.replaceAll('\\', '/')}`)
      .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !isTest(path))
      .map((path) => sourceFile(path, readFileSync(join(root, path), 'utf8'))),
  );
}

export const manifestOf = (
  name: string,
): { dependencies?: Record<string, string>; devDependencies?: Record<string, string> } =>
  JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
