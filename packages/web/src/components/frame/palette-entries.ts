/** What the palette offers for the words in it, best first: pages, acts, subjects by name, then what was said. */
import { useNavigate } from '@tanstack/react-router';
import type { SearchHit } from '@vivim/contract/search';
import { signOut } from '../../api/session.ts';
import { changeAppearance } from '../../appearance.ts';
import { nameOf, useNamedSubjects } from '../../hooks/use-named-subjects.ts';
import { strings } from '../../strings.ts';
import type { IconName } from '../kit/icon.tsx';
import { sayProblem } from '../kit/toast-queue.ts';
import { matches } from './palette-match.ts';
import { allRooms } from './rooms.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly group: string;
  readonly name: string;
  readonly icon: IconName;
  readonly hint?: string;
  run(): void;
}

const words = strings.frame.palette;
/** Of each kind: a palette that must be scrolled is a page. */
const ofSubjects = 6;
const ofHits = 6;

/** @param asked what was typed, once it rests */
export function usePaletteEntries(
  typed: string,
  asked: string,
  hits: readonly SearchHit[],
  onKeys: () => void,
): PaletteEntry[] {
  const navigate = useNavigate();
  const named = useNamedSubjects(typed, asked, ofSubjects);
  const { tools } = strings.frame;
  const pages = allRooms.map(
    ({ to, name, icon, letter }): PaletteEntry => ({
      id: to,
      group: words.pages,
      name,
      icon,
      hint: `g ${letter}`,
      run: () => void navigate({ to }),
    }),
  );
  const act = (id: string, name: string, icon: IconName, run: () => void): PaletteEntry => ({
    id,
    group: words.actions,
    name,
    icon,
    run,
  });
  const acts = [
    ...(['system', 'light', 'dark'] as const).map((theme) =>
      act(`theme-${theme}`, `${tools.theme}: ${tools.themes[theme]}`, 'settings', () => changeAppearance({ theme })),
    ),
    ...(['roomy', 'dense'] as const).map((density) =>
      act(`density-${density}`, `${tools.density}: ${tools.densities[density]}`, 'settings', () =>
        changeAppearance({ density }),
      ),
    ),
    act('keys', tools.keys, 'keyboard', onKeys),
    act('leave', strings.identity.signOut, 'leave', () => void signOut().catch(sayProblem)),
  ];
  const ways = [...pages, ...acts].filter(({ name }) => matches(name, typed));
  if (typed === '') return ways;
  const subjects = named.map((subject): PaletteEntry => {
    const way = { id: subject.id, group: words.subjects, name: nameOf(subject) };
    if ('label' in subject)
      return { ...way, icon: 'topics', run: () => void navigate({ to: '/topics/$id', params: { id: subject.id } }) };
    return { ...way, icon: 'entities', run: () => void navigate({ to: '/entities/$id', params: { id: subject.id } }) };
  });
  const said = new Map<string, PaletteEntry>();
  for (const { conversation, acu, message } of hits) {
    if (!said.has(conversation.id))
      said.set(conversation.id, {
        id: conversation.id,
        group: words.found,
        name: conversation.title ?? conversation.opening ?? acu.text.slice(0, 80),
        icon: 'conversations',
        run: () =>
          void navigate({
            to: '/conversations/$id',
            params: { id: conversation.id },
            search: { message: message.id },
          }),
      });
  }
  return [
    ...ways,
    ...subjects,
    ...[...said.values()].slice(0, ofHits),
    {
      id: 'search-all',
      group: words.found,
      name: words.searchAll(typed),
      icon: 'search',
      run: () => void navigate({ to: '/search', search: { q: typed } }),
    },
  ];
}
