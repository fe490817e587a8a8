/** Secrets found in what came in, and what becomes of the next one. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { uuidv7 } from '@vivim/contract/random';
import { type SecretRule, secretRules } from '@vivim/contract/secrets';
import { type ReactNode, useState } from 'react';
import { api } from '../api/client.ts';
import { secretSettingsQuery, secretsQuery } from '../api/queries.ts';
import { SecretRow } from '../components/imports/secret-row.tsx';
import { Empty } from '../components/kit/empty.tsx';
import { LoadMore } from '../components/kit/load-more.tsx';
import { PageHeader } from '../components/kit/page-header.tsx';
import { Problem } from '../components/kit/problem.tsx';
import { Skeleton } from '../components/kit/skeleton.tsx';
import { strings } from '../strings.ts';

const words = strings.secrets;

function Rule() {
  const client = useQueryClient();
  const settings = useQuery(secretSettingsQuery);
  const set = useMutation({
    mutationFn: (rule: SecretRule) => api.setSecretSettings({ body: { rule }, idempotencyKey: uuidv7() }),
    onSuccess: () => client.invalidateQueries(),
  });
  const [asked, setAsked] = useState<SecretRule | null>(null);
  const error = settings.error ?? set.error;
  // What was clicked stands at once, and gives way to what the server says.
  const chosen = asked ?? settings.data?.rule;
  const choose = (rule: SecretRule) => {
    setAsked(rule);
    set.mutate(rule, { onSettled: () => setAsked(null) });
  };
  return (
    <section className="form">
      <fieldset className="choices" disabled={chosen === undefined}>
        <legend>{words.rule}</legend>
        {secretRules.map((rule) => (
          <label key={rule}>
            <input type="radio" name="rule" value={rule} checked={rule === chosen} onChange={() => choose(rule)} />
            <span>
              {words.rules[rule].name} <small>{words.rules[rule].text}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {error !== null && <Problem error={error} />}
    </section>
  );
}

export function SecretsPage(): ReactNode {
  const list = useInfiniteQuery(secretsQuery);
  const secrets = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHeader title={words.title} lead={words.lead} />
      <Rule />
      {list.isPending && <Skeleton shape="rows" count={4} />}
      {list.error !== null && <Problem error={list.error} retry={() => void list.refetch()} />}
      {list.isSuccess && secrets.length === 0 && <Empty icon="import" title={words.none} text={words.noneText} />}
      <ul className="stack secrets">
        {secrets.map((secret) => (
          <SecretRow key={secret.id} secret={secret} />
        ))}
      </ul>
      <LoadMore load={list.hasNextPage ? () => void list.fetchNextPage() : null} busy={list.isFetchingNextPage} />
    </>
  );
}
