/** The links of the navigation, one below the other in their groups. */
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../kit/icon.tsx';
import { hasOwnLink, liesIn, type Room, roomGroups, you } from './rooms.ts';

interface Props {
  onGo?: () => void;
}

interface AllProps extends Props {
  /** Beside the last link. */
  end: ReactNode;
}

/** A room is marked on each of its pages but those that have a link of their own. */
export function RoomLink({ room, onGo }: { room: Room } & Props) {
  const deeper = useLocation({ select: ({ pathname }) => hasOwnLink(room, pathname) });
  const within = useLocation({ select: ({ pathname }) => liesIn(room, pathname) });
  return (
    <Link
      to={room.to}
      {...(within ? { 'aria-current': 'page' } : {})}
      activeOptions={{ exact: room.to === '/' || deeper, includeSearch: false }}
      {...(onGo === undefined ? {} : { onClick: onGo })}
    >
      <Icon name={room.icon} />
      <span>{room.name}</span>
    </Link>
  );
}

export function RoomLinks({ onGo, end }: AllProps) {
  const go = onGo === undefined ? {} : { onGo };
  return (
    <>
      {roomGroups.map(({ id, title, rooms }) => (
        <div key={id} className="room-group">
          {title !== null && <p className="room-title">{title}</p>}
          <ul className="rooms">
            {rooms.map((room) => (
              <li key={room.to}>
                <RoomLink room={room} {...go} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div className="room-you">
        <ul className="rooms">
          <li>
            <RoomLink room={you} {...go} />
          </li>
        </ul>
        {end}
      </div>
    </>
  );
}
