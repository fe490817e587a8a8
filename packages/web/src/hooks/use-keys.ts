/** Listens to the keys of the whole application and does what they ask for. Which ask for what: components/frame/keys.ts. */
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { appearance } from '../appearance.ts';
import { keyAct, whereIs } from '../components/frame/keys.ts';
import { allRooms } from '../components/frame/rooms.ts';
import { takeBackLast } from '../components/kit/toast-queue.ts';

/** How long `g` waits for its letter. */
const waitMs = 1_500;
/** How long a page that is being fetched is waited for before its field is given up. */
const fieldMs = 3_000;

/** Into the search field of this page, as soon as it is there. */
function focusField(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
  field?.focus();
  field?.select();
  return field !== null;
}

function focusFieldSoon(): void {
  const watch = new MutationObserver(() => {
    if (focusField()) watch.disconnect();
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), fieldMs);
}

interface Acts {
  onPalette: () => void;
  onHelp: () => void;
}

export function useKeys({ onPalette, onHelp }: Acts): void {
  const navigate = useNavigate();
  useEffect(() => {
    let going: ReturnType<typeof setTimeout> | null = null;
    const forget = () => {
      if (going !== null) clearTimeout(going);
      going = null;
    };
    const onKey = (event: KeyboardEvent): void => {
      // Held Shift is no answer to `g`, and a key a part of the page has dealt with is none of ours.
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key))
        return;
      const act = keyAct(event, { ...whereIs(event.target), letters: appearance().keys, going: going !== null });
      forget();
      if (act === null) return;
      if (act.do === 'undo') {
        if (takeBackLast()) event.preventDefault();
        return;
      }
      if (act.do === 'go') {
        const room = allRooms.find(({ letter }) => letter === act.letter);
        if (room === undefined) return;
        event.preventDefault();
        void navigate({ to: room.to });
        return;
      }
      event.preventDefault();
      if (act.do === 'palette') onPalette();
      else if (act.do === 'help') onHelp();
      else if (act.do === 'wait') going = setTimeout(forget, waitMs);
      else if (!focusField()) {
        focusFieldSoon();
        void navigate({ to: '/search' });
      }
    };
    document.addEventListener('keydown', onKey);
    return () => {
      forget();
      document.removeEventListener('keydown', onKey);
    };
  }, [navigate, onPalette, onHelp]);
}
