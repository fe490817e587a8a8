/**
 * Sessions in German and Spanish in one space, for the suite. Written for this project.
 */
import type { Corpus } from './eval-set.ts';
import { ask, conversation } from './guard-history.ts';

const german = [
  conversation('d1', '2024-03-04', [
    ['me', 'Ich möchte im Garten ein Hochbeet bauen, 2 Meter mal 80 Zentimeter. Welches Holz nehme ich?'],
    [
      'assistant',
      'Für ein Hochbeet eignen sich:\n\n1. **Lärche**: hält zehn Jahre ohne Anstrich.\n2. **Douglasie**: etwas billiger.\n3. **Robinie**: am längsten, aber teuer.\n\nInnen gehört eine Noppenfolie dazu.',
    ],
    ['me', 'Ich nehme Lärche. Der Baumarkt in Ahrensburg hat Bretter für 7 Euro den Meter.'],
    ['assistant', 'Gut. Für die Füllung unten Äste, dann Laub, dann Kompost.'],
  ]),
  conversation('d2', '2024-04-12', [
    ['me', 'Meine Tochter Frieda kommt im August in die Schule. Was braucht sie am ersten Tag?'],
    [
      'assistant',
      'Das Wichtigste:\n\n1. **Schultüte**: nicht zu schwer.\n2. **Ranzen**: probieren lassen.\n3. **Fotoapparat**: geladen.',
    ],
    ['me', 'Der Ranzen ist schon da, mit Planeten. Die Schultüte bastelt meine Mutter.'],
    ['assistant', 'Wie schön. In die Tüte passen Stifte, ein Springseil und wenig Süßes.'],
  ]),
  conversation('d3', '2024-05-20', [
    ['me', 'Wir ziehen am 1. September nach Lübeck, in die Hüxstraße. Was muss ich ummelden?'],
    [
      'assistant',
      'Eine Liste:\n\n1. **Wohnsitz**: binnen zwei Wochen.\n2. **Auto**: mit dem Wohnsitz.\n3. **Strom**: sechs Wochen vorher kündigen.\n4. **Nachsendung**: bei der Post.',
    ],
    ['me', 'Den Strom habe ich gekündigt, das Auto verkaufen wir vorher.'],
    ['assistant', 'Dann bleiben Wohnsitz und Post.'],
  ]),
  conversation('d4', '2024-06-30', [
    ['me', 'Ich habe seit drei Wochen Rückenschmerzen, mein Hausarzt Dr. Yilmaz sagt, es sei die Bandscheibe.'],
    [
      'assistant',
      'Das tut mir leid. Was oft hilft:\n\n1. **Bewegung**: jeden Tag gehen.\n2. **Wärme**: abends.\n3. **Übungen**: Brücke und Vierfüßler.',
    ],
    ['me', 'Die Krankengymnastik beginnt am 8. Juli, zehn Termine.'],
    ['assistant', 'Zehn Termine sind ein guter Anfang.'],
  ]),
  conversation('d5', '2024-09-10', [
    [
      'me',
      'Der Umzug ist geschafft, nur wohnen wir jetzt doch in der Fleischhauerstraße, die andere Wohnung hatte Schimmel.',
    ],
    [
      'assistant',
      'Gut, dass ihr es gemerkt habt. Denkt an:\n\n1. **Nachsendung**: Anschrift ändern.\n2. **Kaution**: Zurückfordern.',
    ],
    ['me', 'Die Kaution von 1.950 Euro kam gestern.'],
    ['assistant', 'Das ging schnell.'],
  ]),
  conversation('d6', '2024-10-22', [
    ['me', 'Kannst du mir eine Suppe für den Herbst empfehlen?'],
    [
      'assistant',
      'Drei Vorschläge:\n\n1. **Kürbis mit Ingwer**: cremig, 30 Minuten.\n2. **Linsen mit Essig**: kräftig.\n3. **Grünkohl mit Bohnen**: aus der Toskana.',
    ],
    ['me', 'Die mit den Hülsenfrüchten war ein Erfolg, auch bei Frieda.'],
    ['assistant', 'Das freut mich. Ein Schuss Essig erst am Schluss.'],
  ]),
];

