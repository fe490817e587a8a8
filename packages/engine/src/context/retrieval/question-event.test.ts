import { describe, expect, it } from 'vitest';
import { calendarIn } from './calendar.ts';
import { eventIn, spanOf } from './question-event.ts';

const told = (question: string) => {
  const found = eventIn(question);
  return found === null
    ? null
    : `${found.side}${found.far ? ` ${found.far.count} ${found.far.unit}` : ''}: ${found.event}`;
};

describe('a time told by an event', () => {
  it.each([
    ['What did I cook before I moved to Lisbon?', 'before: I moved to Lisbon'],
    ['What did we eat the day after the wedding?', 'after 1 day: the wedding'],
    ['How have I slept since I started at Acme?', 'since: I started at Acme'],
    ['What did you suggest two weeks after my surgery?', 'after 2 week: my surgery'],
    ['What did I plan the week before Emma left?', 'before 1 week: Emma left'],
    ['What did we play during the summer party?', 'at: the summer party'],
    ['What have I cooked since moving to the coast?', 'since: moving to the coast'],
  ])('is read: %s', (question, expected) => {
    expect(told(question)).toBe(expected);
  });

  it.each([
    'When did I move?',
    'When I ask about recipes, use grams.',
    'What should I do before I apply?',
    'What happens when requests fail?',
    'How many days after I submitted the draft did I have the call?',
    'How long was it between when I started and when I left?',
    'What did I say after 3 May 2024?',
    '',
  ])('is not seen where there is none: %s', (question) => {
    expect(told(question)).toBeNull();
  });

  it('lies to the event as the question says, in the time zone of the person', () => {
    const zone = 'America/New_York';
    const calendar = calendarIn(zone);
    const at = Date.parse('2024-03-10T03:00:00Z'); // Still the 9th there.
    const first = calendar.dayOf(at);
    const event = calendar.between(first, { ...first, day: first.day + 1 });
    const spanned = (question: string) => {
      const found = eventIn(question);
      if (found === null) throw new Error('No event.');
      const { fromMs, toMs } = spanOf(found, event, calendar, Date.parse('2025-01-01T00:00:00Z'));
      return [fromMs, toMs].map((ms) => new Date(ms).toISOString().slice(0, 16));
    };
    // The clocks go forward on the 10th.
    expect(spanned('What did I do the day after the wedding?')).toEqual(['2024-03-10T05:00', '2024-03-11T04:00']);
    expect(spanned('What did I do the week before the wedding?')).toEqual(['2024-03-02T05:00', '2024-03-09T05:00']);
    expect(spanned('What did I do before the wedding?')).toEqual(['1970-01-01T00:00', '2024-03-09T05:00']);
    expect(spanned('What did I do since the wedding?')).toEqual(['2024-03-09T05:00', '2025-01-01T00:00']);
    expect(spanned('What did I do during the wedding?')).toEqual(['2024-03-09T05:00', '2024-03-10T05:00']);
  });
});
