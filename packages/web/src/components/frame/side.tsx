/** The column at the side of wide windows: the mark, the way to everything by words, the rooms, the browser's own things. */
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { modKey } from './keys.ts';
import { RoomLinks } from './room-links.tsx';
import { ToolsMenu } from './tools-menu.tsx';

interface Props {
  onPalette: () => void;
  onKeys: () => void;
}

export function Side({ onPalette, onKeys }: Props) {
  return (
    <>
      <button type="button" className="jump" onClick={onPalette} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" />
        <span>{strings.frame.jump}</span>
        <kbd>{modKey('K')}</kbd>
      </button>
      <nav className="nav" aria-label={strings.nav.label}>
        <RoomLinks end={<ToolsMenu onKeys={onKeys} />} />
      </nav>
    </>
  );
}
