/** What topics are called is what a person would call them: whole phrases in their own language, no particle, no part of a title. */
import { describe, expect, it } from 'vitest';
import { fillSpace } from '../../../../../test/kit/fill-space.ts';
import { rollUp } from '../../../../../test/kit/profiles.ts';
import { newSpace, twoSpaces } from '../../../../../test/kit/spaces.ts';
import type { UserSpace } from '../../space/user-space.ts';

const now = Date.parse('2025-01-01T00:00:00Z');

/** A title, then what the person and the model say by turns. */
type Talk = readonly [title: string | null, ...texts: string[]];

async function labels(space: UserSpace, ...talks: readonly Talk[]): Promise<string[]> {
  fillSpace(
    space,
    talks.map(([title, ...texts], n) => ({
      externalId: `c${n}`,
      title,
      messages: texts.map((text, i) => ({ text, role: i % 2 === 0 ? ('user' as const) : ('assistant' as const) })),
    })),
  );
  space.write((w) =>
    w.outbox.put(
      'rollup',
      talks.map((_, n) => n + 1),
      now,
    ),
  );
  await rollUp(space);
  return space.read((r) => r.topics.list({ limit: 50 }, now)).items.map(({ label }) => label);
}

const spoken: readonly (readonly [language: string, talk: Talk, label: string, none: readonly string[]])[] = [
  [
    'Japanese',
    ['味噌汁の作り方', '味噌汁の作り方を教えてください。だしが難しいです。', '味噌は最後に。', '味噌汁が薄いです。'],
    '味噌汁',
    ['の', 'が', '味噌', '作り方', '教え'],
  ],
  [
    'Chinese',
    ['机器学习入门', '我在学习机器学习，神经网络是什么？', '神经网络是一种模型。', '机器学习和数学有什么关系？'],
    '机器学习',
    ['机器', '学习', '什么', '关系'],
  ],
  [
    'Hindi',
    [
      'मसाला चाय कैसे बनाएं',
      'मसाला चाय बनाने का तरीका क्या है?',
      'मसाला चाय में अदरक डालें।',
      'क्या मसाला चाय में दूध का होना ज़रूरी है?',
    ],
    'मसाला चाय',
    ['का', 'कैसे', 'क्या', 'चाय'],
  ],
  [
    'Korean',
    [
      '김치찌개 레시피',
      '김치찌개를 만들고 싶어요.',
      '김치찌개에는 두부가 좋습니다.',
      '김치찌개에 두부를 넣어도 되나요?',
    ],
    '김치찌개',
    ['김치찌개를', '싶어요', '레시피'],
  ],
  [
    'Russian',
    [
      'Ремонт ванной комнаты',
      'Мы делаем ремонт ванной комнаты. Что купить?',
      'Нужна плитка.',
      'Сколько стоит ремонт ванной комнаты?',
    ],
    'ремонт ванной комнаты',
    ['что', 'делаем', 'ванной'],
  ],
  [
    'Arabic',
    [
      'تعلم اللغة الإنجليزية',
      'أريد تعلم اللغة الإنجليزية بسرعة. ما هي أفضل طريقة؟',
      'بالممارسة.',
      'هل القواعد مهمة في اللغة الإنجليزية؟',
    ],
    'اللغة الإنجليزية',
    ['في', 'أفضل', 'طريقة'],
  ],
  [
    'Spanish',
    [
      'Mis clases de guitarra',
      'Quiero clases de guitarra los lunes.',
      'Bien.',
      '¿Mis clases de guitarra son caras?',
      'No.',
      'Más clases de guitarra.',
    ],
    'clases de guitarra',
    ['guitarra', 'clases', 'lunes'],
  ],
  [
    'French',
    [
      'La photographie de paysage',
      'Je veux apprendre la photographie de paysage.',
      'Bien.',
      'La photographie de paysage est dure ?',
      'Non.',
      'Une photographie de paysage floue.',
    ],
    'photographie de paysage',
    ['paysage', 'apprendre', 'veux'],
  ],
  [
    'German',
    [
      'Mein Gemüsegarten',
      'Ich möchte einen großen Gemüsegarten anlegen und gießen.',
      'Gut.',
      'Wie wird der Gemüsegarten gegossen?',
      'So.',
      'Der Gemüsegarten liegt im Schatten.',
    ],
    'Gemüsegarten',
    ['gießen', 'anlegen', 'großen gemüsegarten'],
  ],
];

