/** Words are found in the forms a sentence inflects them to, language by language: how many of made-up pairs, not that all are. */
import { expect, it } from 'vitest';
import { indexForms, tokensOf } from './index-words.ts';
import { questionWords } from './question-words.ts';

/** A sentence as one says it, and pairs: a word it holds, and the form it is asked by. */
const said: Readonly<Record<string, readonly [sentence: string, ask: string, pairs: string]>> = {
  sv: [
    'Jag har inte köpt bilarna och cyklarna till vännerna, men det är flickornas böcker.',
    'Vad är det jag har om',
    'bil cykel vänner flickor',
  ],
  no: [
    'Jeg har ikke kjøpt bilene og syklene til vennene, men det er jentenes hus.',
    'Hva er det jeg har om',
    'bil sykler venner jenter',
  ],
  da: [
    'Jeg har ikke købt bilerne og cyklerne af vennerne, men det er pigernes huse.',
    'Hvad er det jeg har af',
    'bil cykler venner piger',
  ],
  fi: [
    'Minä en ole vielä ostanut autoja, mutta se on talossa ja kirjat ovat pöydällä.',
    'Mitä minä olen ja se on',
    'auto talo kirja',
  ],
  tr: [
    'Ben bu evlerde çok yaşadım ve kitapları için bir masa aldım, arkadaşlarım da var.',
    'Ben bu ne için ve çok',
    'ev kitap arkadaş',
  ],
  ro: [
    'Nu am cumpărat mașinile și bicicletele pentru prietenii mei, dar sunt cărțile.',
    'Ce am și nu sunt pentru',
    'bicicletă prieten mașini',
  ],
  hu: [
    'Nem vettem meg az autókat és a könyveket, hogy a házban legyenek, de van asztal is.',
    'Mi az hogy van és nem is',
    'autó könyv ház',
  ],
  el: ['Δεν αγόρασα τα βιβλία και τα αυτοκίνητα για τους φίλους μου.', 'Τι είναι αυτό το', 'βιβλίο αυτοκίνητο φίλος'],
  uk: ['Я купив її книги і велосипеди для друзів у місті.', 'Що я сказав про її', 'книга велосипед'],
  pt: [
    'Não comprei os carros e as bicicletas para os meus amigos, mas como você é.',
    'O que eu não do para',
    'carro bicicleta amigo',
  ],
  it: [
    'Non ho comprato le macchine e le biciclette per i miei amici che sono della città.',
    'Che cosa non ho per',
    'macchina bicicletta amico',
  ],
  nl: [
    'Ik heb de boeken en de fietsen niet van het huis, en dat is met vrienden.',
    'Wat is het dat ik',
    'boek fiets vriend',
  ],
  ja: ['医療費控除で税金が戻ります。冬の靴を買いたいと言った。', '何の', '戻る 買った'],
  ko: ['제주도 대회에 신청했어요. 세금을 돌려받아요.', '무엇을', '신청한 돌려받지'],
  ru: ['Я купил книги и велосипеды для моих друзей в городе.', 'Что я сказал про', 'книга велосипед город'],
};

function found(language: string): [number, number] {
  const [sentence, ask, pairs] = said[language] ?? ['', '', ''];
  const index = ` ${[...tokensOf(sentence)].join(' ')} ${indexForms(sentence)} `;
  const asked = pairs.split(' ');
  const hits = asked.filter((word) => {
    const last = questionWords(`${ask} ${word}`).at(-1);
    // One sign alone begins what it stands in.
    return [...(last?.fts ?? '').matchAll(/"([^"]+)"( \*)?/g)].some(([, form, open]) =>
      index.includes(open === undefined ? ` ${form} ` : ` ${form}`),
    );
  });
  return [hits.length, asked.length];
}

it.each(Object.keys(said))('in %s', (language) => {
  const [hits, all] = found(language);
  expect(hits / all).toBeGreaterThanOrEqual(0.6);
});
