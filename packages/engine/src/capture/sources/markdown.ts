/**
 * A transcript in Markdown: headings or bold words that name who speaks (`## User`, `#### ChatGPT:`, `**You:**`), or plain ones
 * (`User: hello`), in a dozen languages → canonical. Pure. A speaker's line counts only outside fenced code and quotations, and at the level the first one has; with fewer
 * than two turns it is no transcript.
 */
import type { CanonicalIssue, Reading, SourceContext } from '../canonical.ts';
import { buildConversation, type Turn } from './build-conversation.ts';
import { wordsPart } from './content-blocks.ts';
import { linkedId } from './linked-id.ts';
import { notAConversation } from './reading.ts';
import type { SourceModule } from './source-module.ts';
import { model, person, program, type Speaker, tool } from './speakers.ts';

const speakers: ReadonlyMap<string, Speaker> = new Map([
  ...[
    ...['user', 'you', 'me', 'human', 'prompt', 'question', 'you said', 'you asked'],
    ...['nutzer', 'nutzerin', 'benutzer', 'benutzerin', 'du', 'ich', 'mensch', 'frage'],
    ...['utilisateur', 'utilisatrice', 'vous', 'toi', 'moi', 'usuario', 'usuaria', 'tú', 'yo', 'pregunta'],
    ...['usuário', 'usuária', 'você', 'eu', 'pergunta', 'utente', 'tu', 'domanda', 'gebruiker', 'jij', 'użytkownik'],
    ...[
      'пользователь',
      'вы',
      'я',
      '用户',
      '用戶',
      '你',
      '我',
      'ユーザー',
      'あなた',
      '사용자',
      '나',
      'المستخدم',
      'أنت',
      'उपयोगकर्ता',
      'आप',
    ],
  ].map((name) => [name, person] as const),
  ...[
    ...['assistent', 'assistentin', 'ki', 'antwort', 'réponse', 'ia', 'asistente', 'respuesta', 'assistente'],
    ...[
      'resposta',
      'risposta',
      'asystent',
      'ассистент',
      '助手',
      'ai助手',
      'アシスタント',
      '어시스턴트',
      'المساعد',
      'सहायक',
    ],
    'assistant',
    'ai',
    'bot',
    'model',
    'response',
    'answer',
    'chatgpt',
    'gpt',
    'gpt-4',
    'gpt-4o',
    'claude',
    'gemini',
    'grok',
    'copilot',
    'deepseek',
    'perplexity',
    'mistral',
    'le chat',
    'chatgpt said',
    'claude said',
  ].map((name) => [name, model] as const),
  ['system', program],
  ['tool', tool],
]);

interface SpeakerLine {
  readonly name: string;
  readonly speaker: Speaker;
  /** What kind of line it is: the marks in front of it. */
  readonly level: string;
  /** When, where the line says so. */
  readonly time: string | null;
  /** What is said on the line itself. */
  readonly words: string;
}

