/** The conversations of the demo history, and what their person would list for each. Text: `test/fixtures/demo/alice-chatgpt.json`. */
import { readFileSync } from 'node:fs';
import type { FilledConversation } from '../../kit/fill-space.ts';

interface ExportedConversation {
  readonly title: string | null;
  readonly mapping: Record<
    string,
    { message: null | { author: { role: string }; content: { parts?: readonly unknown[] } } }
  >;
}

/** In the order of the file, as conversations a space is filled with. */
export function demoHistory(): FilledConversation[] {
  const file = new URL('../../fixtures/demo/alice-chatgpt.json', import.meta.url);
  const exported = JSON.parse(readFileSync(file, 'utf8')) as ExportedConversation[];
  return exported.map(({ title, mapping }, n) => ({
    externalId: `demo-${n}`,
    title,
    messages: Object.values(mapping).flatMap(({ message }) => {
      const text = (message?.content.parts ?? []).filter((part) => typeof part === 'string').join('\n');
      const role = message?.author.role;
      return text === '' || (role !== 'user' && role !== 'assistant') ? [] : [{ text, role } as const];
    }),
  }));
}

/** By title; `also` as in a golden talk. */
export const demoTopics: Readonly<
  Record<string, { topics: readonly (readonly string[])[]; also?: readonly string[] }>
> = {
  'Celadon that stays blue at cone 6': {
    topics: [
      ['celadon', 'blue celadon', 'celadon glaze', 'glaze', 'glazes'],
      ['cobalt carbonate', 'cobalt'],
    ],
    also: ['cone 6', 'electric kiln'],
  },
  'Firing schedule for the blue bowls': {
    topics: [['firing schedule', 'cone 6 firing schedule', 'firing']],
    also: ['blue bowls', 'witness cones', 'bottom shelf', 'slow cool', 'minute hold', 'cone 6', 'celadon'],
  },
  'Booking table for the workshops': {
    topics: [['workshop bookings', 'booking table', 'bookings', 'workshops', 'Saturday workshops', 'booking page']],
    also: ['PostgreSQL', 'overbooking', 'workshops', 'seats'],
  },
  'Deposit calculation in Python': {
    topics: [['deposit calculation', 'workshop deposit', 'deposits']],
    also: ['Python'],
  },
  'Restore drill for the booking database': {
    topics: [['restore drill', 'database backup', 'backup', 'database restore', 'booking database']],
    also: ['pg_dump', 'booking database', 'custom format'],
  },
  'Inês and the wedding in Sintra': {
    topics: [
      ['wedding', 'the wedding', 'wedding in Sintra', 'trip to Sintra'],
      ['place settings', 'plates', 'small plates'],
    ],
    also: ['nut allergy', 'sage green', 'Sintra', 'test plates'],
  },
  'Speech for Inês': { topics: [['speech', 'wedding speech', 'speech for Inês']], also: ['wedding'] },
  'Knee pain and the half marathon': {
    topics: [
      ['knee pain', 'knee'],
      ['half marathon', 'Lisbon half marathon'],
    ],
    also: ['IT band'],
  },
  'Sourdough for the studio opening': {
    topics: [
      ['sourdough', 'sourdough starter', 'bread'],
      ['studio opening', 'the studio', 'opening of the studio'],
    ],
    also: ['starter', 'loaves', 'third feeding', 'studio'],
  },
  'Crawling glaze on the outside rims': {
    topics: [['crawling glaze', 'glaze', 'glazes', 'glaze crawling']],
    also: ['bisque', 'C-03R1', 'glaze C-03R1'],
  },
  'Pip and the itchy paws': {
    topics: [['itchy paws', "dog's itchy paws", 'paws']],
    also: ['pollen', 'pollen allergy', 'cetirizine'],
  },
  'Price list for the spring market': {
    topics: [['spring market'], ['price list', 'prices', 'price', 'pricing']],
    also: ['celadon bowls', 'blue bowls'],
  },
  'Mandar um orçamento ao restaurante': {
    topics: [['orçamento', 'orçamento ao restaurante', 'restaurante']],
    also: ['taças azuis', 'restaurante Marés'],
  },
  'Leach test results for C-03R1': {
    topics: [['leach test', 'leach test results', 'lab results']],
    also: ['C-03R1', 'glaze C-03R1', 'blue bowls', 'cobalt', 'tableware'],
  },
};
