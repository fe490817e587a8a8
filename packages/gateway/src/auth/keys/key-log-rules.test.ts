/** The rules of the key log, held against random logs: what must be true after any sequence of entries by anybody. */
import type { Guardians, KeyLogPayload, LoggedKey } from '@vivim/contract/key-log';
import { keyPriority } from '@vivim/contract/key-log-bytes';
import {
  type KeyState,
  keyChange,
  nullified,
  replay,
  type StandingEntry,
  signsIn,
} from '@vivim/contract/key-log-rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../../../test/kit/property-runs.ts';
import {
  hour,
  named,
  namedKey,
  type Ran,
  randomLogs,
  trial,
  vouches,
} from '../../../../../test/kit/random-key-logs.ts';
import { refusalOf } from '../../../../../test/kit/refusals.ts';

const holds = (property: (ran: Ran) => void) => fc.assert(fc.property(randomLogs, property), { numRuns: runs(400) });
const plain = ({ keys, guardians }: KeyState) => ({ keys: [...keys].sort(), guardians });
const nullifyOf = (log: readonly StandingEntry[], target: number) =>
  ({ seq: log.length + 1, prev: log.at(-1)?.hash ?? null, op: 'nullify', target }) as const;

describe('any log, whoever signs what', () => {
  it('means the same each time it is read, and what it was said to mean when it was written', () => {
    holds(({ log, steps }) => {
      expect(plain(replay(log))).toEqual(plain(replay(structuredClone(log))));
      for (const { entry, log: earlier, after } of steps)
        expect(plain(replay([...earlier, entry]))).toEqual(plain(after));
    });
  });

  it('keeps a key that signs in', () => {
    holds(({ steps }) => {
      for (const { after } of steps) expect([...after.keys.values()].some(signsIn)).toBe(true);
    });
  });

  it('lets a key bring in none that is stronger, but for the one on paper', () => {
    holds(({ steps }) => {
      for (const { entry, before, after } of steps) {
        if (entry.payload.op === 'nullify') continue;
        const strength = before.keys.get(entry.signer)?.priority ?? keyPriority.added;
        for (const { purpose, priority } of keyChange(before, after).added)
          if (entry.payload.op !== 'setRecovery') expect(priority).toBeGreaterThanOrEqual(strength);
          else expect(purpose).toMatch(/^recovery/);
      }
    });
  });

  it('lets a key remove none that is stronger, but for one on paper that is replaced', () => {
    holds(({ steps }) => {
      for (const { entry, before, after, log } of steps) {
        const { payload, signer } = entry;
        const gone = keyChange(before, after).revoked.map((kid) => before.keys.get(kid));
        const then = payload.op === 'nullify' ? replay(log, payload.target) : before;
        const strength = then.keys.get(signer)?.priority ?? keyPriority.added;
        for (const lost of gone) {
          const onPaper = lost?.purpose.startsWith('recovery') === true;
          if (payload.op === 'recover') expect(onPaper).toBe(false);
          else if (payload.op !== 'setRecovery' && !(payload.op === 'nullify' && onPaper))
            expect(lost?.priority).toBeGreaterThanOrEqual(strength);
        }
      }
    });
  });

  it('lets a key on paper that was replaced undo it for 72 hours, whatever was written since', () => {
    holds(({ log, steps, nowMs }) => {
      const voided = nullified(log);
      for (const { entry, before } of steps) {
        const replaced = [...before.keys.values()].find(({ purpose }) => purpose === 'recovery');
        if (entry.payload.op !== 'setRecovery' || replaced === undefined || replaced.kid === entry.signer) continue;
        if (voided.has(entry.payload.seq)) continue;
        const undoing = { payload: nullifyOf(log, entry.payload.seq), signer: replaced.kid };
        const lastMoment = entry.at.getTime() + 72 * hour;
        if (nowMs <= lastMoment) expect(plain(trial(log, undoing, lastMoment))).toEqual(plain(before));
        expect(() => trial(log, undoing, lastMoment + 1)).toThrow(/too late/);
      }
    });
  });

  it('is, after an entry that voids others, exactly what it was before the first of them', () => {
    holds(({ steps }) => {
      for (const { entry, after, log } of steps) {
        if (entry.payload.op !== 'nullify') continue;
        const { target } = entry.payload;
        const back = steps.find((step) => step.entry.payload.seq === target);
        expect(plain(after)).toEqual(plain(back?.before ?? replay(log.slice(0, target - 1))));
      }
    });
  });

  it('is voided only by keys stronger than the first, and as strong as each, of those that signed what is voided', () => {
    holds(({ steps }) => {
      const strengthOf = new Map<number, number>(
        steps.map(({ entry: { payload, signer }, before, log }) => {
          const then = payload.op === 'nullify' ? replay(log, payload.target) : before;
          const byPaper =
            payload.op === 'recover' && payload.approvals.some((one) => vouches(one, before) === 'recovery-key');
          return [payload.seq, byPaper ? 0 : (then.keys.get(signer)?.priority ?? keyPriority.added)];
        }),
      );
      for (const {
        entry: { payload },
        log,
      } of steps) {
        if (payload.op !== 'nullify') continue;
        const strength = strengthOf.get(payload.seq) ?? 0;
        const voided = log.filter((one) => one.payload.seq >= payload.target && !nullified(log).has(one.payload.seq));
        for (const one of voided) expect(strengthOf.get(one.payload.seq)).toBeGreaterThanOrEqual(strength);
        expect(strengthOf.get(payload.target)).toBeGreaterThan(strength);
      }
    });
  });

  it('goes on from its head alone', () => {
    holds(({ log, nowMs }) => {
      const payload = { op: 'revoke' as const, kids: [named('a')] };
      const head = log.at(-1)?.hash ?? null;
      for (const place of [
        { seq: log.length, prev: head },
        { seq: log.length + 2, prev: head },
        { seq: log.length + 1, prev: named('other') },
        { seq: log.length + 1, prev: null },
      ])
        expect(() => trial(log, { payload: { ...payload, ...place }, signer: named('first') }, nowMs)).toThrow(
          /moved on/,
        );
    });
  });
});

