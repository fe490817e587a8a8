/**
 * What a block of code defines: functions, types, tables, by the words its language defines things with. Data and one function;
 * pure. A definition is found by its line alone, so that a piece of a file is read as well as a whole one.
 */

export interface CodeSymbol {
  readonly name: string;
  /** UTF-16 offsets of the line that defines it, without the white space around it. */
  readonly start: number;
  readonly end: number;
}

const name = '(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*)';
const line = (pattern: string, flags = 'u'): RegExp => new RegExp(`^[ \\t]*${pattern.replaceAll('NAME', name)}`, flags);

const script = [
  line(
    '(?:export +)?(?:default +)?(?:declare +)?(?:abstract +)?(?:async +)?(?:function\\*?|class|interface|type|enum|namespace) +NAME',
  ),
  line(
    '(?:export +)?(?:const|let|var) +NAME(?: *:[^=]+)? *= *(?:async *)?(?:\\([^)]*\\)|[\\p{L}_$][\\p{L}\\p{N}_$]*)(?: *:[^=]+)? *=>',
  ),
  line('export +(?:const|let|var) +NAME'),
  line('const +(?<name>[A-Z][A-Z0-9_]{2,})\\b'),
  // A method: nothing else has a block behind its brackets.
  /^[ \t]+(?:(?:public|private|protected|static|async|override|get|set) +)*(?<name>[\p{L}_$#][\p{L}\p{N}_$]*)\([^)]*\)(?: *: *[^{]+)? *\{\s*$/u,
];
const jvm = [
  line(
    '(?:@\\w+ +)*(?:(?:public|protected|private|internal|static|final|abstract|sealed|override|open|data|suspend|partial|readonly|virtual|async) +)*(?:class|interface|enum|record|object|struct|fun|trait) +NAME',
  ),
  line(
    '(?:(?:public|protected|private|internal|static|final|abstract|override|virtual|async) +)+[\\p{L}_][\\p{L}\\p{N}_<>\\[\\], ?.]* +NAME *\\(',
  ),
];
const c = [
  line('(?:typedef +)?(?:struct|class|enum|union|namespace) +NAME'),
  line(
    '(?:(?:static|inline|extern|const|unsigned|virtual|constexpr) +)*[\\p{L}_][\\p{L}\\p{N}_:<>*& ]* [*&]*NAME *\\([^;]*(?:\\{|$)',
  ),
  line('# *define +NAME'),
];

/** By the word after the fence. */
const languages: readonly { readonly of: readonly string[]; readonly defines: readonly RegExp[] }[] = [
  { of: ['js', 'jsx', 'mjs', 'cjs', 'javascript', 'ts', 'tsx', 'typescript', 'vue', 'svelte'], defines: script },
  {
    of: ['py', 'python', 'python3'],
    defines: [line('(?:async +)?(?:def|class) +NAME'), /^(?<name>[A-Z][A-Z0-9_]{2,}) *=/u],
  },
  { of: ['java', 'kotlin', 'kt', 'scala', 'cs', 'csharp', 'c#', 'groovy'], defines: jvm },
  { of: ['c', 'h', 'cpp', 'c++', 'cc', 'hpp', 'objc', 'arduino'], defines: c },
  { of: ['go', 'golang'], defines: [line('func +(?:\\([^)]*\\) *)?NAME'), line('(?:type|var|const) +NAME')] },
  {
    of: ['rs', 'rust'],
    defines: [
      line(
        '(?:pub(?:\\([^)]*\\))? +)?(?:async +|unsafe +|const +)*(?:fn|struct|enum|trait|mod|type|static|union) +NAME',
      ),
      line('macro_rules! +NAME'),
    ],
  },
  { of: ['rb', 'ruby'], defines: [line('(?:def +(?:self\\.)?|class +|module +)NAME')] },
  {
    of: ['php'],
    defines: [
      line('(?:(?:abstract|final|public|protected|private|static) +)*(?:function|class|interface|trait|enum) +NAME'),
    ],
  },
  {
    of: ['swift'],
    defines: [
      line(
        '(?:(?:public|private|internal|open|static|final|override|mutating) +)*(?:func|class|struct|enum|protocol|extension|actor) +NAME',
      ),
    ],
  },
  {
    of: ['sh', 'bash', 'zsh', 'shell'],
    defines: [line('(?:function +)?NAME *\\(\\) *\\{'), line('(?:export +)NAME=')],
  },
  {
    of: ['sql', 'postgresql', 'mysql', 'sqlite', 'plpgsql'],
    defines: [
      line(
        'create +(?:or +replace +)?(?:temp(?:orary)? +|unique +|materialized +|virtual +)*(?:table|view|index|function|procedure|trigger|type|schema) +(?:if +not +exists +)?["`\\[]?(?:[\\p{L}_][\\p{L}\\p{N}_]*\\.)?NAME',
        'iu',
      ),
    ],
  },
  { of: ['ex', 'exs', 'elixir'], defines: [line('(?:def|defp|defmodule|defmacro) +NAME')] },
  {
    of: ['hs', 'haskell'],
    defines: [line('(?:data|newtype|class|type) +NAME'), /^(?<name>[a-z_][\p{L}\p{N}_']*) *::/u],
  },
  { of: ['lua'], defines: [line('(?:local +)?function +(?:[\\p{L}_][\\p{L}\\p{N}_]*[.:])?NAME')] },
  { of: ['r'], defines: [line('NAME *(?:<-|=) *function')] },
  { of: ['dart'], defines: [line('(?:abstract +)?(?:class|enum|mixin|extension|typedef) +NAME'), ...jvm.slice(1)] },
  {
    of: ['graphql', 'gql'],
    defines: [line('(?:type|input|enum|interface|union|scalar|query|mutation|fragment) +NAME')],
  },
  { of: ['proto', 'protobuf'], defines: [line('(?:message|service|enum|rpc) +NAME')] },
];
const byFence = new Map(languages.flatMap(({ of, defines }) => of.map((fence) => [fence, defines] as const)));

/** Whatever the language: blocks without one, and those of a language nobody listed. */
const anywhere = [
  line(
    '(?:export +|pub +|public +|static +|async +|local +)*(?:function|class|interface|struct|enum|trait|def|fn|func|type|module) +NAME',
  ),
  ...(byFence.get('sql') ?? []),
];

/** Under what a name is looked for: parseConfig and parseconfig are one. */
export const symbolKey = (symbol: string): string => symbol.toLowerCase();

/** The keys that `parseConfig`, `config.parseConfig()` or `parse*` are looked for between; null where nothing is named. */
export function symbolRange(
  typed: string,
): { readonly from: string; readonly to: string; readonly name: string } | null {
  const bare = typed.trim().replace(/\([^)]*\)?$/, '');
  const isBeginning = bare.endsWith('*');
  const name = (isBeginning ? bare.slice(0, -1) : bare).split(/\.|::|->|#(?=.)/).at(-1) ?? '';
  const key = symbolKey(name);
  if (key === '') return null;
  return { from: key, to: isBeginning ? `${key}\u{10ffff}` : key, name: isBeginning ? `${name}*` : name };
}

/** Lines looked at in one block; a longer one is data. */
const mostLines = 2_000;
/** UTF-16 units of a line that is looked at: a definition stands at its beginning. */
const looked = 240;

/** @param language the word after the fence, or null @returns each name once, where it is defined first, in order */
export function symbolsOf(code: string, language: string | null): CodeSymbol[] {
  const defines = byFence.get(language?.toLowerCase() ?? '') ?? anywhere;
  const found = new Map<string, CodeSymbol>();
  let from = 0;
  for (const text of code.split('\n', mostLines)) {
    const head = text.slice(0, looked);
    for (const define of defines) {
      const symbol = define.exec(head)?.groups?.name;
      if (symbol === undefined || keywords.has(symbol)) continue;
      const start = from + (text.length - text.trimStart().length);
      if (!found.has(symbol)) found.set(symbol, { name: symbol, start, end: from + text.trimEnd().length });
      break;
    }
    from += text.length + 1;
  }
  return [...found.values()];
}

/** A line may look like a definition of one of these. */
const keywords: ReadonlySet<string> = new Set([
  'if',
  'for',
  'while',
  'switch',
  'return',
  'catch',
  'else',
  'do',
  'new',
  'await',
]);
