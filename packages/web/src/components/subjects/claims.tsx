/** What is known of a topic or an entity, by kind, each statement with the messages it stands on. */
import type { Claim } from '@vivim/contract/profile';
import { withoutEmphasis } from '../../pieces.ts';
import { strings } from '../../strings.ts';
import { Sources } from './source-link.tsx';

const kinds = [
  'decision',
  'open_question',
  'preference',
  'fact',
  'highlight',
] as const satisfies readonly Claim['kind'][];

export function Claims({ claims }: { claims: readonly Claim[] }) {
  if (claims.length === 0) return <p className="note">{strings.profiles.claimsNone}</p>;
  return kinds.map((kind) => {
    const ofKind = claims.filter((claim) => claim.kind === kind);
    if (ofKind.length === 0) return null;
    return (
      <section key={kind} className={`claims-of ${kind}`}>
        <h2>{strings.profiles.kinds[kind]}</h2>
        <ul className="claims">
          {ofKind.map((claim) => (
            <li key={claim.evidence[0]?.acuId} className="claim">
              <p dir="auto">
                {withoutEmphasis(claim.text)} <Sources evidence={claim.evidence} />
              </p>
            </li>
          ))}
        </ul>
      </section>
    );
  });
}
