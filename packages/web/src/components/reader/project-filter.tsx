/** A choice among the person's projects; nothing where there is none. */
import { useQuery } from '@tanstack/react-query';
import { projectsQuery } from '../../api/queries.ts';
import { strings } from '../../strings.ts';

interface Props {
  value: string | undefined;
  onChange: (project: string | undefined) => void;
}

export function ProjectFilter({ value, onChange }: Props) {
  const projects = useQuery(projectsQuery).data?.items ?? [];
  if (projects.length === 0) return null;
  return (
    <label className="filter">
      <span>{strings.memories.filterProject}</span>
      <select
        aria-label={strings.memories.filterProject}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      >
        <option value="">{strings.projects.any}</option>
        {projects.map(({ id, name, externalId }) => (
          <option key={id} value={id}>
            {name ?? externalId}
          </option>
        ))}
      </select>
    </label>
  );
}
