/**
 * What people write of where several of them live, whom they go to, who they are and how they want to be spoken to, and what of it is a
 * memory: our own sentences, each one message of a conversation of its own.
 */
import type { Saying } from './said-of-oneself.ts';

export const saidOfHomes: Readonly<Record<string, readonly Saying[]>> = {
  en: [
    ['We live in Bristol with two kids.', ['fact: Lives in Bristol']],
    ['We moved to Whitby last weekend! The flat is above a bakery.', ['fact: Lives in Whitby']],
    ['My piano teacher is Mrs Hollis.', ['relation: Has a piano teacher, Mrs Hollis']],
    ['My tax adviser is called Ruth Adler.', ['relation: Has a tax adviser, Ruth Adler']],
    ['My thesis supervisor is Ada Brandt.', ['relation: Has a supervisor, Ada Brandt']],
    ["I'm looking for a new dentist, who is good?", ['relation: Is looking for a new dentist']],
    [
      'We adopted two kittens from the shelter, Pip and Moss.',
      ['relation: Has two kittens from the shelter, Pip and Moss'],
    ],
    [
      'I’m Merrick, a 51-year-old stone mason, and I want to learn to read maps.',
      ['fact: Is called Merrick', 'fact: Works as stone mason'],
    ],
    ['It matters for my growth as a 38-year-old lamp maker from Poole.', ['fact: Works as lamp maker']],
    ['Hello, I’m Tom and I run a bakery.', ['fact: Is called Tom']],
    ['Hi, I’m Merewen. Can you help me with a letter?', ['fact: Is called Merewen']],
  ],
  de: [
    ['Wir wohnen jetzt in Halle.', ['fact: Wohnt in Halle']],
    ['Seit Mai wohne ich in Husum.', ['fact: Wohnt in Husum']],
    ['Wir sind nach Greifswald gezogen.', ['fact: Wohnt in Greifswald']],
    ['Meine Steuerberaterin ist Frau Harms.', ['relation: Steuerberaterin: Frau Harms']],
    ['Ich suche einen neuen Vermieter.', ['relation: Sucht: Vermieter']],
    ['Hallo, ich bin Jonas, freiberuflicher Tischler.', ['fact: Heißt Jonas']],
    [
      'Bitte duze mich und antworte immer auf Deutsch, auch wenn ich Englisch schreibe.',
      [
        'instruction: Bitte duze mich und antworte immer auf Deutsch, auch wenn ich Englisch schreibe.',
        'instruction: Duze mich',
      ],
    ],
  ],
  fr: [
    ['Nous habitons à Rennes.', ['fact: Habite à Rennes']],
    ['On a déménagé à Quimper.', ['fact: Habite à Quimper']],
    ['Mon directeur de thèse est Paul Arnaud.', ['relation: Directeur de thèse: Paul Arnaud']],
    ['Bonjour, je suis Camille, je dessine des ponts.', ['fact: S’appelle Camille']],
    ['Tutoie-moi, s’il te plaît.', ['instruction: Tutoie-moi']],
  ],
  es: [
    ['Vivimos en Granada.', ['fact: Vive en Granada']],
    ['Nos mudamos a Cádiz.', ['fact: Vive en Cádiz']],
    ['Mi profesora de piano se llama Rocío Vega.', ['relation: Profesora de piano: Rocío Vega']],
    ['Necesito un nuevo casero.', ['relation: Busca: Casero']],
    ['Tutéame, por favor.', ['instruction: Tutéame']],
  ],
  pt: [
    ['Moramos em Braga.', ['fact: Mora em Braga']],
    ['Nós nos mudamos para Faro.', ['fact: Mora em Faro']],
    ['Minha orientadora é a Clara Nunes.', ['relation: Orientadora: Clara Nunes']],
  ],
  it: [
    ['Abitiamo a Torino.', ['fact: Vive a Torino']],
    ['Ci siamo trasferiti a Lecce.', ['fact: Vive a Lecce']],
    ['Il mio commercialista si chiama Aldo Neri.', ['relation: Commercialista: Aldo Neri']],
    ['Dammi del tu, per favore.', ['instruction: Dammi del tu']],
  ],
};

/** Of these nothing is kept. */
export const notSaidOfHomes: readonly string[] = [
  // A program is no home, nor is what a team moves to.
  'I moved to Postgres last week.',
  'I moved to Kubernetes from Heroku.',
  'I have moved to NixOS.',
  'We’ve moved to AWS.',
  'We moved to Hetzner last weekend, and the deploys are faster.',
  'We moved from MySQL to Vitess with our house style.',
  'Wir sind auf Postgres umgestiegen.',
  'If we lived in Oslo, would the kids ski?',
  'Wenn wir in Rom wohnen, brauchen wir ein Auto.',
  // A people, a faith, a trade, a thing.
  'Hi, I’m German and I need a visa.',
  'I’m Christian and sing in a choir.',
  'Hallo, ich bin Student und brauche Hilfe.',
  'I need a new teacher cartoon.',
  'My first teacher was strict.',
  'I met Alma, a 67-year-old lamp maker, at the fair.',
  'I want to feel like a 20-year-old man again.',
  'I write of a hero as a 50-year-old woman.',
];
