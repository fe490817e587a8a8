/** What is known of a topic or an entity, by kind, each statement with the messages it stands on. */
import type { Claim } from '@vivim/contract/profile';
import { number } from '../../count.ts';
import { day } from '../../format.ts';
import { strings } from '../../strings.ts';
import { MessageLink } from '../reader/message-link.tsx';

const kinds = [
  'decision',
  'open_question',
  'preference',
  'fact',
  'highlight',
] as const satisfies readonly Claim['kind'][];

function Statement({ claim }: { claim: Claim }) {
  return (
    <li className="claim">
      <p dir="auto">{claim.text}</p>
      <p className="meta">
        {claim.evidence.map((one, index) => (
          <MessageLink
            key={one.acuId}
            conversationId={one.conversationId}
            messageId={one.messageId}
            className="evidence"
          >
            {strings.profiles.evidence(number(index + 1))}
            {one.at !== null && `, ${day(one.at)}`}
          </MessageLink>
        ))}
      </p>
    </li>
  );
}

export function Claims({ claims }: { claims: readonly Claim[] }) {
  if (claims.length === 0) return <p className="note">{strings.profiles.claimsNone}</p>;
  return kinds.map((kind) => {
    const ofKind = claims.filter((claim) => claim.kind === kind);
    if (ofKind.length === 0) return null;
    let place = 0;
    return (
      <section key={kind}>
        <h2>{strings.profiles.kinds[kind]}</h2>
        <ul className="claims">
          {ofKind.map((claim) => {
            place += 1;
            return <Statement key={place} claim={claim} />;
          })}
        </ul>
      </section>
    );
  });
}
