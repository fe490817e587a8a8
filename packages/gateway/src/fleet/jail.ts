/**
 * The wall around an engine, and how strong it is here: decided once at start by trying, never assumed.
 * Never weakens itself while running, and never starts below what the operator demands.
 */
import type { MissedJail } from '@vivim/contract/health';
import { probeBubblewrap } from './bubblewrap.ts';
import { engineEnvironment, type Jail, type Probe } from './enclosure.ts';
import { type EngineProgram, programArguments } from './engine-program.ts';
import { probeLandlock } from './landlock.ts';
import { permissionJail } from './node-permission.ts';

/** `require` alone means bubblewrap. */
export const jailDemands = ['auto', 'require', 'require:landlock', 'require:node-permission', 'off'] as const;
export type JailDemand = (typeof jailDemands)[number];

export interface ChosenJail {
  readonly jail: Jail;
  /** The stronger ones that do not hold here, strongest first, and why. */
  readonly missed: readonly MissedJail[];
}

/** How each wall is tried, strongest first. Tests put others in their place. */
export type JailProbes = Readonly<Record<'bubblewrap' | 'landlock', (program: EngineProgram) => Promise<Probe>>>;
const realProbes: JailProbes = { bubblewrap: probeBubblewrap, landlock: probeLandlock };

const remedies: Readonly<Record<'bubblewrap' | 'landlock', string>> = {
  bubblewrap:
    'bubblewrap: install it (Debian, Ubuntu: apt-get install bubblewrap) and allow unprivileged user namespaces.',
  landlock:
    'landlock: Linux 5.19 or newer, and a C compiler when the server is built (Debian, Ubuntu: apt-get install gcc libc6-dev; then npm run build).',
};

/**
 * The strongest wall that holds here.
 *
 * @throws Error saying what is missing and how to get it, when none holds that is as strong as the operator demands
 */
export async function chooseJail(demand: JailDemand, program: EngineProgram, probes = realProbes): Promise<ChosenJail> {
  if (demand === 'off') return { jail: openDoor, missed: [] };
  const wanted = demand === 'require' ? 'bubblewrap' : demand === 'require:landlock' ? 'landlock' : 'node-permission';
  const missed: MissedJail[] = [];
  for (const level of ['bubblewrap', 'landlock'] as const) {
    const probed = await probes[level](program);
    if (probed.jail !== null) return { jail: probed.jail, missed };
    missed.push({ level, reason: probed.reason });
    if (level !== wanted) continue;
    const found = missed.map((one) => `  ${one.level}: ${one.reason}`);
    const ways = missed.map((one) => `  ${remedies[one.level as 'bubblewrap' | 'landlock']}`);
    throw new Error(
      `VIVIM_JAIL=${demand}, but no wall that strong works here:\n${found.join('\n')}\n` +
        `${missed.length === 1 ? 'To get it' : 'To get one of them'}:\n${ways.join('\n')}\n` +
        `Or ask for less: VIVIM_JAIL=${weaker(level)}.`,
    );
  }
  return { jail: permissionJail, missed };
}

const weaker = (level: 'bubblewrap' | 'landlock'): string =>
  level === 'bubblewrap' ? 'require:landlock, or auto' : 'auto';

/** Reasons for the health page and the log: no path of the server. */
export const withoutPaths = (missed: readonly MissedJail[]): MissedJail[] =>
  missed.map(({ level, reason }) => ({ level, reason: reason.replace(/(?<!\w)\/[^\s:]+/g, '…') }));

/** No wall but the process itself. For development on machines without any other. */
const openDoor: Jail = {
  level: 'none',
  enclose: (program) => ({
    file: program.node,
    args: programArguments(program),
    env: engineEnvironment(program),
    inside: (path) => path,
  }),
};
