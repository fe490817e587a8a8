/** What one can do with a message, as a menu; the reader does it. */
import { strings } from '../../strings.ts';
import { Icon } from '../kit/icon.tsx';
import { Menu, MenuItem, MenuLine } from '../kit/menu.tsx';

/** By the id of a message. The same functions as long as the conversation is open. */
export interface MessageActs {
  readonly show: (sibling: string) => void;
  readonly bookmark: (id: string) => void;
  readonly note: (id: string) => void;
  readonly units: (id: string) => void;
  readonly copy: (id: string) => void;
  readonly copyLink: (id: string) => void;
  readonly keepOut: (id: string) => void;
  readonly erase: (id: string) => void;
}

interface Props {
  id: string;
  bookmarked: boolean;
  noted: boolean;
  excluded: boolean;
  acts: MessageActs;
}

const words = strings.reader;

export function MessageMenu({ id, bookmarked, noted, excluded, acts }: Props) {
  return (
    <Menu
      trigger={
        <button type="button" className="quiet icon-button" aria-label={words.menu}>
          <Icon name="more" />
        </button>
      }
    >
      <MenuItem icon="memories" hint="b" onSelect={() => acts.bookmark(id)}>
        {bookmarked ? words.unbookmark : words.bookmark}
      </MenuItem>
      <MenuItem hint="n" onSelect={() => acts.note(id)}>
        {noted ? words.editNote : words.addNote}
      </MenuItem>
      <MenuItem icon="context" hint="u" onSelect={() => acts.units(id)}>
        {words.units}
      </MenuItem>
      <MenuLine />
      <MenuItem hint="c" onSelect={() => acts.copy(id)}>
        {words.copyMarkdown}
      </MenuItem>
      <MenuItem icon="link" onSelect={() => acts.copyLink(id)}>
        {words.copyLink}
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => acts.keepOut(id)}>
        {excluded ? strings.exclusions.takeBack : strings.exclusions.keepOut}
      </MenuItem>
      <MenuItem danger onSelect={() => acts.erase(id)}>
        {strings.erase.names.message}
      </MenuItem>
    </Menu>
  );
}
