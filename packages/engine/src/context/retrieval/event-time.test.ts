import { describe, expect, it } from 'vitest';
import { type FilledConversation, fillSpace } from '../../../../../test/kit/fill-space.ts';
import { twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';
import { eventTimeOf } from './event-time.ts';

const asked = { nowMs: Date.parse('2025-12-01T12:00:00Z'), zone: 'UTC' };
const told = (language: string, ...texts: readonly (readonly [at: string, text: string])[]): FilledConversation => ({
  externalId: language,
  messages: texts.map(([at, text]) => ({ text, at: `${at}T10:00:00Z` })),
});

const everywhere: readonly FilledConversation[] = [
  told(
    'de',
    ['2024-02-01', 'Die Kisten für den Umzug nach Lübeck sind noch nicht da.'],
    ['2024-03-02', 'Gestern bin ich endlich nach Lübeck gezogen, mit zwei Koffern und dem Rad.'],
    ['2024-04-10', 'Die Operation am Knie ist gut verlaufen, ich darf schon aufstehen.'],
  ),
  told('fr', ['2024-05-06', 'Voilà, j’ai déménagé à Nantes avec le chat et les plantes.']),
  told('es', ['2024-06-07', 'Ya está, me mudé a Granada con mi hermana y dos maletas.']),
  told('pt', ['2024-07-08', 'Ontem eu me mudei para Braga com a minha irmã.']),
  told('it', ['2024-08-09', 'Mi sono trasferita a Lecce con mia sorella e il gatto.']),
];

function fill(space: UserSpace, conversations: readonly FilledConversation[]): void {
  fillSpace(space, conversations);
  space.write((w) => {
    w.words.index(conversations.map((_, i) => i + 1));
    return null;
  });
}

describe('when an event was', () => {
  it.each([
    ['Was kochte ich, bevor ich nach Lübeck zog?', '2024-03-01', 'before'],
    ['Was kochte ich, nachdem ich nach Lübeck gezogen bin?', '2024-03-01', 'after'],
    ['Wie war der Tag nach meiner Operation am Knie?', '2024-04-10', 'after'],
    ['Qu’est-ce que je cuisinais avant de déménager à Nantes ?', '2024-05-06', 'before'],
    ['¿Qué cocinaba antes de mudarme a Granada?', '2024-06-07', 'before'],
    ['O que eu cozinhava antes de me mudar para Braga?', '2024-07-07', 'before'],
    ['Cosa cucinavo prima di trasferirmi a Lecce?', '2024-08-09', 'before'],
  ])('is found in what the person said, and in nothing of anybody else: %s', (question, day, side) => {
    const { alice, bob } = twoSpaces();
    fill(alice, everywhere);
    fill(bob, [told('en', ['2024-01-01', 'My tomatoes look pale.'])]);
    const found = alice.read((r) => eventTimeOf(r, question, asked));
    expect(found?.told.day).toBe(day);
    const [span] = found?.spans ?? [];
    const at = Date.parse(day);
    if (side === 'before') expect(span?.toMs).toBeLessThanOrEqual(at + 86_400_000);
    else expect(span?.fromMs).toBeGreaterThanOrEqual(at);
    expect(bob.read((r) => eventTimeOf(r, question, asked))).toMatchObject({ spans: null, told: { day: null } });
  });
});