describe('the change an entry makes', () => {
  it('turns one state into the next, strength and purpose included', () => {
    holds(({ steps }) => {
      for (const { before, after } of steps) {
        const { added, revoked } = keyChange(before, after);
        const keys = new Map(before.keys);
        for (const kid of revoked) keys.delete(kid);
        for (const one of added) keys.set(one.kid, one);
        expect([...keys].sort()).toEqual([...after.keys].sort());
      }
    });
  });
});

describe('the first entry', () => {
  const first = namedKey('first', 'rotation', keyPriority.first);
  const begin = (keys: LoggedKey[], signer = first.kid, message?: string) =>
    refusalOf(() =>
      trial(
        [],
        { payload: { seq: 1, prev: null, op: 'add', keys, ...(message === undefined ? {} : { message }) }, signer },
        0,
      ),
    );

  it('is the first key, signing for itself, alone', async () => {
    expect(await begin([first])).toBe('accepted');
    expect(await begin([first], undefined, 'text')).toBe('accepted');
    expect(await begin([first], named('a'))).toBe('key_log_invalid');
    expect(await begin([{ ...first, priority: 0 }])).toBe('key_log_invalid');
    expect(await begin([{ ...first, purpose: 'device-auth' }])).toBe('key_log_invalid');
    // Signed by signing a text that names none of them, others could be slipped in beside it.
    expect(await begin([first, namedKey('a', 'device-auth', 100)], undefined, 'text')).toBe('key_log_invalid');
    expect(await begin([first, namedKey('a', 'device-auth', 100)])).toBe('key_log_invalid');
  });
});

