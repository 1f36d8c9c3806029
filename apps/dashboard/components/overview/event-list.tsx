import { Group, Stack, Text } from '@mantine/core';
import type { Event } from '../../api/operations/overview.ts';
import { minuteText } from '../../shape/minute-text.ts';
import { subjectPath } from '../../shape/subject-path.ts';
import { TextLink } from '../shell/text-link.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { StateBadge } from '../states/state-badge.tsx';

/** What happened last, a line each. */
export function EventList({ events }: { events: readonly Event[] }) {
  return (
    <ScrollRegion label="What happened last" height={320}>
      <Stack gap="sm" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {events.map((event) => (
          <Group key={`${event.what} ${event.id}`} component="li" gap="xs">
            <StateBadge state={event.state} />
            <Text size="sm">
              {event.what} <TextLink href={subjectPath(event)}>{event.name}</TextLink>
            </Text>
            <Text size="xs" c="dimmed" ml="auto">
              {minuteText(event.at)}
            </Text>
          </Group>
        ))}
      </Stack>
    </ScrollRegion>
  );
}
