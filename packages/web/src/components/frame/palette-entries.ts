/** What the palette offers for the words in it, best first: pages, acts, subjects by name, then what was said. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { SearchHit } from '@vivim/contract/search';
import { entitiesQuery, topicsQuery } from '../../api/queries.ts';
import { signOut } from '../../api/session.ts';
import { changeAppearance } from '../../appearance.ts';
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

export function usePaletteEntries(typed: string, hits: readonly SearchHit[], onKeys: () => void): PaletteEntry[] {
  const navigate = useNavigate();
  const topics = useInfiniteQuery(topicsQuery(50)).data?.pages[0]?.items ?? [];
  const entities = useInfiniteQuery(entitiesQuery).data?.pages[0]?.items ?? [];
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
  const named = [...pages, ...acts].filter(({ name }) => matches(name, typed));
  if (typed === '') return named;
  const subjects = [
    ...topics.map(
      ({ id, label }): PaletteEntry => ({
        id,
        group: words.subjects,
        name: label,
        icon: 'topics',
        run: () => void navigate({ to: '/topics/$id', params: { id } }),
      }),
    ),
    ...entities.map(
      ({ id, name }): PaletteEntry => ({
        id,
        group: words.subjects,
        name,
        icon: 'entities',
        run: () => void navigate({ to: '/entities/$id', params: { id } }),
      }),
    ),
  ].filter(({ name }) => matches(name, typed));
  const said = new Map<string, PaletteEntry>();
  for (const { conversation, acu, message } of hits) {
    if (!said.has(conversation.id))
      said.set(conversation.id, {
        id: conversation.id,
        group: words.found,
        name: conversation.title ?? acu.text.slice(0, 80),
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
    ...named,
    ...subjects.slice(0, ofSubjects),
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
