/** What programming language a piece of code is in: what its fence says, else what it looks like. Pure. */

const codeNames: Readonly<Record<string, string>> = {
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  py: 'python',
  python3: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  console: 'bash',
  yml: 'yaml',
  'c++': 'cpp',
  'c#': 'csharp',
  cs: 'csharp',
  golang: 'go',
  kt: 'kotlin',
  md: 'markdown',
  plaintext: 'text',
  plain: 'text',
  txt: 'text',
};

/** The programming language a code fence or a source names, in one spelling, or null. */
export function codeLanguage(info: string | null): string | null {
  const name = info === null ? undefined : /^[\w+#.-]{1,32}/.exec(info.trim())?.[0].toLowerCase();
  return name === undefined ? null : (codeNames[name] ?? name);
}

/** Signs of a language, each at the beginning of a line. The first with two, or with one that no other language has, is it. */
const signs: readonly (readonly [string, RegExp])[] = [
  [
    'python',
    /^(?:def \w+\(.*\).*:|class \w+(?:\(.*\))?:|from [\w.]+ import |import \w+(?: as \w+)?$|if __name__ ==|elif .*:|@\w+)/gm,
  ],
  [
    'typescript',
    /^(?:export )?(?:interface \w+|type \w+(?:<.*>)? =|(?:const|let) \w+: |(?:async )?function \w+\(.*: \w)/gm,
  ],
  [
    'javascript',
    /^(?:(?:export )?(?:const|let|var) \w+ = |(?:export )?(?:async )?function \w+\(|import .* from ['"]|module\.exports|console\.log\()/gm,
  ],
  [
    'java',
    /^\s*(?:public|private|protected) (?:static |final |abstract )*(?:class|interface|enum|void|int|String|[A-Z]\w*(?:<.*>)?) \w+|^import java/gm,
  ],
  ['csharp', /^(?:using [A-Z][\w.]*;|namespace [A-Z]|\s*(?:public|private) (?:async )?Task)/gm],
  ['go', /^(?:package \w+$|func (?:\(.*\) )?\w+\(|import \(|type \w+ struct \{)/gm],
  ['rust', /^\s*(?:pub )?(?:fn \w+(?:<.*>)?\(|impl(?:<.*>)? \w|use [\w:]+;|let mut |struct \w+|#\[derive)/gm],
  ['cpp', /^(?:#include <\w+>|using namespace std|template ?<|std::)/gm],
  ['c', /^(?:#include <\w+\.h>|int main\()/gm],
  ['php', /^(?:<\?php|\$\w+ = )/gm],
  ['ruby', /^\s*(?:def \w+[?!]?(?:\(.*\))?$|require ['"]|puts |end$)/gm],
  ['sql', /^\s*(?:SELECT\b|INSERT INTO\b|UPDATE \w+ SET\b|CREATE (?:TABLE|INDEX)\b|FROM \w+|WHERE )/gim],
  ['bash', /^(?:#!\/bin\/(?:ba)?sh|\$ |sudo |apt |npm (?:i|install|run)\b|git \w+|cd |export \w+=|echo )/gm],
  ['html', /^\s*<(?:!DOCTYPE html|html|head|body|div|p|span|a|ul|script|style)\b/gim],
  ['css', /^[.#]?[\w-]+(?:[ ,>.#:][\w\s,.#:>-]*)? ?\{$|^\s+[\w-]+: [^;{]+;$/gm],
  ['json', /^\s*(?:[{[]$|"[^"]+"\s*:)/gm],
  ['yaml', /^(?:[\w-]+:(?: .*)?|\s+- .*)$/gm],
];
/** What no other language has: once is enough. */
const certain =
  /^(?:#!\/bin\/(?:ba)?sh|<\?php|#include <\w+\.h>|#include <\w+>|package \w+$|import java|if __name__ ==|<!DOCTYPE html)/gm;
const detected = 2_000;

/** What a piece of code looks like that says nothing of itself, or null. Without the lines of a fence. */
export function detectCodeLanguage(code: string): string | null {
  const sample = code.slice(0, detected).replace(/^(?:`{3,}|~{3,}).*$/gm, '');
  let best: string | null = null;
  let most = 0;
  for (const [language, sign] of signs) {
    const found = sample.match(sign) ?? [];
    const score = found.length + (found.some((line) => line.match(certain) !== null) ? 2 : 0);
    if (score > most) {
      best = language;
      most = score;
    }
  }
  return most >= 2 ? best : null;
}
