/**
 * Made-up conversations in several languages and whom and what they name: the project's own, written for this measure. Each name
 * that at least two messages say, with the sort of thing it is and other ways it is written there. What is named in passing, in one
 * message, is in `once`: it may be shown or not. What is listed in neither is no entity.
 */
import type { EntityType } from '@vivim/contract/profile';

export interface GoldenEntity {
  readonly name: string;
  readonly type: EntityType;
  readonly aliases?: readonly string[];
}
export interface GoldenConversation {
  readonly language: string;
  readonly lines: readonly string[];
  readonly entities: readonly GoldenEntity[];
  readonly once?: readonly string[];
}

export const golden: readonly GoldenConversation[] = [
  {
    language: 'en',
    lines: [
      'My daughter Emma starts school in September. We live in Bristol and her teacher is Mrs. Harlow.',
      'How exciting! Mrs. Harlow sounds kind. Does Emma look forward to it?',
      'Emma does. My wife Ruth works at Marlowe Ltd and can take her in the morning.',
      'Then you could pick her up. Ask Mrs. Harlow about the afternoon club.',
      'Good idea. Ruth already wrote to Mrs. Harlow. My daughter wants to join the choir in Bristol too.',
    ],
    entities: [
      { name: 'Emma', type: 'person', aliases: ['my daughter'] },
      { name: 'Bristol', type: 'place' },
      { name: 'Harlow', type: 'person' },
      { name: 'Ruth', type: 'person', aliases: ['my wife'] },
    ],
    once: ['Marlowe Ltd'],
  },
  {
    language: 'en',
    lines: [
      'I deploy the booking service with Docker on a small box. The database is PostgreSQL 16 and I use Grafana to watch it.',
      'Grafana and PostgreSQL go well together. Is Docker the only runtime?',
      'For now yes. Tobias Lindqvist suggested Podman, but Tobias also said that Docker is fine. We call it project Heron.',
      'Project Heron could move later. What does Tobias say about backups?',
      'He says that Heron needs them before we talk to Nordea Bank. PostgreSQL dumps go to a bucket.',
    ],
    entities: [
      { name: 'Docker', type: 'tool' },
      { name: 'PostgreSQL', type: 'tool' },
      { name: 'Grafana', type: 'tool' },
      { name: 'Tobias Lindqvist', type: 'person', aliases: ['Tobias'] },
      { name: 'Heron', type: 'project' },
    ],
    once: ['Podman', 'Nordea Bank'],
  },
  {
    language: 'en',
    lines: [
      'Yesterday I flew to Lisbon with Priya. We read a book called "The Salt Path" on the plane.',
      'Lisbon is lovely in spring. Did Priya like it?',
      'Priya loved Lisbon. The World Health Organization (WHO) has a conference there in May, and Priya speaks at it.',
      'Speaking for the WHO is an honour. Is it the Lisbon Health Summit? Will Daniel Osei be there?',
      'Yes, the Lisbon Health Summit. My boss Daniel Osei comes too. I told Daniel that the WHO pays.',
    ],
    entities: [
      { name: 'Lisbon', type: 'place' },
      { name: 'Priya', type: 'person' },
      { name: 'World Health Organization', type: 'organisation', aliases: ['WHO'] },
      { name: 'Lisbon Health Summit', type: 'event' },
      { name: 'Daniel Osei', type: 'person', aliases: ['Daniel', 'my boss'] },
    ],
  },
  {
    language: 'de',
    lines: [
      'Meine Tochter Lotte hat am Freitag Geburtstag. Wir wohnen in Freiburg und wollen einen Kuchen mit Kirschen backen.',
      'Wie schön! Wie alt wird Lotte? Ein Kuchen mit Kirschen braucht etwas Zeit.',
      'Lotte wird sieben. Meine Frau Katrin arbeitet bei Siemens und kommt erst am Abend nach Hause.',
      'Dann backst du allein. Hat Katrin einen Wunsch für die Feier?',
      'Katrin möchte Musik. Unser Nachbar Herr Brenner spielt Gitarre, und Herr Brenner hat Zeit. Das Geschenk kommt aus Freiburg.',
    ],
    entities: [
      { name: 'Lotte', type: 'person', aliases: ['my daughter'] },
      { name: 'Freiburg', type: 'place' },
      { name: 'Katrin', type: 'person', aliases: ['my wife'] },
    ],
    once: ['Siemens', 'Brenner'],
  },
  {
    language: 'de',
    lines: [
      'Ich habe die Wohnung in Leipzig gemietet. Der Vermieter heißt Jonas Keller und die Miete ist hoch.',
      'Leipzig wird teurer. Hat Jonas Keller einen Vertrag geschickt?',
      'Ja, der Vertrag ist da. Jonas will eine Kaution. Ich schreibe alles in Obsidian auf, das Programm ist gut.',
      'In Obsidian findest du es wieder. Was steht im Vertrag über die Kaution?',
      'Drei Monate. Jonas sagt, die Stadt Leipzig verlangt eine Meldung. Die Küche und der Balkon sind schön.',
    ],
    entities: [
      { name: 'Leipzig', type: 'place' },
      { name: 'Jonas Keller', type: 'person', aliases: ['Jonas'] },
      { name: 'Obsidian', type: 'tool' },
    ],
  },
  {
    language: 'es',
    lines: [
      'Mi hija Lucia quiere estudiar en Valencia. Mi marido Pablo trabaja en Iberdrola.',
      'Valencia es una ciudad bonita. ¿Qué dice Pablo?',
      'Pablo está de acuerdo. Lucia ya tiene una amiga en Valencia.',
      'Entonces Lucia no estará sola. ¿Iberdrola tiene oficina allí?',
      'Sí, Iberdrola tiene una oficina en Valencia.',
    ],
    entities: [
      { name: 'Lucia', type: 'person', aliases: ['my daughter'] },
      { name: 'Valencia', type: 'place' },
      { name: 'Pablo', type: 'person', aliases: ['my husband'] },
      { name: 'Iberdrola', type: 'organisation' },
    ],
  },
  {
    language: 'fr',
    lines: [
      "J'habite à Lyon avec ma femme Camille. Notre fils va à l'école et ma sœur Élodie travaille chez Michelin.",
      'Lyon est agréable. Camille travaille aussi ?',
      'Oui, Camille travaille à la maison. Élodie aime bien Michelin.',
      'Et Élodie vient souvent à Lyon ?',
      'Élodie vient chaque mois. Camille cuisine.',
    ],
    entities: [
      { name: 'Lyon', type: 'place' },
      { name: 'Camille', type: 'person', aliases: ['my wife'] },
      { name: 'Élodie', type: 'person', aliases: ['my sister'] },
      { name: 'Michelin', type: 'organisation' },
    ],
  },
  {
    language: 'en',
    lines: [
      'always answer short. i want to lose weight. The Plan is simple: eat less. Great Idea?',
      'A good plan. Start with Small Steps, drink Water and sleep well. **Key Point**: be patient.',
      'Thanks! On Monday I begin. What about Bread?',
      'Bread is fine. See how the Week goes.',
    ],
    entities: [],
  },
  // Written after the rules were, which were not changed for them: what is missed here is what a stranger would miss.
  {
    language: 'de',
    lines: [
      'Unser Team bei Zalando stellt die Suche um. Annika Vogt leitet das Projekt, und ich teste Elasticsearch auf meinem Rechner.',
      'Elasticsearch ist ein guter Anfang. Was sagt Annika Vogt zum Zeitplan?',
      'Annika will im Herbst fertig sein. Der Server steht in Hamburg, die Daten kommen aus einer alten Datenbank.',
      'Dann plant für Hamburg genug Speicher ein. Elasticsearch braucht viel davon.',
      'Gut. Zalando zahlt. Am Ende entscheidet unser Chef, und der Chef heißt Murat Aydin. Murat mag kurze Berichte.',
    ],
    entities: [
      { name: 'Zalando', type: 'organisation' },
      { name: 'Annika Vogt', type: 'person', aliases: ['Annika'] },
      { name: 'Elasticsearch', type: 'tool' },
      { name: 'Hamburg', type: 'place' },
    ],
    once: ['Murat Aydin', 'Murat', 'Aydin'],
  },
  {
    language: 'en',
    lines: [
      'Can you help me plan a trip? I want to see Kyoto and Nara in October with my brother Owen.',
      'Of course. Kyoto deserves three days, Nara one. Does Owen like temples?',
      'Owen prefers gardens. We saw Fushimi Inari last time. My friend Yuto lives in Nara and offered us a room.',
      'Staying with Yuto in Nara saves money. Fushimi Inari is busy in October.',
      'Right. Owen found a flight with Lufthansa. Should we buy the Japan Rail Pass before we leave?',
      'The Japan Rail Pass pays off from three long rides. Lufthansa lands in Osaka.',
    ],
    entities: [
      { name: 'Kyoto', type: 'place' },
      { name: 'Nara', type: 'place' },
      { name: 'Owen', type: 'person', aliases: ['my brother'] },
      { name: 'Fushimi Inari', type: 'place' },
      { name: 'Yuto', type: 'person' },
      { name: 'Lufthansa', type: 'organisation' },
      { name: 'Japan Rail Pass', type: 'product' },
    ],
    once: ['Osaka'],
  },
  {
    language: 'pt',
    lines: [
      'Minha filha Beatriz mora em Coimbra e estuda direito. Meu chefe Duarte Reis quer que eu viaje para Faro.',
      'Coimbra é uma cidade de estudantes. Quando vai para Faro?',
      'Em maio. A Beatriz fica em Coimbra, e o Duarte paga o hotel em Faro.',
      'Então o Duarte Reis já decidiu. A Beatriz gosta do curso?',
      'Gosta muito.',
    ],
    entities: [
      { name: 'Beatriz', type: 'person', aliases: ['my daughter'] },
      { name: 'Coimbra', type: 'place' },
      { name: 'Duarte Reis', type: 'person', aliases: ['Duarte', 'my boss'] },
      { name: 'Faro', type: 'place' },
    ],
  },
];
