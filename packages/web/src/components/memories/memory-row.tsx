/** One memory in its list: what it says, where that comes from, what it stands on where one looks, and what may be done with it. */
import type { Memory } from '@vivim/contract/memory';
import { useId, useState } from 'react';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { Marked } from '../kit/marked.tsx';
import { DetailsToggle } from './details-toggle.tsx';
import { EditMemory } from './edit-memory.tsx';
import { MemoryDetails } from './memory-details.tsx';
import { MemoryFacts } from './memory-facts.tsx';
import { MemoryMenu } from './memory-menu.tsx';
import { memoryKeyOf } from './memory-shortcuts.ts';
import { useMemoryActs } from './use-memory-act.ts';

const words = strings.memories;

export function MemoryRow({ memory, query }: { memory: Memory; query: string }) {
  const [isOpen, setOpen] = useState(false);
  const [isEdited, setEdited] = useState(false);
  const acts = useMemoryActs(memory);
  const region = useId();
  const { text, state } = memory;
  if (isEdited) return <EditMemory memory={memory} acts={acts} onEnd={() => setEdited(false)} />;
  const byKey = {
    open: () => setOpen(!isOpen),
    edit: () => setEdited(true),
    pin: acts.pin,
    putAway: acts.putAway,
    confirm: () => (state === 'candidate' ? acts.confirm() : undefined),
  };
  return (
    <article
      className="memory"
      onKeyDown={(event) => {
        const act = memoryKeyOf(event);
        if (act === null) return;
        event.preventDefault();
        void byKey[act]();
      }}
    >
      <div className="memory-main">
        <p className="memory-text" dir="auto">
          <Marked text={text} query={query} />
        </p>
        <MemoryFacts memory={memory} />
      </div>
      {state === 'candidate' && (
        <div className="memory-answers">
          <button type="button" aria-label={words.of(words.confirm, text)} onClick={() => void acts.confirm()}>
            {words.confirm}
          </button>
          <button
            type="button"
            className="quiet"
            aria-label={words.of(words.reject, text)}
            onClick={() => void acts.putAway()}
          >
            {words.reject}
          </button>
        </div>
      )}
      <DetailsToggle memory={memory} region={region} isOpen={isOpen} onOpen={setOpen} />
      <MemoryMenu
        memory={memory}
        acts={acts}
        onEdit={() => setEdited(true)}
        trigger={
          <button type="button" className="quiet icon-button" aria-label={words.more(text)}>
            <Icon name="more" />
          </button>
        }
      />
      {isOpen && <MemoryDetails memory={memory} region={region} />}
    </article>
  );
}
