import { List } from '@mantine/core';
import { TextLink } from '../shell/text-link.tsx';

/** Leads to the images of the first run, with what each of the others says of them. */
export function ComparedImages({ runs, names }: { runs: readonly string[]; names: readonly string[] }) {
  const [first, ...others] = runs.map(encodeURIComponent);
  return (
    <List size="sm">
      {others.map((other, i) => (
        <List.Item key={other}>
          <TextLink href={`/runs/${first}/images?with=${other}`}>
            {names[0]} and {names[i + 1]}, image by image
          </TextLink>
        </List.Item>
      ))}
    </List>
  );
}
