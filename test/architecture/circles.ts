/** Files that import each other, whether by one step or by ten: whoever reads one has to have read all. Types count. */
import type { SourceFile } from './source-files.ts';

type Imports = Pick<SourceFile, 'path' | 'atLoad'>;

/** Each circle as the files of it, in alphabetical order (Tarjan, 1972: strongly connected components). */
export function circlesIn(files: readonly Imports[]): string[][] {
  const imported = new Map(files.map(({ path, atLoad }) => [path, atLoad]));
  const reached = new Map<string, number>();
  const earliest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(path: string): number {
    const order = reached.size;
    reached.set(path, order);
    open.push(path);
    let first = order;
    for (const next of imported.get(path) ?? []) {
      if (!imported.has(next)) continue;
      if (!reached.has(next)) first = Math.min(first, visit(next));
      else if (open.includes(next)) first = Math.min(first, earliest.get(next) ?? reached.get(next) ?? order);
    }
    earliest.set(path, first);
    if (first === order) {
      const circle = open.splice(open.indexOf(path));
      if (circle.length > 1) circles.push(circle.toSorted());
    }
    return first;
  }

  for (const { path } of files) if (!reached.has(path)) visit(path);
  return circles;
}
