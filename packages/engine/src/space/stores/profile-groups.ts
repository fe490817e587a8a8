/**
 * Which ways of writing count as one topic or entity. Each key has at most one key it counts as, read off what is here now:
 * what its person said, else the form of the two, else what conversations said. Whoever is reached at the end of that chain is
 * the profile. Nothing depends on the order in which conversations came, so a rebuild groups as the increments did. Only keys
 * near a change are looked at.
 */
import type { Connection } from '../../sqlite/database.ts';
import type { CorrectionRules } from '../correction-rules.ts';
import { foldOf, numeronymIn, numeronymOf } from '../name-links.ts';
import type { FormKind } from '../profile-observation.ts';
import { derivedId } from '../space-row.ts';
import { type ProfileKind, type ProfileRow, type ProfileTables, tablesOf } from './profile-tables.ts';
import { askForVector } from './topic-vectors.ts';

/** Chains are short; a longer one is no chain. */
const longestChain = 20;

/** What a key is said to be called beside, or short for: the start of a form of it. */
type Link = readonly [kind: FormKind, value: string, ...unknown[]];

export class ProfileGroups {
  readonly #connection: Connection;
  readonly #kind: ProfileKind;
  readonly #tables: ProfileTables;
  readonly #rules: CorrectionRules;

  constructor(connection: Connection, kind: ProfileKind, rules: CorrectionRules) {
    this.#connection = connection;
    this.#kind = kind;
    this.#tables = tablesOf(kind);
    this.#rules = rules;
  }

  /** The row of a key, made where it is new. */
  row(key: string): ProfileRow {
    const found = this.#tables.byKey.get(this.#connection, { key });
    const fold = foldOf(this.#kind, key);
    if (found !== undefined) {
      // Written under older rules.
      if (found.fold !== fold) this.#tables.refold.run(this.#connection, { pk: found.pk, fold });
      return found;
    }
    const id = derivedId(this.#connection, this.#kind === 'topic' ? 't' : 'e', [key]);
    this.#tables.create.run(this.#connection, { id, key, name: key, fold });
    const created = this.#tables.byKey.get(this.#connection, { key });
    if (created === undefined) throw new Error(`The ${this.#kind} that was just written is not there.`);
    return created;
  }

  /** Keys that may count as another now that this key came or went, or says other things of itself. */
  near(key: string, links: readonly Link[]): string[] {
    const fold = foldOf(this.#kind, key);
    const alike = fold === '' ? [] : this.#keys(this.#tables.sameFold.all(this.#connection, { fold }));
    const short = numeronymOf(key);
    const called = links.flatMap(([kind, value]) => (kind === 'called' || kind === 'role' ? [value] : []));
    const shortForIt = this.#keys(this.#tables.withForm.all(this.#connection, { kind: 'same', value: key }));
    return [key, ...alike, ...(short === null ? [] : [short]), ...called, ...shortForIt];
  }

  /** Keys that may count as another now that something else was decided of this key. */
  around(key: string): string[] {
    const links = this.#tables.links.all(this.#connection, { key });
    return this.near(
      key,
      links.map(({ kind, value }) => [kind, value]),
    );
  }

  /**
   * Say anew what these keys count as, with all that count as the same.
   * @returns keys of the profiles that lost or won one, those that are none any more included
   */
  regroup(keys: Iterable<string>): Set<string> {
    const changed = new Set<string>();
    const affected = new Set<string>();
    // Whether two that are not the same would meet depends on both.
    for (const key of [...keys].flatMap((one) => [one, ...(this.#rules.apart.get(one) ?? [])])) {
      const row = this.#tables.byKey.get(this.#connection, { key });
      affected.add(key);
      if (row === undefined) continue;
      for (const member of this.#tables.members.all(this.#connection, { key: row.headKey ?? key }))
        affected.add(member.key);
    }
    for (const key of affected) {
      const row = this.#tables.byKey.get(this.#connection, { key });
      if (row === undefined) continue;
      const end = this.#end(key);
      const head = end === key || row.said === 0 ? null : end;
      if (head === row.headKey) continue;
      if (head !== null) this.row(head);
      this.#tables.setHead.run(this.#connection, { pk: row.pk, head });
      if (head !== null) {
        this.#tables.silence.run(this.#connection, { pk: row.pk });
        if (this.#kind === 'topic') askForVector(this.#connection, row.pk, null);
      }
      for (const touched of [row.headKey ?? key, head ?? key]) changed.add(touched);
    }
    for (const key of affected) this.#tables.removeSilent.run(this.#connection, { key });
    for (const key of changed) this.#tables.removeSilent.run(this.#connection, { key });
    return changed;
  }

  #end(key: string): string {
    return this.#follow(key, (at) => (this.#wouldMeet(at) ? null : this.#countsAs(at)));
  }

  #follow(key: string, countsAs: (at: string) => string | null): string {
    let at = key;
    for (let i = 0; i < longestChain; i++) {
      const next = countsAs(at);
      if (next === null || next === key) return at;
      at = next;
    }
    return at;
  }

  /** Of two that a person said are not the same and that would end as one, each stands alone. */
  #wouldMeet(key: string): boolean {
    const others = this.#rules.apart.get(key);
    if (others === undefined || others.size === 0) return false;
    const end = this.#follow(key, (at) => this.#countsAs(at));
    return [...others].some((other) => this.#follow(other, (at) => this.#countsAs(at)) === end);
  }

  #countsAs(key: string): string | null {
    const said = this.#rules.into.get(key);
    if (said !== undefined) return said === key ? null : said;
    if (this.#rules.targets.has(key) || this.#rules.made.has(key)) return null;
    return this.#found(key);
  }

  /** What its form and the conversations say it counts as. Every step but that of a role goes to a longer key, so none closes a ring. */
  #found(key: string): string | null {
    const connection = this.#connection;
    const tables = this.#tables;
    const open = (keys: readonly string[]): string[] =>
      keys.filter((other) => other !== key && this.#rules.into.get(other) !== other && !this.#rules.made.has(other));
    const [shortFor] = open(this.#keys(tables.shortFor.all(connection, { key })));
    if (shortFor !== undefined && shortFor.length > key.length) return shortFor;
    const numeronym = numeronymIn(key);
    if (numeronym !== null) {
      const { first, last, length } = numeronym;
      const words = open(this.#keys(tables.between.all(connection, { first, pattern: `${first}*${last}`, length })));
      if (words.length === 1) return words[0] ?? null;
    }
    const fold = foldOf(this.#kind, key);
    const [longest] =
      fold === '' ? [] : open(this.#keys(tables.sameFold.all(connection, { fold })).concat(key)).slice(0, 1);
    if (longest !== undefined && (longest.length > key.length || (longest.length === key.length && longest < key)))
      return longest;
    if (this.#kind === 'topic') return null;
    const called = open(this.#keys(tables.withForm.all(connection, { kind: 'called', value: key })));
    if (called.length === 1 && (called[0]?.length ?? 0) > key.length) return called[0] ?? null;
    const role = open(this.#keys(tables.withForm.all(connection, { kind: 'role', value: key })));
    return role.length === 1 ? (role[0] ?? null) : null;
  }

  #keys(rows: readonly { key: string }[]): string[] {
    return rows.map(({ key }) => key);
  }
}
