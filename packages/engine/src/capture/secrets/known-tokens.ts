/**
 * Tokens whose providers gave them a shape, found by the rules of secretlint, which its authors keep up with the providers.
 * Its rules are called directly: its own driver is made for files and answers later. Pure.
 */
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { SecretLintRuleContext, SecretLintSourceCode } from '@secretlint/types';

export interface FoundSpan {
  /** In words, for the person: what sort of secret it is. */
  readonly label: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
}

/** What a rule finds, as a person would name it; a rule that is not here is named after itself. */
const labels: Readonly<Record<string, string>> = {
  aws: 'AWS key',
  gcp: 'Google Cloud key',
  privatekey: 'private key',
  npm: 'npm token',
  basicauth: 'password in an address',
  slack: 'Slack token',
  sendgrid: 'SendGrid key',
  shopify: 'Shopify token',
  stripe: 'Stripe key',
  github: 'GitHub token',
  gitlab: 'GitLab token',
  grafana: 'Grafana token',
  openai: 'OpenAI key',
  anthropic: 'Anthropic key',
  groq: 'Groq key',
  huggingface: 'Hugging Face token',
  linear: 'Linear key',
  notion: 'Notion token',
  '1password': '1Password token',
  'database-connection-string': 'password of a database',
  'hashicorp-vault': 'Vault token',
  vercel: 'Vercel token',
  databricks: 'Databricks token',
  docker: 'Docker token',
  figma: 'Figma token',
  cloudflare: 'Cloudflare token',
  tailscale: 'Tailscale key',
};

/**
 * What stands in every text a rule finds something in: a text that has none of it is not looked through by that rule, which takes
 * twenty times as long. A rule that is not here looks through every text.
 */
const needed: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  aws: [...'A3T AKIA AGPA AIDA AROA AIPA ANPA ANVA ASIA SECRET secret Secret ACCOUNT account Account'.split(' ')],
  // A name in JSON may be written in escapes.
  gcp: ['private_key', String.raw`\u`],
  privatekey: ['-----BEGIN'],
  npm: ['x-oauth-basic', '_authToken', 'npm_'],
  basicauth: ['://'],
  slack: ['xox', 'xapp-', /hooks\.slack\.com/i],
  sendgrid: ['SG.'],
  shopify: ['shp'],
  stripe: ['k_live_', 'k_test_'],
  github: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  gitlab: ['glpat-'],
  grafana: ['glc_', 'glsa_'],
  openai: ['sk-'],
  anthropic: ['sk-ant-'],
  groq: ['gsk_'],
  huggingface: ['hf_'],
  linear: ['lin_api_'],
  notion: ['ntn_'],
  '1password': ['ops_ey'],
  'database-connection-string': ['mongodb', 'mysql', 'postgres'],
  'hashicorp-vault': ['hvs.', 'hvb.', 'hvr.'],
  vercel: ['vcp_', 'vci_', 'vca_', 'vcr_', 'vck_'],
  databricks: ['dapi'],
  docker: ['dckr_pat_'],
  figma: ['figd_'],
  cloudflare: ['cfk_', 'cfut_', 'cfat_'],
  tailscale: ['tskey-'],
};

/** @param marks any of them is enough; none at all: every text may */
export const mayHold = (text: string, marks: readonly (string | RegExp)[] | undefined): boolean =>
  marks === undefined ||
  marks.some((mark) => (typeof mark === 'string' ? text.includes(mark) : text.search(mark) >= 0));

const prefix = '@secretlint/secretlint-rule-';
const found: FoundSpan[] = [];

/** Made once; every rule reports into the same list. */
const handlers = rules
  .filter(({ meta }) => meta.type === 'scanner')
  .map((rule) => {
    const name = rule.meta.id.slice(prefix.length);
    const label = labels[name] ?? `${name} secret`;
    const context: SecretLintRuleContext = {
      // None of these rules masks what it says; what they say is not shown.
      sharedOptions: { maskSecrets: true },
      createTranslator: () => (messageId) => ({ messageId: String(messageId), message: '', data: undefined }),
      report: ({ range: [start, end] }) => void found.push({ label, start, end }),
      ignore: () => {},
    };
    return { ...rule.create(context, {}), needs: needed[name] };
  });

/** A text as secretlint's rules read one; where a line begins is asked by none of them. */
class MessageText implements SecretLintSourceCode {
  readonly hasBOM = false;
  readonly filePath = 'message.txt';
  readonly physicalFilePath = undefined;
  readonly contentType = 'text';
  readonly ext = '.txt';
  readonly content: string;

  constructor(content: string) {
    this.content = content;
  }

  getFilePath = () => this.filePath;
  getPhysicalFilePath = () => this.physicalFilePath;
  locationToRange = () => [0, this.content.length] as const;
  rangeToLocation = () => ({ start: this.indexToPosition(), end: this.indexToPosition() });
  positionToIndex = () => 0;
  indexToPosition = () => ({ line: 1, column: 0 });
}

/**
 * Every token of a known shape in a text, in no order; spans may overlap.
 * @param everyRule also those that find nothing in such a text
 * @throws Error where a rule answers later
 */
export function knownTokens(text: string, everyRule = false): FoundSpan[] {
  found.length = 0;
  const file = new MessageText(text);
  for (const handler of handlers) {
    if (!everyRule && !mayHold(text, handler.needs)) continue;
    if (handler.file?.(file) instanceof Promise) throw new Error('A rule of secretlint became asynchronous.');
  }
  return found.slice();
}
