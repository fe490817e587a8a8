/** What pages say they show: held for minutes, so many, at a pace; also by a clock that goes back. */
import { type Presence, presenceLimits } from '@vivim/contract/presence';
import { describe, expect, it } from 'vitest';
import { Presences } from './presences.ts';

const start = 1_700_000_000_000;
function held() {
  const clock = { ms: start };
  const presences = new Presences(() => clock.ms);
  const say = (page: string, typed?: string, session = 'alice'): void =>
    presences.say({ page, ...(typed === undefined ? {} : { typed }) } as Presence, session);
  const typed = (): (string | undefined)[] => presences.now().map((each) => each.typed);
  return { clock, presences, say, typed };
}

describe('presence', () => {
  it('is what a page said last, until it says nothing or its time is over', () => {
    const { clock, say, typed } = held();
    say('page-one', 'a');
    say('page-two', 'b');
    say('page-one', 'c');
    expect(typed()).toEqual(['c', 'b']);
    say('page-one');
    expect(typed()).toEqual(['b']);
    clock.ms += presenceLimits.lifetime - 1;
    expect(typed()).toEqual(['b']);
    clock.ms += 1;
    expect(typed()).toEqual([]);
  });

  it('is one for each session and page, and of so many pages at most', () => {
    const { clock, say, typed } = held();
    say('page-one', 'a');
    say('page-one', 'b', 'a phone');
    expect(typed()).toEqual(['b', 'a']);
    for (let i = 0; i < 3 * presenceLimits.pages; i += 1) {
      say(`page-${i}`, String(i));
      clock.ms += presenceLimits.refill;
    }
    expect(typed()).toHaveLength(presenceLimits.pages);
    expect(typed()[0]).toBe(String(3 * presenceLimits.pages - 1));
  });

  it('is refused from a session that says more than a person does, from no other, and taken again a little later', () => {
    const { clock, say } = held();
    for (let i = 0; i < presenceLimits.burst; i += 1) say('page-one', String(i));
    expect(() => say('page-one', 'more')).toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfterSeconds: 1 }),
    );
    expect(() => say('page-two', 'more')).toThrow();
    say('page-one', 'b', 'a phone');
    clock.ms += presenceLimits.refill;
    say('page-one', 'more');
  });

  it('holds no longer and is refused no sooner by a clock that goes back', () => {
    const { clock, presences, say, typed } = held();
    say('page-one', 'a');
    clock.ms += 1_000;
    expect(presences.now()[0]?.ageMs).toBe(1_000);
    clock.ms -= 86_400_000;
    expect(presences.now()[0]?.ageMs).toBe(1_000);
    for (let i = 1; i < presenceLimits.burst; i += 1) say('page-two', String(i));
    clock.ms += presenceLimits.lifetime - 1_000;
    expect(typed()).toHaveLength(1);
    clock.ms += 1_000;
    expect(typed()).toEqual([]);
  });
});
