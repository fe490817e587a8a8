/** The links of the navigation, one below the other in their groups. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Icon } from '../kit/icon.tsx';
import { type Room, roomGroups, you } from './rooms.ts';

interface Props {
  onGo?: () => void;
}

interface AllProps extends Props {
  /** Beside the last link. */
  end: ReactNode;
}

/** `You` is marked on each of its pages but the one that has a link of its own. */
export function RoomLink({ room, onGo }: { room: Room } & Props) {
  return (
    <Link
      to={room.to}
      activeOptions={{ exact: room.to === '/', includeSearch: false }}
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
