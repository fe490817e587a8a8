/** One line of a bundle: its mark, its words as the way to where they were said, and what can be done with it. */
import type { AssemblyLine } from '@vivim/contract/assembly';
import type { BundleCitation } from '@vivim/contract/context';
import { useState } from 'react';
import { day } from '../../format.ts';
import { type LineActs, subjectOf } from '../../hooks/use-line-acts.ts';
import { withoutEmphasis } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../kit/menu.tsx';
import { LineDetail, PastNote } from './line-detail.tsx';
import { LineSource } from './line-source.tsx';

const words = strings.context;

interface Props {
  citation: BundleCitation;
  line: AssemblyLine | undefined;
  isNew: boolean;
  isActive: boolean;
  recipe: string;
  acts: LineActs;
  onLook: () => void;
}

export function LineRow({ citation, line, isNew, isActive, recipe, acts, onLook }: Props) {
  const [open, setOpen] = useState(false);
  const subject = subjectOf(citation);
  const { ref, at, pinned } = citation;
  return (
    <li
      id={`line-${ref}`}
      className={`line${isActive ? ' active' : ''}${isNew ? ' came' : ''}`}
      onPointerEnter={onLook}
      onFocus={onLook}
    >
      <span className="line-ref">{ref}</span>
      <div className="line-body">
        <p className="line-quote" dir="auto">
          <LineSource citation={citation}>{withoutEmphasis(citation.quoted)}</LineSource>
        </p>
        <p className="meta">
          {citation.conversation !== null && (
            <span dir="auto" className="line-of">
              {citation.conversation.title ?? strings.untitled}
            </span>
          )}
          {at !== null && <time dateTime={at}>{day(at)}</time>}
          {isNew && <span className="chip done">{words.came}</span>}
          {pinned !== undefined && <span className="chip running">{words.pinned[pinned]}</span>}
        </p>
        <PastNote citation={citation} />
        {open && <LineDetail citation={citation} line={line} />}
      </div>
      <Menu
        trigger={
          <button type="button" className="quiet icon-button" aria-label={words.lineMenu(ref)}>
            <Icon name="more" />
          </button>
        }
      >
        <MenuItem onSelect={() => setOpen(!open)}>{words.whyHere}</MenuItem>
        {subject !== null && (
          <>
            <MenuLine />
            <MenuItem onSelect={() => acts.leaveOut(subject.of)}>{words.leaveOut}</MenuItem>
            {subject.kind === 'unit' && (
              <MenuItem onSelect={() => void acts.keepOut(subject.of)}>{words.keepOut}</MenuItem>
            )}
            <MenuLine />
            <MenuItem onSelect={() => acts.pinHere(subject.of)}>{words.pinHere}</MenuItem>
            <MenuItem onSelect={() => void acts.pin(subject.kind, subject.of, recipe)}>
              {words.pinRecipe(recipe)}
            </MenuItem>
            <MenuItem onSelect={() => void acts.pin(subject.kind, subject.of, null)}>{words.pinAlways}</MenuItem>
          </>
        )}
      </Menu>
    </li>
  );
}
