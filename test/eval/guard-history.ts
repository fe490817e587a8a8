/**
 * A small evaluation set of our own, for the suite: two people who know each other, and a person with an assistant.
 * Written for this project; nothing of it stands in any published set. A question's evidence is named by the ids of
 * its messages, `<conversation>:<nth>`.
 */
import type { Corpus } from './eval-set.ts';

type Turn = readonly [author: 'Ines' | 'Tomas' | 'me' | 'assistant', text: string];

export function conversation(id: string, day: string, turns: readonly Turn[]) {
  return {
    externalId: id,
    title: null,
    createdAt: `${day}T09:00:00Z`,
    messages: turns.map(([author, content], i) => ({
      externalId: `${id}:${i}`,
      role: author === 'assistant' ? 'assistant' : 'user',
      author: author === 'me' || author === 'assistant' ? null : author,
      createdAt: `${day}T09:${String(i).padStart(2, '0')}:00Z`,
      content,
    })),
  };
}

const friends = [
  conversation('f1', '2024-02-03', [
    ['Ines', 'Hi Tomas! How was the weekend?'],
    ['Tomas', 'Wet. We took the dinghy out on the lagoon and the rudder came off in the middle.'],
    ['Ines', 'Oh no! How did you get back?'],
    ['Tomas', 'Paddled with a plank for two hours. My nephew thought it was the best day of his life.'],
    ['Ines', 'Ha. I stayed in and finished the quilt for my aunt, the one with the herons.'],
    ['Tomas', 'Lovely, she will be so happy with it.'],
    ['Ines', 'I hope so. By the way, I gave notice at the bank on Friday.'],
    ['Tomas', 'Really? What comes next?'],
    ['Ines', 'A bindery. Old Duarte is retiring and wants somebody to keep the presses going.'],
  ]),
  conversation('f2', '2024-04-20', [
    ['Tomas', 'Ines! How are the presses?'],
    ['Ines', 'Loud. My first commission is forty guest books for a hotel in Nazare.'],
    ['Tomas', 'Forty! Congratulations.'],
    ['Ines', 'Thanks, Tomas. And you, is the boat mended?'],
    ['Tomas', 'Yes, with a rudder of ash this time. I sold the oak one to the rowing club.'],
    ['Ines', 'Good. I started swimming in the mornings, it keeps my back from aching.'],
    ['Tomas', 'Sounds cold.'],
    ['Ines', 'It is. I also take a course in marbling paper on Tuesdays.'],
  ]),
  conversation('f3', '2024-06-15', [
    ['Ines', 'Hey, guess who came into the shop? Your sister, with the baby.'],
    ['Tomas', 'She told me! She named her Lidia after our grandmother.'],
    ['Ines', 'She is gorgeous. How is your knee?'],
    ['Tomas', 'Better since the operation in May. I walk with a stick and grumble.'],
    ['Ines', 'Poor you. No sailing this summer then?'],
    ['Tomas', 'None. I carve spoons instead, out of the cherry tree the storm took.'],
    ['Ines', 'Bring one along! The hotel wants a second order, by the way.'],
    ['Tomas', 'You deserve it, Ines.'],
  ]),
  conversation('f4', '2024-09-01', [
    ['Tomas', 'I am on the water again. Forty minutes, no stick.'],
    ['Ines', 'Wonderful! Did the doctor allow it?'],
    ['Tomas', 'She shrugged. That is a yes.'],
    ['Ines', 'I hired an apprentice, Rui. He is nineteen and afraid of the guillotine.'],
    ['Tomas', 'Smart lad.'],
    ['Ines', 'He painted the shutters green without asking, and I like them.'],
  ]),
];

const answer = (topic: string, points: readonly string[]): string =>
  `Here is how I would go about ${topic}.\n\n${points.map((point, i) => `${i + 1}. **Step ${i + 1}**: ${point}`).join('\n')}\n\nTell me how it goes.`;