const heading = /^ {0,3}(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$/;
const bold = /^ {0,3}(\*\*|__)(.{1,40}?)(?:\1:|:\1|\1)[ \t]*$/;
const boldBefore = /^(\*\*|__)([^*_]{1,40}?)(?::\1|\1[ \t]*:)[ \t]+(?=\S)/;
/** Names that stand in front of other things too are none without marks: "Question: …" is a form. */
const plainBefore =
  /^()(user|human|you|me|assistant|ai|bot|chatgpt|claude|gemini|grok|copilot|nutzer|benutzer|ich|assistent|ki|utilisateur|usuario|asistente|usuário|assistente|用户|助手|ユーザー|アシスタント)[ \t]?[:：][ \t]+(?=\S)/i;
const icons = /\p{Extended_Pictographic}|\uFE0F|\u200D/gu;
const inBrackets = /[ \t]*[([](.{4,40})[)\]]$/;

const longestLine = 120;

/** Who speaks from this line on; null for a line that is only text. */
function speakerLine(line: string): SpeakerLine | null {
  // A name is short; looking for one in a long line takes long.
  const alone = line.length > longestLine ? null : (heading.exec(line) ?? bold.exec(line));
  const start = line.slice(0, longestLine);
  const match = alone ?? boldBefore.exec(start) ?? plainBefore.exec(start);
  if (match === null) return null;
  let name = (match[2] ?? '').replace(icons, '').replaceAll('**', '').trim();
  const time = inBrackets.exec(name)?.[1] ?? null;
  if (time !== null) name = name.replace(inBrackets, '');
  name = name.replace(/[ \t]*[:：]$/, '').trim();
  const speaker = speakers.get(name.toLowerCase());
  if (speaker === undefined) return null;
  return { name, speaker, level: match[1] ?? '', time, words: alone === null ? line.slice(match[0].length) : '' };
}

const fence = /^ {0,3}(`{3,}|~{3,})/;

interface Transcript {
  /** Whether words stand in front of the first turn that are no title. */
  readonly before: boolean;
  readonly title: string | null;
  readonly link: string | null;
  readonly turns: readonly { readonly line: SpeakerLine; readonly text: string }[];
}

function transcriptOf(text: string): Transcript {
  const { front, body } = withoutFront(text);
  const turns: { line: SpeakerLine; lines: string[] }[] = [];
  let open: string | null = null;
  let before = false;
  let title = front.get('title') ?? null;
  for (const line of body.split(/\r?\n/)) {
    const mark = fence.exec(line)?.[1] ?? null;
    if (mark !== null) {
      if (open === null) open = mark;
      else if (mark.startsWith(open) && line.trim() === mark) open = null;
    }
    const said = open === null && mark === null ? speakerLine(line) : null;
    const last = turns.at(-1);
    if (said !== null && (last === undefined || last.line.level === said.level))
      turns.push({ line: said, lines: [said.words] });
    else if (last !== undefined) last.lines.push(line);
    else {
      const heading = open === null && title === null ? (/^#[ \t]+(.+)$/.exec(line)?.[1]?.trim() ?? null) : null;
      title ??= heading;
      before ||= heading === null && /\p{L}{2}/u.test(line);
    }
  }
  return {
    before,
    title,
    link: front.get('source') ?? front.get('link') ?? front.get('url') ?? null,
    turns: turns.map(({ line, lines }) => ({ line, text: lines.join('\n').trim() })),
  };
}

/** The `key: value` lines between `---` and `---` in front. */
function withoutFront(text: string): { front: ReadonlyMap<string, string>; body: string } {
  const match = /^---\r?\n([\s\S]{0,20000}?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return { front: new Map(), body: text };
  const pairs = (match[1] ?? '').split(/\r?\n/).flatMap((line): [string, string][] => {
    const pair = /^([A-Za-z_]+):[ \t]*(.+)$/.exec(line);
    return pair === null ? [] : [[(pair[1] ?? '').toLowerCase(), (pair[2] ?? '').replace(/^(['"])(.*)\1$/, '$2')]];
  });
  return { front: new Map(pairs), body: text.slice(match[0].length) };
}

function readMarkdown(bytes: Buffer, context: SourceContext): Reading {
  const { title, link, turns, before } = transcriptOf(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  if (turns.length < 2)
    return notAConversation(
      'The text names fewer than two turns of a conversation: a turn begins with a heading, a bold or a plain word that says who speaks, such as `## User`, `**Assistant:**` or `User:`.',
      { title },
    );
  const id = link === null ? null : linkedId(link);
  return buildConversation(
    { source: 'markdown', externalId: id, title, flags: link === null ? {} : { link } },
    turns.map(
      ({ line, text }): Turn => ({
        id: null,
        ...line.speaker,
        // A model that is named is worth keeping; `User` and `Assistant` say nothing the role does not.
        name: /^(?:gpt|claude|gemini|grok|copilot|deepseek|perplexity|mistral|le chat)|gpt/i.test(line.name)
          ? line.name
          : null,
        parts: wordsPart(text.toWellFormed(), line.speaker.kind === 'tool' ? 'tool_result' : 'text'),
        time: line.time,
      }),
    ),
    context,
    'turns',
    before ? [textBefore] : [],
  );
}

const textBefore: CanonicalIssue = {
  severity: 'note',
  code: 'text_before_turns',
  path: '',
  detail: 'Text stands in front of the first turn; nobody says it, and it is kept in the raw record alone.',
};

export const markdown: SourceModule = {
  source: 'markdown',
  formats: [
    {
      kind: 'text',
      cut: { kind: 'whole' },
      claim: ({ head }) => {
        const { turns } = transcriptOf(head);
        const both = new Set(turns.map(({ line }) => line.speaker.role)).size > 1;
        return turns.length >= 2 && both
          ? { confidence: 0.8, why: 'It is Markdown whose headings say who speaks, the person or the model.' }
          : null;
      },
    },
  ],
  read: readMarkdown,
};
