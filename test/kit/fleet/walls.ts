/** The walls this machine has, tried once, and for each it has not the reason: tests go over all of them. */
import type { JailLevel } from '@vivim/contract/health';
import { probeBubblewrap } from '../../../packages/gateway/src/fleet/bubblewrap.ts';
import type { Jail, Probe } from '../../../packages/gateway/src/fleet/enclosure.ts';
import { probeLandlock } from '../../../packages/gateway/src/fleet/landlock.ts';
import { permissionJail } from '../../../packages/gateway/src/fleet/node-permission.ts';
import { hostileEngine } from './fleet-kit.ts';

export interface Wall {
  readonly level: JailLevel;
  /** Null: it does not hold on this machine. */
  readonly jail: Jail | null;
  /** For the title of a test: empty, or why it is skipped. */
  readonly note: string;
}

const wall = (level: JailLevel, probed: Probe): Wall =>
  probed.jail === null
    ? { level, jail: null, note: ` (skipped: ${probed.reason})` }
    : { level, jail: probed.jail, note: '' };

/** Strongest first. */
export const walls = async (): Promise<Wall[]> => [
  wall('bubblewrap', await probeBubblewrap(hostileEngine)),
  wall('landlock', await probeLandlock(hostileEngine)),
  wall('node-permission', { jail: permissionJail }),
];
