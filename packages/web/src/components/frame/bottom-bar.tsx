/** The navigation of a phone: what a thumb reaches at the bottom, everything else in a sheet from below. */
import { useState } from 'react';
import { strings } from '../../strings.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Icon } from '../kit/icon.tsx';
import { RoomLink, RoomLinks } from './room-links.tsx';
import { thumbRooms } from './rooms.ts';
import { ToolsMenu } from './tools-menu.tsx';

interface Props {
  onPalette: () => void;
  onKeys: () => void;
}

export function BottomBar({ onPalette, onKeys }: Props) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const then = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <>
      <nav className="bottom-bar" aria-label={strings.nav.label}>
        <ul>
          {thumbRooms.map((room) => (
            <li key={room.to}>
              <RoomLink room={room} />
            </li>
          ))}
          <li>
            <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
              <Icon name="menu" />
              <span>{strings.nav.menu}</span>
            </button>
          </li>
        </ul>
      </nav>
      <Dialog open={open} onOpenChange={setOpen} title={strings.brand}>
        <button type="button" className="jump" onClick={then(onPalette)}>
          <Icon name="search" />
          <span>{strings.frame.jump}</span>
        </button>
        <nav className="sheet-rooms" aria-label={strings.nav.label}>
          <RoomLinks onGo={close} end={<ToolsMenu onKeys={then(onKeys)} />} />
        </nav>
      </Dialog>
    </>
  );
}