const spanish = [
  conversation('e1', '2024-02-05', [
    ['me', 'Quiero aprender a hacer queso en casa. ¿Por dónde empiezo?'],
    [
      'assistant',
      'Empieza por lo fácil:\n\n1. **Requesón**: leche y limón.\n2. **Queso fresco**: con cuajo, dos horas.\n3. **Paciencia**: los curados, más tarde.',
    ],
    ['me', 'Compré el cuajo en la farmacia de la plaza y uso leche de cabra de mi vecino Anselmo.'],
    ['assistant', 'Leche de cabra, estupendo. No pases de 36 grados.'],
  ]),
  conversation('e2', '2024-03-19', [
    ['me', 'Mi hermana Lucía se casa en Cádiz el 15 de junio. ¿Qué le regalo?'],
    [
      'assistant',
      'Algunas ideas:\n\n1. **Vajilla**: de barro.\n2. **Un viaje**: de fin de semana.\n3. **Un olivo**: para plantar juntos.',
    ],
    ['me', 'Le regalo el árbol. El traje lo llevo azul.'],
    ['assistant', 'Un olivo dura siglos.'],
  ]),
  conversation('e3', '2024-04-25', [
    ['me', 'Me duele la muñeca de tanto teclear. ¿Qué hago?'],
    ['assistant', 'Prueba:\n\n1. **Pausas**: cada media hora.\n2. **Teclado**: partido.\n3. **Frío**: por la noche.'],
    ['me', 'Pedí un teclado partido por 120 euros, llega el martes.'],
    ['assistant', 'Dale dos semanas para acostumbrarte.'],
  ]),
  conversation('e4', '2024-07-02', [
    ['me', 'Cambié de trabajo: desde ayer soy bibliotecario en Granada, ya no doy clases.'],
    [
      'assistant',
      '¡Enhorabuena! Para empezar:\n\n1. **Fondo**: recorre las salas.\n2. **Lectores**: escucha qué piden.',
    ],
    ['me', 'Mi jefa se llama Remedios y abrimos los sábados por la mañana.'],
    ['assistant', 'Los sábados son buenos para los niños.'],
  ]),
  conversation('e5', '2024-08-14', [
    ['me', 'El queso me salió demasiado salado. ¿Cómo lo arreglo?'],
    [
      'assistant',
      'Dos maneras:\n\n1. **Remojo**: en leche, una noche.\n2. **Salmuera**: la próxima vez al 18 por ciento.',
    ],
    ['me', 'Lo dejé en remojo y quedó bien. Ahora uso leche de oveja.'],
    ['assistant', 'La de oveja da más queso.'],
  ]),
];

export const languageCorpus: Corpus = {
  id: 'german and spanish',
  conversations: [...german, ...spanish],
  questions: [
    ask('d-1', 'german', 'Aus welchem Holz ist mein Hochbeet?', 'd1:2'),
    ask('d-2', 'german', 'Wann wird mein Kind eingeschult?', 'd2:0'),
    ask('d-3', 'german', 'Was macht die Großmutter für den Schulanfang?', 'd2:2'),
    ask('d-4', 'german', 'In welcher Straße wohnen wir jetzt?', 'd5:0'),
    ask('d-5', 'german', 'Welcher Arzt behandelt meinen Rücken?', 'd4:0'),
    ask('d-6', 'german', 'Wann fängt die Physiotherapie an?', 'd4:2'),
    ask('d-7', 'german', 'Wie viel Geld bekamen wir vom alten Vermieter zurück?', 'd5:2'),
    ask('d-8', 'german', 'Welche Holzart hast du als die haltbarste genannt?', 'd1:1'),
    ask('d-9', 'german', 'Was sagtest du, wie lange vorher man den Strom kündigen soll?', 'd3:1'),
    ask('d-10', 'german', 'Welche Suppe mochte meine Tochter?', 'd6:2'),
    ask('d-11', 'german', 'Was erzählte ich im Juni 2024?', 'd4:0'),
    ask('d-12', 'german', 'Haben wir noch ein Auto?', 'd3:2'),
    ask('e-1', 'spanish', '¿De qué animal es la leche que utilizo actualmente?', 'e5:2'),
    ask('e-2', 'spanish', '¿Dónde trabajo?', 'e4:0'),
    ask('e-3', 'spanish', '¿Qué le compré a Lucía para su boda?', 'e2:2'),
    ask('e-4', 'spanish', '¿Cuánto costó lo que pedí para la muñeca?', 'e3:2'),
    ask('e-5', 'spanish', '¿Quién es mi superior?', 'e4:2'),
    ask('e-6', 'spanish', '¿Qué concentración me dijiste para la salmuera?', 'e5:1'),
    ask('e-7', 'spanish', '¿Quién me da la leche?', 'e1:2'),
    ask('e-8', 'spanish', '¿A qué temperatura máxima dijiste que calentara?', 'e1:3'),
  ],
};
