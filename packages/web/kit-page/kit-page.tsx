/** Every part of the kit on one page, for test/browser/kit.test.ts and for looking at. It is in no build but that of the test. */
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Choice } from '../src/components/kit/choice.tsx';
import { Confirm } from '../src/components/kit/confirm.tsx';
import { Dialog } from '../src/components/kit/dialog.tsx';
import { KitRoot } from '../src/components/kit/kit-root.tsx';
import { Menu, MenuCheck, MenuChoice, MenuItem, MenuLine, MenuLink } from '../src/components/kit/menu.tsx';
import { Popover } from '../src/components/kit/popover.tsx';
import { Skeleton } from '../src/components/kit/skeleton.tsx';
import { Switch } from '../src/components/kit/switch.tsx';
import { Tabs } from '../src/components/kit/tabs.tsx';
import { say, undoable } from '../src/components/kit/toast-queue.ts';
import { Tooltip } from '../src/components/kit/tooltip.tsx';
import { VirtualList } from '../src/components/kit/virtual-list.tsx';
import '../src/styles/tokens.css';
import '../src/styles/base.css';
import '../src/styles/controls.css';
import '../src/styles/kit.css';
import '../src/styles/identity.css';

const rows = Array.from({ length: 5_000 }, (_, at) => `Row ${at + 1}`);

function Page() {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState('nothing');
  const [colour, setColour] = useState<'red' | 'blue'>('red');
  const [on, setOn] = useState(false);
  const [things, setThings] = useState(['pear', 'plum']);
  const remove = (thing: string) =>
    undoable(async () => setThings((now) => now.filter((one) => one !== thing)), {
      say: `${thing} removed.`,
      undo: async () => setThings((now) => [...now, thing].sort()),
    });
  return (
    <main className="stack">
      <h1>The kit</h1>
      <p>
        Last: <output aria-label="Last">{said}</output>
      </p>
      <div className="actions">
        <button type="button" onClick={() => setOpen(true)}>
          Open a dialog
        </button>
        <Confirm
          label="Erase"
          warning="It cannot be had back."
          confirm="Erase it"
          onConfirm={() => setSaid('erased')}
        />
        <Menu trigger={<button type="button">Acts</button>}>
          <MenuItem icon="link" hint="L" onSelect={() => setSaid('linked')}>
            Link
          </MenuItem>
          <MenuLink>
            <a href="#elsewhere">Elsewhere</a>
          </MenuLink>
          <MenuCheck checked={on} onChange={setOn}>
            Loud
          </MenuCheck>
          <MenuLine />
          <MenuChoice
            label="Colour"
            value={colour}
            options={[
              ['red', 'Red'],
              ['blue', 'Blue'],
            ]}
            onChange={setColour}
          />
          <MenuItem danger onSelect={() => setSaid('gone')}>
            Remove
          </MenuItem>
        </Menu>
        <Popover label="Filters" trigger={<button type="button">Filter</button>}>
          <label className="field">
            <span>Word</span>
            <input />
          </label>
        </Popover>
        <Tooltip text="Says more">
          <button type="button" onClick={() => say('Hello.')}>
            Say hello
          </button>
        </Tooltip>
      </div>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="A dialog"
        lead="What it is about."
        actions={
          <button type="button" className="primary" onClick={() => setOpen(false)}>
            Done
          </button>
        }
      >
        <label className="field">
          <span>Name</span>
          <input />
        </label>
      </Dialog>
      <Choice
        label="Colour of all"
        value={colour}
        options={[
          ['red', 'Red'],
          ['blue', 'Blue'],
        ]}
        onChange={setColour}
      />
      <Switch label="Loud" help="Heard next door." checked={on} onChange={setOn} />
      <Tabs
        label="Views"
        tabs={[
          { id: 'one', label: 'One', content: <p>The first view</p> },
          { id: 'two', label: 'Two', content: <p>The second view</p> },
        ]}
      />
      <ul aria-label="Things" className="plain">
        {things.map((thing) => (
          <li key={thing}>
            {thing}{' '}
            <button type="button" onClick={() => void remove(thing)}>
              Remove {thing}
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        onClick={() => void undoable(() => Promise.reject(new TypeError()), { say: '', undo: async () => undefined })}
      >
        Fail
      </button>
      <Skeleton shape="rows" count={2} />
      <VirtualList items={rows} keyOf={(row) => row} estimate={44} label="Rows">
        {(row, at) => (
          <p>
            <a href={`#row-${at}`}>{row}</a>
            {at % 7 === 0 && <span className="note"> and a line that makes this one taller than its neighbours</span>}
          </p>
        )}
      </VirtualList>
    </main>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html lost its root element');
createRoot(root).render(
  <KitRoot>
    <Page />
  </KitRoot>,
);
