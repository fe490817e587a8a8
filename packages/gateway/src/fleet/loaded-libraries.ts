/** The shared libraries of this very process. An engine runs the same Node, so it needs these and no others. */
import { realpath } from 'node:fs/promises';

/** Their paths, the loader's included; those that are there. */
export async function loadedLibraries(): Promise<string[]> {
  const report = process.report.getReport() as { readonly sharedObjects: readonly string[] };
  const paths = report.sharedObjects.filter((path) => path.startsWith('/') && !path.endsWith('.node'));
  const found = await Promise.all(paths.map((path) => realpath(path).catch(() => null)));
  return paths.filter((_, index) => found[index] !== null);
}
