/**
 * What a rule is: a pattern over one clause a person said, and what memory it makes. Rules are data, by language, read by
 * `find-memories.ts`; no rule looks at anything but the clause. Pure.
 */
import type { MemoryKind } from '@vivim/contract/memory';

export interface MemoryRule {
  readonly kind: MemoryKind;
  /**
   * Named groups fill the templates: `value`, `what`. A group is cut where the clause goes on to something else. With the flag `g`
   * every match makes a memory, else the first.
   */
  readonly pattern: RegExp;
  /** As the memory is shown: `Lives in {value}`; `{What}` begins with a capital, `{a what}` has its article. Left out: the clause as said. */
  readonly text?: string;
  /** Of what it says something, where only one thing of it can be so at a time: `home`, `allergy:{value}`. */
  readonly attribute?: string;
  /** What it says of the attribute, where that is not `value` itself. */
  readonly says?: string;
  /** 0–1: how sure a single saying is. Below `sureEnough` it waits to be confirmed. */
  readonly confidence: number;
  /** Only where `value` is a name many people have. */
  readonly known?: 'person';
  /** Only where the message says this too. */
  readonly beside?: RegExp;
  /** Only where the message says nothing else: beside a task it is of that task. */
  readonly alone?: true;
}

/**
 * Words a clause must hold for any rule of a language to be tried: saves trying them on the rest. Where a person speaks of
 * themselves, or orders.
 */
export interface RuleBook {
  readonly language: string;
  readonly tried: RegExp;
  readonly rules: readonly MemoryRule[];
}

/** A name as it is written: capitals, with the small words between. Group `value`. */
export const named = String.raw`(?<value>\p{Lu}[\p{L}\p{M}\p{N}'’.&-]*(?:,? (?:(?:of|the|de|da|do|dos|del|la|le|el|van|von|der|am|an|and|&|sur|upon) ){0,2}\p{Lu}[\p{L}\p{M}\p{N}'’.&-]*){0,4})`;
/** A given name. */
export const given = String.raw`(?<value>\p{Lu}[\p{L}\p{M}'’-]+)`;
/** A person by given name, or by all of it, with a title or without. */
export const person = String.raw`(?<value>(?:(?:Dr|Prof|Mr|Mrs|Ms|Mx|Frau|Herr|Mme|Sra|Dra)\.? )?\p{Lu}[\p{L}\p{M}'’-]+(?: (?:(?:de|da|do|dos|van|von|der|del|la|le|di) ){0,2}\p{Lu}[\p{L}\p{M}'’-]+){0,2})`;
/** Words to the end of the clause. */
export const rest = String.raw`(?<value>[^,.;:!?\n]{2,80})`;

/** Not where the language sets its "no" before the verb. The flag of the pattern stays. */
export const unlessAfter = (words: string, rules: readonly MemoryRule[]): readonly MemoryRule[] =>
  rules.map((rule) => ({
    ...rule,
    pattern: new RegExp(String.raw`(?<!(?<!\p{L})(?:${words}) )(?:${rule.pattern.source})`, rule.pattern.flags),
  }));
