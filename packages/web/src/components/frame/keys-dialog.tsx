/** Every key that does something, and the switch that turns the single ones off. */
import type { ReactNode } from 'react';
import { changeAppearance } from '../../appearance.ts';
import { useAppearance } from '../../hooks/use-appearance.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Switch } from '../kit/switch.tsx';
import { memoryShortcuts } from '../memories/memory-shortcuts.ts';
import { readerHelp } from '../reader/reader-shortcuts.ts';
import { modKey } from './keys.ts';
import { allRooms } from './rooms.ts';

const words = strings.frame.keys;

const everywhere: readonly (readonly [string, string])[] = [
  [modKey('K'), words.palette],
  ['/', words.search],
  ['?', words.help],
  [modKey('Z'), words.undo],
  ['F8', words.toasts],
  ['Esc', words.close],
  ['↑ ↓', words.rows],
];

const map = strings.subjects.graph.keys;
const onTheMap: readonly (readonly [string, string])[] = [
  ['← → ↑ ↓', map.next],
  ['Enter', map.open],
  ['Shift ← → ↑ ↓', map.move],
  ['+ − 0', map.zoom],
  ['Esc', map.let],
];

function Keys({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="keys">{children}</dl>
    </section>
  );
}

function Key({ name, does }: { name: string; does: string }) {
  return (
    <div>
      <dt>
        <kbd>{name}</kbd>
      </dt>
      <dd>{does}</dd>
    </div>
  );
}

export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { keys } = useAppearance();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={words.title} lead={words.lead} wide>
      <div className="keys-columns">
        <Keys title={words.everywhere}>
          {everywhere.map(([key, does]) => (
            <Key key={key} name={key} does={does} />
          ))}
        </Keys>
        <Keys title={words.goTo}>
          {allRooms.map(({ letter, name }) => (
            <div key={letter}>
              <dt>
                <kbd>g</kbd> <span className="note">{words.andThen}</span> <kbd>{letter}</kbd>
              </dt>
              <dd>{name}</dd>
            </div>
          ))}
        </Keys>
        <Keys title={strings.memories.keys.title}>
          {memoryShortcuts.map(({ key, words: does }) => (
            <Key key={key} name={key} does={does} />
          ))}
        </Keys>
        <Keys title={map.title}>
          {onTheMap.map(([key, does]) => (
            <Key key={key} name={key} does={does} />
          ))}
        </Keys>
        <Keys title={readerHelp.title}>
          {readerHelp.shortcuts.map(({ key, words: does }) => (
            <Key key={key} name={key} does={does} />
          ))}
        </Keys>
      </div>
      <Switch
        label={words.single}
        help={words.singleHelp}
        checked={keys}
        onChange={(on) => changeAppearance({ keys: on })}
      />
    </Dialog>
  );
}
