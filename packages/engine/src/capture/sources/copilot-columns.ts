/**
 * Which column of a table of Microsoft Copilot's activity is which: by its name in the language of the account, or, in a language
 * that is not known here, by what stands in it. Pure.
 */
import type { CsvRow } from './csv.ts';
import { writtenTime } from './written-time.ts';

/** Places of the columns, from 0; -1 for one the table does not have. */
export interface Columns {
  readonly title: number;
  readonly time: number;
  readonly author: number;
  readonly message: number;
  readonly app: number;
}

/** English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Danish, Turkish, Russian, Japanese, Korean, Chinese. */
const titles =
  'conversation|conversationtitle|chatname|chat|title|unterhaltung|konversation|gespräch|conversación|conversa|conversazione|gesprek|konwersacja|rozmowa|konversation|samtale|konuşma|sohbet|беседа|разговор|会話|대화|对话|對話|会话|交談';
const times =
  'time|createdat|timestamp|date|datetime|zeit|uhrzeit|zeitpunkt|datum|heure|horodatage|hora|fecha|data|ora|tijd|czas|godzina|tid|tidspunkt|zaman|saat|время|дата|時刻|時間|日時|시간|时间|日期';
const authors =
  'author|role|sender|autor|verfasser|absender|auteur|autore|författare|forfatter|yazar|автор|作成者|作者|投稿者|작성자';
const messages =
  'message|messagecontent|prompt|nachricht|mensaje|mensagem|messaggio|bericht|wiadomość|meddelande|besked|mesaj|ileti|сообщение|メッセージ|메시지|消息|訊息|邮件';
const apps = 'clientapp';

const setOf = (names: string): ReadonlySet<string> => new Set(names.split('|'));
const [ofTitle, ofTime, ofAuthor, ofMessage, ofApp] = [titles, times, authors, messages, apps].map(setOf) as [
  ReadonlySet<string>,
  ReadonlySet<string>,
  ReadonlySet<string>,
  ReadonlySet<string>,
  ReadonlySet<string>,
];

const people = setOf(
  'user|human|you|me|benutzer|nutzer|sie|ich|utilisateur|vous|moi|usuario|tú|yo|usuário|você|eu|utente|tu|io|gebruiker|użytkownik|användare|bruger|kullanıcı|пользователь|вы|ユーザー|あなた|사용자|用户|使用者|您|你',
);
const models = setOf(
  'ai|copilot|microsoft copilot|bing|bing chat|assistant|bot|model|ki|ia|assistent|asistente|assistente|asystent|yapay zeka|ии|ai アシスタント|アシスタント|人工智能|助手|ai 助手|어시스턴트',
);

const said = (field: string | undefined): string => (field ?? '').normalize('NFC').trim().toLowerCase();

/** A name nobody knows is a person's: the program has few of its own. */
export const isPerson = (author: string | undefined): boolean => !models.has(said(author));

/** By their names. @returns null where they are not those of Copilot */
function byName(header: readonly string[]): Columns | null {
  const names = header.map((name) => said(name).replaceAll(/[\s_]+/g, ''));
  const find = (wanted: ReadonlySet<string>) => names.findIndex((name) => wanted.has(name));
  const columns = {
    title: find(ofTitle),
    time: find(ofTime),
    author: find(ofAuthor),
    message: find(ofMessage),
    app: find(ofApp),
  };
  const spoken = columns.author >= 0 && columns.title >= 0;
  const prompts = columns.app >= 0 && names.includes('prompt');
  return columns.message >= 0 && columns.time >= 0 && (spoken || prompts) ? columns : null;
}

/** By what stands in them: four columns, one of times, one that names only the person and the model. */
function byContent(rows: readonly CsvRow[]): Columns | null {
  const seen = rows.slice(0, 20).filter(({ fields }) => fields.length === 4);
  if (seen.length < 2) return null;
  const every = (fits: (field: string) => boolean): number =>
    [0, 1, 2, 3].find((ix) => seen.every(({ fields }) => fits(fields[ix] ?? ''))) ?? -1;
  const time = every((field) => writtenTime(field).time.ms !== null);
  const author = every((field) => people.has(said(field)) || models.has(said(field)));
  if (time < 0 || author < 0 || seen.every(({ fields }) => isPerson(fields[author]))) return null;
  const [one = -1, other = -1] = [0, 1, 2, 3].filter((ix) => ix !== time && ix !== author);
  const different = (ix: number) => new Set(seen.map(({ fields }) => fields[ix])).size;
  // Titles are said again in each row.
  const [title, message] = different(one) <= different(other) ? [one, other] : [other, one];
  return { title, time, author, message, app: -1 };
}

/** @param rows of a table, the first its header */
export function columnsOf(rows: readonly CsvRow[]): { readonly columns: Columns; readonly named: boolean } | null {
  const [header, ...others] = rows;
  const named = header === undefined ? null : byName(header.fields);
  if (named !== null) return { columns: named, named: true };
  const found = byContent(others);
  return found === null ? null : { columns: found, named: false };
}
