/** What the report of an arrival says of services for models that came with it. Pure. */
import type { ArchivedSpace } from '@vivim/contract/archive';
import type { ArrivalNote } from './arrival-shape.ts';

/** Services come along, consent does not: the report says what to agree to again. */
export function servicesArrived({ modelServices: services = [] }: ArchivedSpace): ArrivalNote[] {
  if (services.length === 0) return [];
  const words = { embed: 'vectors', memories: 'memories' } as const;
  const said = services.map(({ name, key, agreedFor }) => {
    const uses = agreedFor.map((purpose) => words[purpose]).join(' and ');
    return `${name}${uses === '' ? '' : ` (for ${uses})`}${key === null ? ', without a key' : ''}`;
  });
  return [
    {
      code: 'model_services_arrived',
      path: 'space.json',
      detail: `Services for models came along, and nothing may go to them before you agree here: ${said.join('; ')}.`,
    },
  ];
}