describe('the key on paper', () => {
  const paperOf = (name: string) => ({
    sign: namedKey(name, 'recovery', keyPriority.recovery),
    enc: namedKey(`${name}-enc`, 'recovery-enc', keyPriority.recovery),
  });
  type Change =
    | { op: 'setRecovery'; recovery: ReturnType<typeof paperOf> | null; guardians: Guardians | null }
    | { op: 'nullify'; target: number }
    | { op: 'revoke'; kids: string[] };
  const set = (paper: string | null, guardians: Guardians | null = null): Change => ({
    op: 'setRecovery',
    recovery: paper === null ? null : paperOf(paper),
    guardians,
  });

  /** The first key, a weaker device let in by it, and the paper `p` where asked for. */
  function begun(withPaper = true) {
    let log: StandingEntry[] = [];
    const placed = (change: Change) => ({ ...change, seq: log.length + 1, prev: log.at(-1)?.hash ?? null });
    const put = (payload: KeyLogPayload, signer: string, hours: number): KeyState => {
      const after = trial(log, { payload, signer: named(signer) }, hours * hour);
      const at = new Date(hours * hour);
      log = [...log, { payload, signer: named(signer), hash: named(`hash${payload.seq}`), at }];
      return after;
    };
    const sign = (signer: string, change: Change, hours = 0) => put(placed(change), signer, hours);
    put({ seq: 1, prev: null, op: 'add', keys: [namedKey('first', 'rotation', keyPriority.first)] }, 'first', 0);
    const device = namedKey('device', 'device-auth', keyPriority.added);
    put({ seq: 2, prev: named('hash1'), op: 'add', keys: [device] }, 'first', 0);
    if (withPaper) sign('first', set('p'));
    return { sign, now: () => replay(log) };
  }
  const onPaper = ({ keys }: KeyState) => [...keys.values()].find(({ purpose }) => purpose === 'recovery')?.kid ?? null;

  it('is set by no weaker device, which so takes over nothing in two steps', async () => {
    for (const withPaper of [false, true]) {
      const { sign, now } = begun(withPaper);
      const before = plain(now());
      expect(await refusalOf(() => sign('device', set('thief')))).toBe('key_log_invalid');
      expect(await refusalOf(() => sign('device', set(null, { dids: ['did:x:eve'], threshold: 1 })))).toBe(
        'key_log_invalid',
      );
      expect(await refusalOf(() => sign('thief', { op: 'revoke', kids: [named('first')] }))).toBe('key_log_invalid');
      expect(await refusalOf(() => sign('device', { op: 'revoke', kids: [named('first')] }))).toBe('key_log_invalid');
      expect(plain(now())).toEqual(before);
    }
  });

  it('is set by a device where no stronger one is left', () => {
    const { sign } = begun();
    sign('p', { op: 'revoke', kids: [named('first')] });
    expect(sign('device', set('q'), 0).announcedAt).toEqual(new Date(0));
    expect(onPaper(sign('device', set('q'), 72))).toBe(named('q'));
  });

  it.each([
    ['replaced', 'q'],
    ['taken away', null],
  ])('is %s without its signature only three days after the first word of it', (_, next) => {
    const { sign, now } = begun();
    const before = plain(now());
    for (const hours of [1, 2, 72.9]) {
      expect(plain(sign('first', set(next), hours))).toEqual(before);
      expect([onPaper(now()), now().announcedAt]).toEqual([named('p'), new Date(hour)]);
    }
    const after = sign('first', set(next), 73);
    expect([onPaper(after), after.announcedAt]).toEqual([next === null ? null : named(next), null]);
    expect(now()).toEqual(after);
  });

  it('is not replaced on the strength of an announcement nobody acted on for two weeks', () => {
    const { sign } = begun();
    sign('first', set('q'), 1);
    const late = 1 + 14 * 24 + 1;
    expect(onPaper(sign('first', set('q'), late))).toBe(named('p'));
    expect(onPaper(sign('first', set('q'), late + 72))).toBe(named('q'));
  });

  it('is replaced at once by its own signature', () => {
    const { sign } = begun();
    sign('first', set('q'));
    const after = sign('p', set('r'));
    expect([onPaper(after), after.announcedAt]).toEqual([named('r'), null]);
    expect(onPaper(sign('r', set(null)))).toBeNull();
  });

  it('stays while guardians change at once', () => {
    const guardians = { dids: ['did:x:ann'], threshold: 1 };
    const after = begun().sign('first', set('p', guardians));
    expect([onPaper(after), after.guardians]).toEqual([named('p'), guardians]);
  });

  it('voids what was announced, and then three days begin anew', async () => {
    const { sign, now } = begun();
    sign('first', set('q'), 1);
    expect(await refusalOf(() => sign('first', { op: 'nullify', target: 4 }, 2))).toBe('key_log_invalid');
    expect(sign('p', { op: 'nullify', target: 4 }, 2).announcedAt).toBeNull();
    expect(onPaper(sign('first', set('q'), 74))).toBe(named('p'));
    expect(now().announcedAt).toEqual(new Date(74 * hour));
  });
});
