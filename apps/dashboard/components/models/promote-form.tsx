'use client';

import { Alert, Button, List, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { listModels, promoteRun } from '../../api/operations/models.ts';
import { listSweeps } from '../../api/operations/sweeps.ts';
import { fetchApi } from '../../client/fetch-api.ts';
import { useApi } from '../../client/use-api.ts';
import { usePromotions } from '../../client/use-promotions.ts';
import { TextLink } from '../shell/text-link.tsx';
import { JobProgress } from '../jobs/job-progress.tsx';
import { versionPath } from './version-path.ts';

/** What is promoted. */
export type Source = { readonly run: string } | { readonly sweep: string };

/** Asks for the model's name and an alias, promotes, and shows what to know about the choice. */
export function PromoteForm({ source }: { source: Source | null }) {
  const queries = useQueryClient();
  const [sweep, setSweep] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [alias, setAlias] = useState('');
  const closed = useClosed();
  const chosen = source ?? (sweep === null ? null : { sweep });
  const promotion = useMutation({
    mutationFn: (from: Source) =>
      fetchApi(promoteRun, {
        params: { model: name.trim() },
        body: { ...from, ...(alias.trim() !== '' && { alias: alias.trim() }) },
      }),
    onSuccess: ({ name, version }) => {
      if (closed.current) notifications.show({ message: `${name}:${version} was promoted` });
      return queries.invalidateQueries({ queryKey: [listModels.id] });
    },
    onError: ({ message }) => {
      if (closed.current) notifications.show({ color: 'red', title: 'Not promoted', message });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) promotion.mutate(chosen);
  };
  if (promotion.data) return <Promoted promoted={promotion.data} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {source ? (
          <Text size="sm">{sourceText(source)}</Text>
        ) : (
          <SweepSelect value={sweep} onChange={setSweep} />
        )}
        <TextInput
          label="Model"
          // Where the form begins: what is promoted is known, or is chosen first.
          data-autofocus={source !== null || undefined}
          description="Becomes the next version of this model; lower-case letters, digits and hyphens"
          required
          readOnly={promotion.isPending}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Alias"
          description="Optional; points at the new version, such as champion"
          readOnly={promotion.isPending}
          value={alias}
          onChange={(event) => setAlias(event.currentTarget.value)}
        />
        <Button type="submit" loading={promotion.isPending} disabled={!chosen}>
          Promote
        </Button>
        {promotion.isPending && <Following model={name.trim()} />}
        {promotion.isError && (
          <Alert color="red" title="Not promoted">
            {promotion.error.message}
          </Alert>
        )}
      </Stack>
    </form>
  );
}

/** Whether the form is gone, for what ends later. */
function useClosed() {
  const closed = useRef(false);
  useEffect(() => {
    closed.current = false;
    return () => {
      closed.current = true;
    };
  }, []);
  return closed;
}

function Following({ model }: { model: string }) {
  const step = usePromotions({ expected: true }).find((each) => each.model === model);
  return <JobProgress {...(step ?? { phase: 'beginning', done: null, total: null })} />;
}

function SweepSelect({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (sweep: string | null) => void;
}) {
  const { data } = useApi(listSweeps);
  return (
    <Select
      label="Sweep"
      description="Its best run by its own metric is promoted; for another run open that run's page"
      required
      // Choosing it again keeps it.
      allowDeselect={false}
      searchable
      data={data?.sweeps.filter(({ best }) => best !== null).map(({ id }) => id) ?? []}
      value={value}
      onChange={onChange}
    />
  );
}

function Promoted({
  promoted: { name, version, run, aliases, notes },
}: {
  promoted: { name: string; version: number; run: string; aliases: string[]; notes: string[] };
}) {
  return (
    <Stack gap="sm" role="status">
      <Text>
        <TextLink href={versionPath(name, version)}>
          {name}:{version}
        </TextLink>
        {aliases.map((alias) => ` = ${name}@${alias}`).join('')} is run {run}.
      </Text>
      <List size="sm">
        {notes.map((note) => (
          <List.Item key={note}>{note}</List.Item>
        ))}
      </List>
    </Stack>
  );
}

function sourceText(source: Source): string {
  return 'run' in source
    ? `Run ${source.run}`
    : `The best run of sweep ${source.sweep} by the sweep's own metric`;
}
