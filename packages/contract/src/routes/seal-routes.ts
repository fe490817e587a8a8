/** Sealing a space, and handing its key in. Answered by the gateway, because the engine of a locked space cannot start. */
import { SpaceKeyBody, SpaceSeal } from '../sealed-space.ts';
import { manage, mine, type Route } from './route.ts';

export const sealRoutes = {
  getSpaceSeal: {
    ...mine,
    tag: 'space',
    method: 'GET',
    path: '/v1/space/seal',
    summary: 'Whether your space is sealed, whether it is unlocked now, and what opens it',
    answer: SpaceSeal,
  },
  sealSpace: {
    ...manage,
    freezes: true,
    tag: 'space',
    method: 'POST',
    path: '/v1/space/seal',
    summary: 'Destroy the server’s own key to your space: only your devices, passkeys and recovery key open it then',
    answer: SpaceSeal,
    errors: ['last_key'],
  },
  unlockSpace: {
    ...manage,
    stepUp: false,
    tag: 'space',
    method: 'POST',
    path: '/v1/space/unlock',
    summary: 'Hand the key of your sealed space in; it is kept in memory until the space is locked',
    body: SpaceKeyBody,
    answer: SpaceSeal,
    errors: ['space_key_wrong'],
  },
  lockSpace: {
    ...manage,
    stepUp: false,
    tag: 'space',
    method: 'POST',
    path: '/v1/space/lock',
    summary: 'Have the server forget the key of your sealed space now',
    answer: SpaceSeal,
  },
  unsealSpace: {
    ...manage,
    freezes: true,
    tag: 'space',
    method: 'POST',
    path: '/v1/space/unseal',
    summary: 'Let the server keep a key of its own to your space again',
    body: SpaceKeyBody,
    answer: SpaceSeal,
    errors: ['space_key_wrong'],
  },
} as const satisfies Record<string, Route>;
