/** Whose doing an event was, in a word: this session, a device by its name, the operator. */
import { useQuery } from '@tanstack/react-query';
import type { AccountEvent } from '@vivim/contract/account';
import { devicesQuery, sessionsQuery } from '../api/identity-queries.ts';
import { strings } from '../strings.ts';
import { useMe } from './use-me.ts';

const words = strings.history;

/** Null where nobody knows any more: sessions end and devices go. */
export function useActors(): (event: AccountEvent) => string | null {
  const me = useMe();
  const devices = useQuery(devicesQuery).data ?? [];
  const sessions = useQuery(sessionsQuery).data ?? [];
  return ({ actor }) => {
    if (actor === me?.session.id) return words.thisSession;
    if (actor === 'operator') return words.operator;
    if (actor === 'guest') return words.guest;
    const deviceId = sessions.find(({ id }) => id === actor)?.deviceId;
    const device = devices.find(({ id, authKid }) => authKid === actor || id === deviceId);
    return device?.name ?? null;
  };
}
