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
    ['Was habe ich gekocht, bevor ich nach Lübeck zog?', 'before: ich nach Lübeck zog'],
    ['Was haben wir am Tag nach der Hochzeit gegessen?', 'after 1 day: der Hochzeit'],
    ['Was hast du mir zwei Wochen nach meiner Knie-OP geraten?', 'after 2 week: meiner Knie-OP'],
    ['Wie schlafe ich, seit ich bei Nordwerft arbeite?', 'since: ich bei Nordwerft arbeite'],
    ['Nachdem wir umgezogen sind, was kam kaputt an?', 'after: wir umgezogen sind'],
    ['Was las ich, als Frieda eingeschult wurde?', 'at: Frieda eingeschult wurde'],
    ['Was plante ich in der Woche vor dem Umzug nach Lübeck?', 'before 1 week: dem Umzug nach Lübeck'],
    ['Was war während des Sommerfests?', 'at: des Sommerfests'],
    ['Qu’est-ce que je mangeais avant de déménager à Nantes ?', 'before: déménager à Nantes'],
    ['Qu’avons-nous fait le lendemain du mariage ?', 'after 1 day: mariage'],
    ['Qu’ai-je noté deux semaines après mon opération ?', 'after 2 week: mon opération'],
    ['Comment je dors depuis que je travaille chez Lumen ?', 'since: je travaille chez Lumen'],
    ['Qu’est-ce que j’ai vendu après avoir quitté la banque ?', 'after: avoir quitté la banque'],
    ['Que faisions-nous quand Léa est partie ?', 'at: Léa est partie'],
    ['¿Qué cocinaba antes de mudarme a Granada?', 'before: mudarme a Granada'],
    ['¿Qué comimos el día después de la boda?', 'after 1 day: la boda'],
    ['¿Qué me aconsejaste tres semanas después de mi operación?', 'after 3 week: mi operación'],
    ['¿Cómo duermo desde que trabajo en la biblioteca?', 'since: trabajo en la biblioteca'],
    ['¿Qué leía cuando me mudé a Cádiz?', 'at: me mudé a Cádiz'],
    ['¿Qué pasó antes del viaje a Oporto?', 'before: viaje a Oporto'],
    ['O que eu cozinhava antes de me mudar para o Porto?', 'before: me mudar para o Porto'],
    ['O que comemos no dia depois do casamento?', 'after 1 day: casamento'],
    ['Como eu durmo desde que trabalho na Lumen?', 'since: trabalho na Lumen'],
    ['O que vendi depois que saí do banco?', 'after: saí do banco'],
    ['O que eu lia quando me mudei para Braga?', 'at: me mudei para Braga'],
    ['Cosa cucinavo prima di trasferirmi a Torino?', 'before: trasferirmi a Torino'],
    ['Cosa abbiamo mangiato il giorno dopo il matrimonio?', 'after 1 day: il matrimonio'],
    ['Come dormo da quando lavoro alla Lumen?', 'since: lavoro alla Lumen'],
    ['Cosa ho venduto dopo aver lasciato la banca?', 'after: aver lasciato la banca'],
    ['Cosa leggevo quando mi sono trasferita a Lecce?', 'at: mi sono trasferita a Lecce'],
  ])('is read in other languages: %s', (question, expected) => expect(told(question)).toBe(expected));

  it.each([
    'Wann bin ich umgezogen?',
    'Was mache ich, bevor ich gehe?',
    'Was liegt vor dem Haus?',
    'Was esse ich nach dem Sport?',
    'Wie lange nach der Hochzeit kam das Kind?',
    'Was soll ich kochen, wenn Frieda kommt?',
    'Quand est-ce que j’ai déménagé ?',
    'Quand ai-je déménagé ?',
    'Que manger avant de dormir ?',
    'Combien de jours après le mariage ?',
    '¿Cuándo me mudé?',
    'cuando me mude a Granada',
    '¿Qué tomo antes de dormir?',
    'Quando me mudei para Braga?',
    'O que faço antes de dormir?',
    'Quando mi sono trasferita a Lecce?',
    'Cosa mangio prima di dormire?',
  ])('is no time where it is none: %s', (question) => expect(told(question)).toBeNull());

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
