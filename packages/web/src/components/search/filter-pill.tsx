/** One filter: a button that opens what may be chosen; once it is, what was chosen and a button that takes it off. */
import { type ReactNode, useState } from 'react';
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { Popover } from '../kit/popover.tsx';

interface Props {
  name: string;
  /** What is chosen, in words; null where nothing is. */
  value: string | null;
  onRemove: () => void;
  /** @param close shuts the panel first, so that the focus is back when the page changes */
  children: (close: (then: () => void) => void) => ReactNode;
}

export function FilterPill({ name, value, onRemove, children }: Props) {
  const [open, setOpen] = useState(false);
  const close = (then: () => void): void => {
    setOpen(false);
    then();
  };
  return (
    <span className={value === null ? 'pill' : 'pill set'}>
      <Popover
        label={name}
        open={open}
        onOpenChange={setOpen}
        trigger={
          <button
            type="button"
            className="pill-main"
            {...(value === null
              ? {}
              : { 'aria-label': `${strings.search.chip(name, value)}. ${strings.search.change(name)}` })}
          >
            {value === null ? (
              name
            ) : (
              <>
                <small className="pill-name">{name}</small> <bdi>{value}</bdi>
              </>
            )}
          </button>
        }
      >
        {children(close)}
      </Popover>
      {value !== null && <Remove name={name} onRemove={onRemove} />}
    </span>
  );
}

/** A filter that is set and has no panel of its own. */
export function FilterChip({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <span className="pill set">
      <bdi className="pill-main">{name}</bdi>
      <Remove name={name} onRemove={onRemove} />
    </span>
  );
}

const Remove = ({ name, onRemove }: { name: string; onRemove: () => void }) => (
  <button type="button" className="pill-remove" aria-label={strings.search.remove(name)} onClick={onRemove}>
    <Icon name="close" />
  </button>
);
