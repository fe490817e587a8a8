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
