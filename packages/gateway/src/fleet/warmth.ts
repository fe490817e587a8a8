/**
 * Which engines are stopped: those that were idle too long, those beyond what may stay warm, and, when memory runs short,
 * the ones that nobody has used for longest. Never one that is in use. Pure: looks at figures and names engines.
 */
import type { EngineMode } from '@vivim/contract/health';
import type { Memory } from './memory.ts';

/** An open engine as the choice sees it. */
export interface Warm {
  /** Requests are out, or jobs wait in it. */
  readonly inUse: boolean;
  /** Milliseconds; when it was last of use. */
  readonly lastUsed: number;
}

export interface WarmthRules {
  readonly now: number;
  readonly idleMs: number;
  /** How many may be open while nobody uses them, those in use counted in. */
  readonly warmEngines: number;
  readonly memory: Memory;
}

/** Below this much of the memory is left, idle engines are stopped. */
const shortShare = 0.1;
/** Below this much, no further one is started beside those that run. */
const criticalShare = 0.04;
/** Of the idle engines that go in one pass when memory is short: what it gives back shows at the next. */
const shareOfIdle = 0.25;

/** Large machines keep no tenth of terabytes free. */
const part = (total: number, share: number, most: number) => Math.min(total * share, most);

export const isShort = ({ totalBytes, availableBytes }: Memory): boolean =>
  availableBytes < part(totalBytes, shortShare, 2 * 1024 ** 3);

export const isCritical = ({ totalBytes, availableBytes }: Memory): boolean =>
  availableBytes < part(totalBytes, criticalShare, 512 * 1024 ** 2);

/** The least recently used first. */
export function toEvict<T extends Warm>(engines: readonly T[], rules: WarmthRules): T[] {
  const idle = engines.filter((engine) => !engine.inUse).sort((a, b) => a.lastUsed - b.lastUsed);
  const over = engines.length - rules.warmEngines;
  const forMemory = isShort(rules.memory) ? Math.ceil(idle.length * shareOfIdle) : 0;
  const stale = idle.filter(({ lastUsed }) => rules.now - lastUsed >= rules.idleMs).length;
  return idle.slice(0, Math.max(stale, over, forMemory, 0));
}

/**
 * Half of the memory for engines: 64 MB each where each is a process, 20 MB where many share one (a full page cache and what
 * a space keeps in memory).
 */
export function defaultWarmEngines(totalBytes: number, mode: EngineMode): number {
  const each = (mode === 'dedicated' ? 64 : 20) * 1024 ** 2;
  return Math.max(4, Math.floor(totalBytes / 2 / each));
}
