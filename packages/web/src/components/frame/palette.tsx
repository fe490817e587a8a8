/**
 * One field that leads anywhere: pages, things to do, topics and people by name, and what was said. A combobox: the
 * focus stays in the field, arrow keys go through what it found, Enter goes there.
 */
import { useInfiniteQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { searchQuery } from '../../api/search-queries.ts';
import { number } from '../../count.ts';
import { useSettled } from '../../hooks/use-settled.ts';
import type { TypedAhead } from '../../hooks/use-typed-ahead.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { type PaletteEntry, usePaletteEntries } from './palette-entries.ts';

const words = strings.frame.palette;

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onKeys: () => void;
  /** What was typed before there was a field. */
  ahead: TypedAhead;
}

function Found({
  entries,
  chosen,
  listId,
  onRun,
}: {
  entries: readonly PaletteEntry[];
  chosen: number;
  listId: string;
  onRun: (entry: PaletteEntry) => void;
}) {
  return entries.map((entry, at) => (
    <div key={entry.id} role="presentation">
      {entry.group !== entries[at - 1]?.group && (
        <p className="menu-label" role="presentation">
          {entry.group}
        </p>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys are those of the field */}
      <div
        id={`${listId}-${at}`}
        role="option"
        aria-selected={at === chosen}
        className="menu-item"
        {...(at === chosen ? { 'data-highlighted': '' } : {})}
        onClick={() => onRun(entry)}
      >
        <Icon name={entry.icon} />
        <span dir="auto">{entry.name}</span>
        {entry.hint !== undefined && <kbd>{entry.hint}</kbd>}
      </div>
    </div>
  ));
}

function Field({ onDone, onKeys, ahead }: { onDone: () => void; onKeys: () => void; ahead: TypedAhead }) {
  const [typed, setTyped] = useState(ahead.text);
  useEffect(() => ahead.end(), [ahead.end]);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const asked = useSettled(typed.trim(), 200);
  const hits = useInfiniteQuery(searchQuery(asked.length < 2 ? {} : { q: asked }));
  const entries = usePaletteEntries(typed.trim(), asked, hits.data?.pages[0]?.items ?? [], onKeys);
  const at = Math.min(chosen, entries.length - 1);
  const run = (entry: PaletteEntry): void => {
    onDone();
    entry.run();
  };
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = entries.length - 1;
    const next = { ArrowDown: at >= last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setChosen(next);
    }
    const entry = entries[at];
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || entry === undefined) return;
    event.preventDefault();
    run(entry);
  };
  return (
    <>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-label={words.label}
        {...(at < 0 ? {} : { 'aria-activedescendant': `${listId}-${at}` })}
        placeholder={words.label}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id={listId} role="listbox" aria-label={words.title} className="palette-list">
        <Found entries={entries} chosen={at} listId={listId} onRun={run} />
      </div>
      <p className={entries.length === 0 ? 'note' : 'visually-hidden'} role="status">
        {entries.length === 0 ? words.none(typed) : words.count(number(entries.length))}
      </p>
    </>
  );
}

export function Palette({ open, onOpenChange, onKeys, ahead }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.title}>
      <Field onDone={() => onOpenChange(false)} onKeys={onKeys} ahead={ahead} />
    </Dialog>
  );
}
