/** The pages one goes to, in groups, each with its icon and the letter that leads there after `g`. One list for all navigation. */
import { strings } from '../../strings.ts';
import type { IconName } from '../kit/icon.tsx';

export interface Room {
  readonly to:
    | '/'
    | '/search'
    | '/conversations'
    | '/topics'
    | '/entities'
    | '/memories'
    | '/context'
    | '/identity/connections'
    | '/import'
    | '/identity';
  readonly name: string;
  readonly icon: IconName;
  readonly letter: string;
  /** Pages that lie in it under addresses of their own. */
  readonly also?: readonly string[];
}

const { nav, frame } = strings;

const home: Room = { to: '/', name: nav.home, icon: 'home', letter: 'h' };
const search: Room = { to: '/search', name: nav.search, icon: 'search', letter: 's' };
const conversations: Room = { to: '/conversations', name: nav.conversations, icon: 'conversations', letter: 'c' };
const topics: Room = { to: '/topics', name: nav.topics, icon: 'topics', letter: 't', also: ['/graph'] };
const entities: Room = { to: '/entities', name: nav.entities, icon: 'entities', letter: 'e' };
const memories: Room = { to: '/memories', name: nav.memories, icon: 'memories', letter: 'm' };
const context: Room = { to: '/context', name: nav.context, icon: 'context', letter: 'x' };
const connections: Room = { to: '/identity/connections', name: frame.connections, icon: 'link', letter: 'n' };
const importing: Room = {
  to: '/import',
  name: nav.import,
  icon: 'import',
  letter: 'i',
  also: ['/imports/', '/secrets'],
};
export const you: Room = {
  to: '/identity',
  name: nav.identity,
  icon: 'identity',
  letter: 'y',
  also: ['/operator', '/docs'],
};

export interface RoomGroup {
  readonly id: string;
  /** Null: the first ones need no heading. */
  readonly title: string | null;
  readonly rooms: readonly Room[];
}

export const roomGroups: readonly RoomGroup[] = [
  { id: 'first', title: null, rooms: [home, search, conversations] },
  { id: 'known', title: frame.groups.known, rooms: [topics, entities, memories] },
  { id: 'use', title: frame.groups.use, rooms: [context, connections] },
  { id: 'bring', title: frame.groups.bring, rooms: [importing] },
];

export const allRooms: readonly Room[] = [...roomGroups.flatMap(({ rooms }) => rooms), you];

/** Whether the page lies in this room and is a room of its own. */
export const hasOwnLink = (room: Room, pathname: string): boolean =>
  allRooms.some(({ to }) => to.startsWith(`${room.to}/`) && pathname.startsWith(to));

/** Whether the page lies in it under an address of its own. */
export const liesIn = ({ also = [] }: Room, pathname: string): boolean =>
  also.some((path) => pathname.startsWith(path));

/** What a thumb reaches on a phone; the rest is behind the menu. */
export const thumbRooms: readonly Room[] = [home, search, conversations, context];
