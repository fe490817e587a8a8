/** Asks for a tag, and offers those there are. */
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { facetsQuery } from '../../api/reader-queries.ts';
import { strings } from '../../strings.ts';
import { Popover } from '../kit/popover.tsx';

const tagLength = 60;

interface Props {
  label: string;
  quiet?: boolean;
  onTag: (tag: string) => void;
}

export function TagField({ label, quiet = false, onTag }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={label}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className={quiet ? 'quiet' : ''}>
          {label}
        </button>
      }
    >
      <TagForm
        onTag={(tag) => {
          setOpen(false);
          onTag(tag);
        }}
      />
    </Popover>
  );
}

function TagForm({ onTag }: { onTag: (tag: string) => void }) {
  const list = useId();
  const [tag, setTag] = useState('');
  const tags = useQuery(facetsQuery({})).data?.tags ?? [];
  return (
    <form
      className="tag-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (tag.trim() !== '') onTag(tag.trim());
      }}
    >
      <input
        aria-label={strings.reader.tagLabel}
        list={list}
        maxLength={tagLength}
        value={tag}
        autoComplete="off"
        onChange={(event) => setTag(event.target.value)}
      />
      <datalist id={list}>
        {tags.map(({ value }) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <button type="submit" className="primary" disabled={tag.trim() === ''}>
        {strings.reader.addTag}
      </button>
    </form>
  );
}
