/** Kinds, languages and structure of units beyond English prose. */
import type { ConversationId, MessageId } from '@vivim/contract/ids';
import { describe, expect, it } from 'vitest';
import { segmentMessage } from './segment.ts';

const units = (text: string, authorKind: 'human' | 'model' = 'human', version?: number) =>
  segmentMessage(
    {
      id: 'm1' as MessageId,
      conversationId: 'c1' as ConversationId,
      role: authorKind === 'human' ? 'user' : 'assistant',
      authorKind,
      parts: [{ ix: 0, kind: 'text', text, language: null }],
    },
    null,
    version,
  ).map((unit) => ({ ...unit, text: text.slice(unit.start, unit.end) }));
const typeOf = (text: string) => units(text).map(({ type }) => type);

describe('a sentence that begins with always', () => {
  it.each([
    'Nie war ich so müde, und es wird nicht besser mit der Zeit.',
    'Siempre me duele la cabeza y no sé por qué, es un día malo.',
    'Sempre tenho dor no ombro e não sei por que, mas nado.',
    'Всегда устаю к вечеру, и я не знаю, что с этим делать.',
    'いつも電車で通勤しています。',
    '以后我想去日本。',
    '항상 피곤해요.',
    'دائما أشعر بالتعب في الصباح.',
    'हमेशा थकान रहती है।',
  ])('is no instruction where it asks for nothing: %s', (text) => {
    expect(typeOf(text)).not.toContain('instruction');
    // As it was cut and told before, so that what was erased then is known again.
    expect(units(text, 'human', 2).map(({ type }) => type)).toContain('instruction');
  });

  it.each([
    'Immer auf Deutsch antworten, und nicht mit einer Liste.',
    'Siempre responde en español y no uses listas de la web.',
    'Toujours répondre en français, et pas avec des listes.',
    'いつも結論から書いてください。',
    '항상 결론부터 알려 주세요.',
  ])('is one where it does: %s', (text) => expect(typeOf(text)).toContain('instruction'));
});

describe('what a person says of themselves or wants is known in several languages', () => {
  it.each([
    ['personal_fact', 'Ich wohne seit drei Jahren in München und arbeite dort als Arzt.'],
    ['preference', 'Ich mag keine langen Antworten, die nicht zu der Frage passen.'],
    ['instruction', 'Antworte mir immer auf Deutsch und nicht mit einer Liste.'],
    ['decision', 'Wir haben uns für die kleine Wohnung entschieden, und das ist gut so.'],
    ['question', 'Kannst du mir das erklären und die Formel nicht vergessen'],
    ['personal_fact', "J'habite à Lyon avec ma femme et je travaille dans le centre."],
    ['preference', 'Je préfère les réponses courtes et pas les listes.'],
    ['decision', "Nous avons décidé de partir en Italie pour les vacances d'été."],
    ['personal_fact', 'Vivo en Sevilla con mi esposa y los niños que tengo.'],
    ['preference', 'Me gustan las respuestas cortas y no las listas de la web.'],
    ['personal_fact', 'Moro em Lisboa com a minha filha e não tenho carro.'],
    ['preference', 'Mi piacciono le risposte brevi e non le liste che sono lunghe.'],
    ['personal_fact', 'Меня зовут Ольга, я живу в Казани.'],
    ['preference', 'Я люблю короткие ответы без списков.'],
    ['personal_fact', '我住在上海，在一家银行工作。'],
    ['preference', '我最喜欢喝绿茶。'],
    ['instruction', '以后请用中文回答我的问题。'],
    ['decision', '我们决定明年搬到成都。'],
    ['question', '请问怎么去机场'],
    ['personal_fact', '私は東京に住んでいます。'],
    ['preference', '緑茶が大好きです。'],
    ['personal_fact', '저는 서울에서 일합니다.'],
    ['preference', '저는 커피를 좋아합니다.'],
    ['personal_fact', 'أعيش في القاهرة مع عائلتي'],
    ['preference', 'أحب القهوة في الصباح'],
    ['personal_fact', 'मैं दिल्ली में रहता हूँ।'],
    ['preference', 'मुझे चाय बहुत पसंद है।'],
  ])('%s: %s', (type, text) => expect(typeOf(text)).toContain(type));

  it('and English is told by its own rules', () => {
    expect(typeOf('The comes and goes of mi gusta are a statement about the words')).toEqual(['statement']);
    expect(typeOf('I live in Oslo with my daughter.')).toEqual(['personal_fact']);
  });
});

describe('languages', () => {
  it('are those of the unit, not of the message', () => {
    const text = `${'This is what the server says to you and how it is done. '.repeat(8)}\n\n${'我昨天在东京丢了护照，后来在警察局找到了。'.repeat(20)}\n\n${'Das ist nicht die Antwort, die ich auf der Seite für den Server suche. '.repeat(8)}`;
    expect([...new Set(units(text, 'model').map(({ language }) => language))]).toEqual(['en', 'zh', 'de']);
  });

  it('of code are declared or seen', () => {
    const code = (info: string, body: string) =>
      units(`Here:\n\n\`\`\`${info}\n${body}\n\`\`\``, 'model').at(-1)?.language;
    expect(code('ts', 'x')).toBe('typescript');
    expect(code('', 'import os\n\ndef main(argv):\n    return os.getcwd()')).toBe('python');
    expect(code('', 'package main\n\nfunc main() {\n}')).toBe('go');
    expect(code('', 'SELECT a\nFROM t\nWHERE a = 1')).toBe('sql');
    expect(code('', '#include <stdio.h>\nint main() {}')).toBe('c');
    expect(code('', 'just some words')).toBeNull();
  });
});

describe('structure that is no prose', () => {
  it('a formula over lines stays whole, and one never closed does not swallow the rest', () => {
    const formula = '$$\na = b. Then c\n\n+ d. And e\n$$';
    const said = units(`First said.\n\n${formula}\n\nThen said at some more length than a few words.`);
    expect(said.some((unit) => unit.text.includes(formula))).toBe(true);
    expect(units(`Costs $$ here.\n\n${'A sentence. '.repeat(100)}`).length).toBeGreaterThan(2);
    expect(units(`\\[ `.repeat(100_000)).length).toBeGreaterThan(0);
  });

  it('front matter is one unit', () => {
    const front = '---\ntitle: A page of notes\ntags: [a, b]\n---';
    expect(units(`${front}\n\nThe text of it is here and goes on for a while.`)[0]?.text).toContain('tags: [a, b]');
  });

  it('pasted rows are a table, split at rows', () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i},name ${i},"a, b",${i * 3}`).join('\n');
    const found = units(`id,name,note,amount\n${rows}`);
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['table']));
    expect(found.length).toBeGreaterThan(3);
    for (const { text } of found) expect(text.split('\n').every((line) => /,\d+$|amount$/.test(line))).toBe(true);
    expect(
      typeOf('Well, I went, and came, and saw.\nThen, I left, and slept, and woke.\nAnd so, it went, on and, on.'),
    ).not.toContain('table');
  });
});