describe('labels', () => {
  it.each(spoken)('in %s are whole phrases of nouns', async (_, talk, label, none) => {
    const { alice, bob } = twoSpaces();
    const found = (await labels(alice, talk)).map((one) => one.toLowerCase());
    expect(found).toContain(label.toLowerCase());
    for (const other of none) expect(found).not.toContain(other);
    expect(bob.read((r) => r.topics.list({ limit: 50 }, now)).items).toEqual([]);
  });

  it('of a title are the whole of it and not its parts', async () => {
    const found = await labels(newSpace(), [
      'Bakery Comparison',
      'Which bakery comparison is best?',
      'This one.',
      'Thanks!',
    ]);
    expect(found).toEqual(['Bakery Comparison']);
  });

  it('of a headline nobody repeats are what the person says of it', async () => {
    const found = await labels(newSpace(), [
      'Sourdough starter feeding schedule tips',
      'How is a sourdough starter kept?',
      'Feed the sourdough starter twice.',
    ]);
    expect(found).toEqual(['sourdough starter']);
  });

  it('of a title are its subject and not where, when or what for', async () => {
    const found = await labels(
      newSpace(),
      ['Sourdough for the studio opening', 'My starter smells of glue. Is it dead?', 'Feed it.', 'It rises again.'],
      ['Crawling glaze on the outside rims', 'It comes off the rims.', 'Wipe the rims.', 'Clean now.'],
    );
    expect(found).toEqual(expect.arrayContaining(['Sourdough', 'Crawling glaze']));
    expect(found).not.toContain('rims');
  });

  it('are no verbs: the words of a title that are said apart are one thing', async () => {
    const found = await labels(newSpace(), [
      'Restore drill',
      'We can restore it. What is the shortest drill?',
      'Restore it into a copy.',
      'How often should we restore? The drill takes an hour.',
      'Each month.',
      'Then we restore each month.',
    ]);
    expect(found).toEqual(['Restore drill']);
  });

  it('are neither people nor their animals, also where a name looks like a plural', async () => {
    const names = [
      'My sister Inês laughs.',
      'Inês? Tell me of Inês.',
      'My dog Pip barks. Pip is old and Inês walks him.',
      'Pip?',
    ];
    expect(await labels(newSpace(), ['Inês and Pip', ...names])).toEqual([]);
  });

  it('hold no releases and no measures', async () => {
    const found = await labels(newSpace(), [
      'Bootstrap v5.3.0',
      'My Bootstrap v5.3.0 grid waits 300ms. I use Bootstrap.',
      'A 300ms debounce of Bootstrap.',
      'And 3D printing? 3D printing is fun.',
      'Sure, 3D printing.',
      '3D printing again.',
      'A model of 3D printing.',
    ]);
    expect(found).toContain('Bootstrap');
    expect(found).toContain('3D printing');
    expect(found.filter((label) => /300|v5/.test(label))).toEqual([]);
  });

  it('of one everyday word take more than being said in passing', async () => {
    const passing: Talk[] = Array.from({ length: 4 }, (_, n) => [null, `Number ${n}: the ferry was late.`, 'A ferry?']);
    const alice = newSpace();
    expect(await labels(alice, ...passing)).toEqual([]);
    const often: Talk = [
      null,
      'My ferry trip.',
      'Which ferry?',
      'The ferry to Skye.',
      'That ferry.',
      'A ferry again.',
      'The ferry.',
    ];
    expect(await labels(newSpace(), often)).toContain('ferry');
  });

  it('written in two ways are one topic', async () => {
    const found = await labels(
      newSpace(),
      ['Portfolio website', 'My portfolio website is slow.', 'Why?', 'The portfolio website has photos.'],
      ['Portfolio site', 'My portfolio site is fast.', 'Good.', 'The portfolio site is done.'],
    );
    expect(found.filter((label) => /portfolio/i.test(label))).toHaveLength(1);
  });
});
