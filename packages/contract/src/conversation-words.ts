/** Where conversations come from and who speaks in them, as plain words: for who needs no schema. */

/** The providers' formats, by the name a person knows them by. `generic` is VIVIM's own import format. */
export const sourceNames = {
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  'claude-design': 'Claude Design',
  'claude-code': 'Claude Code',
  codex: 'Codex',
  openai: 'OpenAI messages',
  sharegpt: 'ShareGPT',
  markdown: 'Markdown transcript',
  gemini: 'Gemini',
  aistudio: 'Google AI Studio',
  openwebui: 'Open WebUI',
  librechat: 'LibreChat',
  grok: 'Grok',
  deepseek: 'DeepSeek',
  'gemini-cli': 'Gemini CLI',
  lmstudio: 'LM Studio',
  llm: 'llm',
  cursor: 'Cursor',
  aider: 'Aider',
  copilot: 'Microsoft Copilot',
  mistral: 'Le Chat',
  perplexity: 'Perplexity',
  sillytavern: 'SillyTavern',
  jan: 'Jan',
  anythingllm: 'AnythingLLM',
  continue: 'Continue',
  'vscode-copilot': 'GitHub Copilot in VS Code',
  cline: 'Cline, Roo Code, Kilo Code',
  opencode: 'opencode',
  'openai-api': 'OpenAI API, live',
  'anthropic-api': 'Anthropic API, live',
  generic: 'VIVIM format',
} as const;
export const sources = Object.keys(sourceNames) as [keyof typeof sourceNames, ...(keyof typeof sourceNames)[]];
export type SourceName = (typeof sources)[number];

export const roles = ['user', 'assistant', 'system', 'tool'] as const;

/** What an upload can be: a provider's export, or a space coming back or from another server. */
export const importSourceNames = { ...sourceNames, vivim: 'VIVIM archive' } as const;
