/**
 * Whether a memory reads like an order to set somebody's rules aside, as a text that was pasted or sent may. Pure. It flags for
 * the person and takes nothing away: every memory is told as a quotation, whatever it says.
 */

const orders =
  /\b(?:ignore|disregard|forget|override|bypass|discard)\b.{0,40}\b(?:previous|prior|above|earlier|all|any|your|system|safety)\b.{0,30}\b(?:instructions?|prompts?|rules?|guidelines?|context|restrictions?|messages?)\b/iu;
const roles =
  /\b(?:you are now|act as|pretend (?:to be|you are)|enter)\b.{0,40}\b(?:dan|jailbroken|developer mode|unrestricted|no restrictions|root)\b/iu;
const markup = /<\/?\s*(?:system|assistant|context|instructions?|s)\s*>|<\|[a-z_]+\|>|\[\/?(?:INST|SYS)\]/iu;
const secrets = /\b(?:reveal|print|repeat|show)\b.{0,30}\b(?:system prompt|hidden instructions?)\b/iu;

export const isSuspicious = (text: string): boolean =>
  [orders, roles, markup, secrets].some((pattern) => pattern.test(text.slice(0, 4_000)));
