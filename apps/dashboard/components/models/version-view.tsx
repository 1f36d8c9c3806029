'use client';

import { Button, Group, List, SimpleGrid } from '@mantine/core';
import Link from 'next/link';
import { getModelArchive, getModelCard, listModels, type ModelVersion } from '../../api/operations/models.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { useApi } from '../../client/use-api.ts';
import { TextLink } from '../shell/text-link.tsx';
import { DamagedRecords } from '../states/damaged-records.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Notice } from '../states/notice.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { Card } from './card.tsx';
import { ExportLinks } from './export-links.tsx';
import { Lineage } from './lineage.tsx';
import { VersionFilesTable } from './version-files-table.tsx';
import { tryPath } from './version-path.ts';

/** One version of a model: what to know about it, where it came from, its card and its files. */
export function VersionView({ model, version }: { model: string; version: number }) {
  const result = useApi(listModels);
  return (
    <>
      <PageTitle>
        {model}:{version}
      </PageTitle>
      <Fetched result={result}>
        {({ models, damaged }) => {
          const found = models
            .find(({ name }) => name === model)
            ?.versions.find((each) => each.version === version);
          return found ? (
            <Details model={model} version={found} />
          ) : (
            <>
              <DamagedRecords damaged={damaged} />
              <Notice title="There is no such version">
                All of them: <TextLink href="/models">models</TextLink>.
              </Notice>
            </>
          );
        }}
      </Fetched>
    </>
  );
}

function Details({ model, version }: { model: string; version: ModelVersion }) {
  const reference = `${model}:${version.version}`;
  const card = useApi(getModelCard, { params: { model: reference } });
  return (
    <>
      <Group mb="md" gap="xs">
        <Button size="xs" component={Link} href={tryPath(model, version.version)} prefetch={false}>
          Try it
        </Button>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={apiUrl(getModelArchive, { model: reference })}
          download
        >
          Download all files
        </Button>
      </Group>
      <Section title="What to know before relying on it">
        <List size="sm">
          {version.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      </Section>
      <SimpleGrid cols={{ base: 1, lg: 2 }} verticalSpacing={0}>
        <Section title="Lineage">
          <Lineage version={version} />
        </Section>
        <Section title="Files">
          <VersionFilesTable reference={reference} />
        </Section>
        <Section title="For other programs">
          <ExportLinks reference={reference} backbone={version.backbone} />
        </Section>
      </SimpleGrid>
      <Section title="Model card">
        <Fetched result={card}>{({ markdown }) => <Card markdown={markdown} />}</Fetched>
      </Section>
    </>
  );
}
