'use client';

import { SimpleGrid, Text } from '@mantine/core';
import { getOverview } from '../../api/operations/overview.ts';
import { listSweeps } from '../../api/operations/sweeps.ts';
import { useApi } from '../../client/use-api.ts';
import { NoSweeps } from '../sweeps/no-sweeps.tsx';
import { NewSweepButton } from '../steering/new-sweep-button.tsx';
import { SweepTable } from '../sweeps/sweep-table.tsx';
import { TextLink } from '../shell/text-link.tsx';
import { Fetched } from '../states/fetched.tsx';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { Waiting } from '../states/waiting.tsx';
import { AttentionList } from './attention-list.tsx';
import { EventList } from './event-list.tsx';

const mostSweeps = 8;
const aPage = '100vh';

/** The page to begin with: what needs attention, what the sweeps came to, and what happened last. */
export function Overview() {
  const sweeps = useApi(listSweeps, {}, { refetchInterval: 5000 });
  const overview = useApi(getOverview, {}, { refetchInterval: 5000 });
  return (
    <>
      <PageTitle>Overview</PageTitle>
      {sweeps.isPending ? (
        <Waiting room={aPage} />
      ) : (
        <Fetched result={overview} room={aPage}>
          {({ attention, events }) => (
            <>
              {events.length === 0 && attention.length === 0 && <NoSweeps />}
              <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" verticalSpacing={0}>
                {attention.length > 0 && (
                  <Section title="Needs attention">
                    <AttentionList attention={attention} />
                  </Section>
                )}
                {events.length > 0 && (
                  <Section title="What happened last">
                    <EventList events={events} />
                  </Section>
                )}
              </SimpleGrid>
              <Fetched result={sweeps}>
                {({ sweeps: all }) =>
                  all.length > 0 && (
                    <Section
                      title="The best of each sweep"
                      note="A circle is validation, a diamond test accuracy, from 0 to 100 %."
                    >
                      <NewSweepButton />
                      <SweepTable sweeps={all.slice(0, mostSweeps)} />
                      {all.length > mostSweeps && (
                        <Text size="sm" mt="xs">
                          <TextLink href="/sweeps">All {all.length.toLocaleString('en')} sweeps</TextLink>
                        </Text>
                      )}
                    </Section>
                  )
                }
              </Fetched>
            </>
          )}
        </Fetched>
      )}
    </>
  );
}
