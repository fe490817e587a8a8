/** What has become of the lines of a record since they were given. Reads only; compiles nothing. */
import type { Assembly, AssemblyLine, LineNow } from '@vivim/contract/assembly';
import type { AcuId, MemoryId } from '@vivim/contract/ids';
import type { SpaceReader } from '../space/transactors.ts';
import { withoutWithheldIds } from './withheld.ts';

/** The record with what each given line is now. */
export function withNow(r: SpaceReader, assembly: Assembly): Assembly {
  const idsOf = <T extends AcuId | MemoryId>(of: (line: AssemblyLine) => T | null): T[] => [
    ...new Set(assembly.given.flatMap((line) => of(line) ?? [])),
  ];
  const units = unitsNow(
    r,
    idsOf(({ acuId }) => acuId),
  );
  const memories = memoriesNow(
    r,
    idsOf(({ memoryId }) => memoryId),
  );
  const given = assembly.given.map((line): AssemblyLine => {
    const { acuId, memoryId } = line;
    const now = acuId === null ? (memoryId === null ? 'same' : memories.get(memoryId)) : units.get(acuId);
    return { ...line, now: now ?? 'gone' };
  });
  return { ...assembly, given };
}

function unitsNow(r: SpaceReader, ids: readonly AcuId[]): Map<AcuId, LineNow> {
  const usable = r.pins.units(ids);
  const out = r.exclusions.unitIds(ids);
  const units = new Map(r.acus.byPks([...usable.values()]).map((unit) => [unit.acu.pk, unit]));
  const told = ids.flatMap((id) => units.get(usable.get(id) ?? 0) ?? []);
  const past = r.pastStatements.among(told);
  const pastPks = new Set([...past.keys()].map((i) => told[i]?.acu.pk));
  return new Map(
    ids.map((id): [AcuId, LineNow] => {
      if (out.has(id)) return [id, 'kept_out'];
      const pk = usable.get(id);
      if (pk === undefined) return [id, r.acus.standingOf(id) === null ? 'gone' : 'hidden'];
      return [id, pastPks.has(pk) ? 'past' : 'same'];
    }),
  );
}

function memoriesNow(r: SpaceReader, ids: readonly MemoryId[]): Map<MemoryId, LineNow> {
  const told = withoutWithheldIds(r, ids);
  return new Map(
    ids.map((id): [MemoryId, LineNow] => {
      const memory = r.memories.find(id);
      if (memory === null) return [id, 'gone'];
      if (memory.state !== 'active') return [id, 'past'];
      return [id, told.has(id) ? 'same' : 'kept_out'];
    }),
  );
}
