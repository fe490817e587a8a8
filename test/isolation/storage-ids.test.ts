/** Where a space lies follows from nothing anybody knows: a DID that comes to two servers gets two places. */
import { expect, it } from 'vitest';
import { useGateway } from '../kit/gateway.ts';
import { describeMasters } from '../kit/masters.ts';
import { newIdentity } from '../kit/proofs.ts';
import { signIn } from '../kit/sign-in.ts';

describeMasters('the id of a space', (kind) => {
  const here = useGateway(kind);
  const there = useGateway(kind);

  it('is another for the same DID on another server, and holds nothing of the DID', async () => {
    const [alice, bob] = [newIdentity(), newIdentity('P-256', 'jwk')];
    for (const identity of [alice, bob])
      for (const gateway of [here(), there()]) await signIn(gateway, identity, { purpose: 'register' });
    const ids = [...here().spaces, ...there().spaces];
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
