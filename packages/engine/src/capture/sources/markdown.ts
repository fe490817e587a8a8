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
import { writtenTime } from './written-time.ts';

const speakers: ReadonlyMap<string, Speaker> = new Map([
  ...[
    ...['user', 'you', 'me', 'human', 'prompt', 'question', 'you asked'],
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
const bold = /^ {0,3}_?(\*\*|__)(.{1,60}?)(?:\1:|:\1|\1)_?[ \t]*$/;
const boldBefore = /^(\*\*|__)([^*_]{1,40}?)(?::\1|\1[ \t]*:)[ \t]+(?=\S)/;
/** Names that stand in front of other things too are none without marks: "Question: …" is a form. */
const plainBefore =
  /^()(user|human|you|me|assistant|ai|bot|chatgpt|claude|gemini|grok|copilot|nutzer|benutzer|ich|assistent|ki|utilisateur|usuario|asistente|usuário|assistente|用户|助手|ユーザー|アシスタント)[ \t]?[:：](?:[ \t]+(?=\S)|[ \t]*$)/i;
/** As LibreChat writes a chat as plain text: `>> User:`. */
const arrow = /^>> ([^>\n]{1,60}?):[ \t]*$/;
/** In front of a line of a log: when it was said. */
const timeBefore = /^\[([^\]\n]{4,40})\][ \t]+/;
/** What a page of ChatGPT, Claude or Gemini says to those who hear it read, and gives who copies all of it: a line of its own. */
const youSaid =
  /^(?:you (?:said|asked)|du (?:hast gesagt|sagtest)|vous avez dit|dijiste|has dicho|você disse|disse você|hai detto|je zei|jij zei|вы сказали|你说|您说|あなたの発言)[ \t]?[:：]?$/i;
const modelSaid =
  /^(?:o )?([\p{L}][\w.-]{1,20}(?: [\w.-]{1,12}){0,2}?) ?(?:said|hat gesagt|sagte|a dit|dijo|ha dicho|disse|ha detto|zei|сказал|说|の発言)[ \t]?[:：]?$/iu;
/** A model by its name and version: `GPT-4o mini`, `Claude 4.5 Sonnet`, `Qwen3`. */
const ofModels =
  /^(?:chatgpt|gpt|claude|gemini|grok|copilot|deepseek|perplexity|mistral|llama|qwen|kimi|cursor|agent|codex)(?:[\d.]*\w{0,3})?(?:[ -][\w.]{1,12}){0,3}$/i;
const icons = /\p{Extended_Pictographic}|\uFE0F|\u200D/gu;
const inBrackets = /[ \t]*[([](.{4,40})[)\]]$/;

const longestLine = 120;

/** Who speaks from this line on; null for a line that is only text. */
function speakerLine(line: string): SpeakerLine | null {
  // A name is short; looking for one in a long line takes long.
  const alone = line.length > longestLine ? null : (heading.exec(line) ?? bold.exec(line));
  const start = line.slice(0, longestLine);
  const match = alone ?? boldBefore.exec(start) ?? plainBefore.exec(start);
  if (match === null)
    return line.length > longestLine ? null : (saidLine(line.trim()) ?? loggedLine(line) ?? arrowLine(line));
  let name = (match[2] ?? match[1] ?? '').replace(icons, '').replaceAll('**', '').trim();
  name = name.replace(/[ \t]*[:：]$/, '').trim();
  const time = inBrackets.exec(name)?.[1] ?? null;
  if (time !== null) name = name.replace(inBrackets, '').trim();
  const speaker = speakerOf(name);
  if (speaker === undefined) return null;
  return { name, speaker, level: match[1] ?? '', time, words: alone === null ? line.slice(match[0].length) : '' };
}

const speakerOf = (name: string): Speaker | undefined =>
  youSaid.test(name)
    ? person
    : (speakers.get(name.toLowerCase()) ?? (ofModels.test(modelSaid.exec(name)?.[1] ?? name) ? model : undefined));

/** `You said:`, `ChatGPT said:`, with what was said below. */
function saidLine(line: string): SpeakerLine | null {
  const of = youSaid.test(line) ? 'You' : (modelSaid.exec(line)?.[1] ?? '');
  const speaker = of === 'You' ? person : ofModels.test(of) ? model : undefined;
  return speaker === undefined ? null : { name: of, speaker, level: 'said', time: null, words: '' };
}

/** `[2026-01-01 10:00] Me: hello`. */
function loggedLine(line: string): SpeakerLine | null {
  const time = timeBefore.exec(line);
  const said = time === null ? null : plainBefore.exec(line.slice(time[0].length));
  if (time === null || said === null) return null;
  const name = said[2] ?? '';
  const speaker = speakerOf(name);
  const words = line.slice(time[0].length + said[0].length);
  return speaker === undefined ? null : { name, speaker, level: '[', time: time[1] ?? null, words };
}

function arrowLine(line: string): SpeakerLine | null {
  const name = arrow.exec(line)?.[1] ?? '';
  const speaker = name === '' ? undefined : speakerOf(name);
  return speaker === undefined ? null : { name, speaker, level: '>>', time: null, words: '' };
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
  const lines = linesOf(body);
  const level = levelOf(lines.flatMap(({ said }) => said ?? []));
  const turns: { line: SpeakerLine; lines: string[] }[] = [];
  let before = false;
  let title = front.get('title') ?? null;
  let link = front.get('source') ?? front.get('link') ?? front.get('url') ?? null;
  for (const { line, said, fenced } of lines) {
    const last = turns.at(-1);
    if (said !== null && said.level === level) turns.push({ line: said, lines: [said.words] });
    else if (last !== undefined) last.lines.push(line);
    else {
      const heading = !fenced && title === null ? (/^#[ \t]+(.+)$/.exec(line)?.[1]?.trim() ?? null) : null;
      // LibreChat names the chat among the lines in front.
      const named = fenced ? undefined : namedLine.exec(line)?.[1]?.trim();
      title = named ?? title ?? heading;
      const linked = fenced ? null : (linkLine.exec(line.slice(0, 2_000))?.[1] ?? null);
      link ??= linked;
      before ||=
        heading === null && linked === null && said === null && !aboutLine.test(line) && /\p{L}{2}/u.test(line);
    }
  }
  return { before, title, link, turns: turns.map(({ line, lines: said }) => turnOf(line, said)) };
}

/** Lines extensions write in front of the first turn: of the link, and of when and for whom it was saved. */
const linkLine =
  /^[ \t]*(?:[-*][ \t]+)?(?:\*\*)?(?:link|source|url)(?:\*\*)?:(?:\*\*)?[ \t]*[[<]?(https?:\/\/[^\s\])>]+)/i;
const namedLine = /^(?:#{1,6}[ \t]+)?title:[ \t]*(\S.{0,200})$/;
const aboutLine =
  /^[ \t]*(?:[-*][ \t]+)?(?:\*\*|_)?(?:created|updated|exported|generated|saved|date|model|user)\b[^:]{0,20}:|^[ \t]*(?:_exported on |<!--)|^(?:#{1,6}[ \t]+)?(?:(?:conversationId|endpoint|title|exportAt|presetId):|(?:Conversation|Options|History)$)/i;

/** A time that stands alone on the first line of a turn is when it was said. */
function turnOf(line: SpeakerLine, said: readonly string[]): Transcript['turns'][number] {
  const at = said.findIndex((one) => one.trim() !== '');
  const first = said[at]?.trim() ?? '';
  const timed = line.time === null && at > 0 && /^\d/.test(first) && writtenTime(first).time.ms !== null;
  const text = (timed ? said.toSpliced(at, 1) : said).join('\n').trim();
  return { line: timed ? { ...line, time: first } : line, text };
}

interface Line {
  readonly line: string;
  readonly said: SpeakerLine | null;
  readonly fenced: boolean;
}

function linesOf(body: string): Line[] {
  let open: string | null = null;
  return body.split(/\r?\n/).map((line) => {
    const mark = fence.exec(line)?.[1] ?? null;
    const inside = open !== null;
    if (mark !== null) {
      if (open === null) open = mark;
      else if (mark.startsWith(open) && line.trim() === mark) open = null;
    }
    return { line, said: inside || mark !== null ? null : speakerLine(line), fenced: inside };
  });
}

/** The level at which both speak, and most often; else the first there is. A page about the talk may name its person in bold. */
function levelOf(lines: readonly SpeakerLine[]): string | null {
  const levels = Map.groupBy(lines, ({ level }) => level);
  let best: { readonly level: string; readonly count: number } | null = null;
  for (const [level, found] of levels) {
    const both = ['user', 'assistant'].every((role) => found.some(({ speaker }) => speaker.role === role));
    if (both && (best === null || found.length > best.count)) best = { level, count: found.length };
  }
  return best?.level ?? lines[0]?.level ?? null;
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
        name: ofModels.test(line.name) || /^le chat/i.test(line.name) ? line.name : null,
        parts: wordsPart(text.toWellFormed(), line.speaker.kind === 'tool' ? 'tool_result' : 'text'),
        time: timeOf(line),
        model: line.speaker.kind === 'model' ? modelIn(line) : null,
      }),
    ),
    context,
    'turns',
    before ? [textBefore] : [],
  );
}

/** What stands in brackets behind a name is when it was said, or which model said it: `Assistant (GPT-4o)`, `Agent (model x, mode y)`. */
const timeOf = ({ time }: SpeakerLine) => (modelNamed.test(time ?? '') ? null : writtenTime(time));
const modelIn = ({ time }: SpeakerLine): string | null =>
  time === null || writtenTime(time).time.ms !== null ? null : (modelNamed.exec(time)?.[1] ?? null);
const modelNamed = /^(?:model )?((?=[a-z])[\w.:/-]*\d[\w.:/-]*(?: [\w.]{1,12}){0,2})(?:,.*)?$/i;

const textBefore: CanonicalIssue = {
  severity: 'note',
  code: 'text_before_turns',
  path: '',
  detail: 'Text stands in front of the first turn; nobody says it, and it is kept in the raw record alone.',
};

export const markdown: SourceModule = {
  source: 'markdown',
  version: 2,
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
