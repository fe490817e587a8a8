/** In one line: what kind of memory it is, where it holds, where it comes from and from when until when it held. */
import type { Memory } from '@vivim/contract/memory';
import { day } from '../../format.ts';
import { memoryFrom } from '../../memory-from.ts';
import { strings } from '../../strings.ts';

const words = strings.memories;

/** Null where nothing says more than that it holds. */
export function validity({
  validFrom,
  validTo,
  state,
}: Pick<Memory, 'validFrom' | 'validTo' | 'state'>): string | null {
  if (validFrom !== null && validTo !== null) return words.held(day(validFrom), day(validTo));
  if (validTo !== null) return words.until(day(validTo));
  return validFrom !== null && state !== 'active' ? words.since(day(validFrom)) : null;
}

export function MemoryFacts({ memory }: { memory: Memory }) {
  const { kind, project, state, pinned, name, aliases, scopes, suspicious } = memory;
  const held = validity(memory);
  return (
    <p className="meta">
      <span className="chip">{words.kinds[kind]}</span>
      {pinned && <span className="chip accent">{words.pinned}</span>}
      {state !== 'active' && (
        <span className={state === 'candidate' ? 'chip warn' : 'chip'}>{words.states[state]}</span>
      )}
      {suspicious && <span className="warn">{words.suspicious}</span>}
      {name !== null && <span dir="auto">{words.about(name, aliases)}</span>}
      {scopes.map((scope) => (
        <bdi key={scope} className="chip">
          {scope}
        </bdi>
      ))}
      <span dir="auto">{memoryFrom(memory)}</span>
      {held !== null && <span>{held}</span>}
      {project !== null && <span dir="auto">{words.inProject(project.name ?? project.id)}</span>}
    </p>
  );
}