const assistant = [
  conversation('a1', '2024-01-10', [
    [
      'me',
      'I want to turn the shed behind my house into a small recording room. It is 3 by 4 metres, brick, with a tin roof. Where do I begin?',
    ],
    [
      'assistant',
      answer('the shed', [
        'Stop the roof from ringing: a layer of mineral wool and a second ceiling on rubber hangers.',
        'Seal the door with a drop threshold.',
        'Only then treat the corners with bass traps.',
      ]),
    ],
    ['me', 'Always give measurements in centimetres when I ask about building.'],
    ['assistant', 'Understood: centimetres from now on.'],
    ['me', 'My budget for the room is 2,400 euros, and the floor is bare concrete.'],
    [
      'assistant',
      answer('the money', [
        'Half of it goes into the ceiling.',
        'A floating floor of chipboard on felt costs about 300.',
        'Keep 400 for the door.',
      ]),
    ],
  ]),
  conversation('a2', '2024-03-05', [
    [
      'me',
      'The ceiling of the recording room is up. I spent 1,350 euros on it, more than planned. What can I leave out?',
    ],
    [
      'assistant',
      answer('saving', [
        'Build the bass traps yourself from slats and wool.',
        'Leave the floating floor for later and lay thick rugs.',
        'Borrow a door from a salvage yard.',
      ]),
    ],
    ['me', 'I play the cello, by the way, and mostly record alone at night because of the neighbours.'],
    [
      'assistant',
      answer('quiet nights', [
        'Point the window reveal away from the neighbours.',
        'Record with a ribbon microphone at 60 cm.',
        'Keep the humidity near 50 percent for the instrument.',
      ]),
    ],
    ['me', 'How do I keep a fan from being heard?'],
    [
      'assistant',
      answer('air', [
        'Move air slowly through a lined duct with two bends.',
        'Hang the fan on elastic cord outside the wall.',
      ]),
    ],
  ]),
  conversation('a3', '2024-05-22', [
    ['me', 'I raised the budget for the room to 3,000 euros after my mother chipped in.'],
    [
      'assistant',
      answer('the extra money', [
        'Now the proper door is possible.',
        'Add a second layer of plasterboard on the lane side.',
      ]),
    ],
    ['me', 'Write a short text for the neighbours that says the building work ends on 30 June.'],
    [
      'assistant',
      'Dear neighbours, the hammering behind number nine ends on the thirtieth of June. Thank you for your patience; there will be cake.',
    ],
    ['me', 'I prefer texts without exclamation marks and without emoji.'],
    ['assistant', 'Noted: plain sentences, no exclamation marks, no emoji.'],
    ['me', 'First recording done: the sarabande in D minor. The low C still booms in the corner by the window.'],
    [
      'assistant',
      answer('the boom', [
        'Measure with a sweep from 30 to 200 hertz.',
        'Put the thickest trap where the boom is loudest.',
        'Move the chair a third of the length into the room.',
      ]),
    ],
  ]),
];

export const ask = (id: string, category: string, question: string, ...evidence: string[]) => ({
  id,
  category,
  question,
  evidence,
});

export const guardCorpora: readonly Corpus[] = [
  {
    id: 'friends',
    conversations: friends,
    questions: [
      ask('f-1', 'single-hop', 'What happened to the boat of Tomas on the lagoon?', 'f1:1'),
      ask('f-2', 'single-hop', 'What did Ines make for her aunt?', 'f1:4'),
      ask('f-3', 'single-hop', 'Why did Ines leave her job at the bank?', 'f1:6', 'f1:8'),
      ask('f-4', 'single-hop', 'How many guest books does the hotel want from Ines?', 'f2:1'),
      ask('f-5', 'single-hop', 'What is the new rudder of Tomas made of?', 'f2:4'),
      ask('f-6', 'multi-hop', 'What does Ines do to look after her health and to learn her trade?', 'f2:5', 'f2:7'),
      ask('f-7', 'single-hop', 'What is the name of the niece of Tomas?', 'f3:1'),
      ask('f-8', 'temporal', 'What did Tomas have done in May 2024?', 'f3:3'),
      ask('f-9', 'single-hop', 'What does Tomas do instead of sailing?', 'f3:5'),
      ask('f-10', 'temporal', 'What did Tomas tell Ines on September 1, 2024?', 'f4:0', 'f4:2'),
      ask('f-11', 'single-hop', 'Who is the apprentice at the bindery?', 'f4:3'),
      ask('f-12', 'multi-hop', 'Which things did Tomas make or mend out of wood?', 'f2:4', 'f3:5'),
      ask('f-13', 'single-hop', 'What colour are the shutters of the shop?', 'f4:5'),
      ask('f-14', 'temporal', 'What had Ines begun to learn by the end of April 2024?', 'f2:7'),
    ],
  },
  {
    id: 'assistant',
    conversations: assistant,
    questions: [
      ask('a-1', 'information_extraction', 'How big is the shed I turn into a studio?', 'a1:0'),
      ask('a-2', 'knowledge_update', 'What is my budget for the recording room?', 'a1:4', 'a3:0'),
      ask('a-3', 'information_extraction', 'How did you recommend I keep the roof from ringing?', 'a1:1'),
      ask('a-4', 'information_extraction', 'What did you suggest to save money on the room?', 'a2:1'),
      ask('a-5', 'information_extraction', 'Which instrument do I play, and when do I record?', 'a2:2'),
      ask('a-6', 'instruction_following', 'How thick should a wall of the new building be?', 'a1:2'),
      ask('a-7', 'preference_following', 'Write a text for the opening of the room.', 'a3:4'),
      ask('a-8', 'information_extraction', 'Which note booms in the corner?', 'a3:6'),
      ask('a-9', 'information_extraction', 'When does the building work end?', 'a3:2'),
      ask('a-10', 'information_extraction', 'What did you say about silencing the fan?', 'a2:5'),
      ask(
        'a-11',
        'event_ordering',
        'Can you list the order in which I brought up money for the recording room in our conversations?',
        'a1:4',
        'a2:0',
        'a3:0',
      ),
    ],
  },
];
