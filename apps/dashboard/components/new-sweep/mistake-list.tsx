import { Box, Button, Code, List, Text } from '@mantine/core';
import { counted } from '@thaw/base/browser';
import type { ExperimentCheck } from '../../client/use-experiment-check.ts';
import { Words } from '../states/words.tsx';
import { mistakesId } from './yaml-editor.tsx';

interface Props {
  /** Undefined until it was checked once. */
  check: ExperimentCheck | undefined;
  /** Why it cannot be checked. */
  problem: string | null;
  /** Puts the cursor to a place of the text. */
  goTo: (line: number, column: number | null) => void;
}

/** What is wrong with a text, each with a way to its line; or what it would run, and what to know about that. */
export function MistakeList({ check, problem, goTo }: Props) {
  const mistakes = check?.mistakes ?? [];
  return (
    <Box id={mistakesId} role="status" my="sm" mih={48} style={{ overflowWrap: 'anywhere' }}>
      {problem !== null && <Text size="sm">It cannot be checked now: {problem}</Text>}
      {check === undefined && problem === null && <Text size="sm">Being checked …</Text>}
      {mistakes.length > 0 && (
        <>
          <Text size="sm" fw={600} mb={4}>
            {counted(mistakes.length, 'mistake')}
          </Text>
          <List size="sm" spacing={4} listStyleType="none">
            {mistakes.map(({ line, column, path, message, remedy }) => (
              <List.Item key={`${line} ${path} ${message}`}>
                {line !== null && (
                  <Button size="compact-xs" variant="default" mr={6} onClick={() => goTo(line, column)}>
                    Line {line}
                  </Button>
                )}
                {path !== '' && <Code mr={6}>{path}</Code>}
                {message}
                {remedy !== null && ` ${remedy}`}
              </List.Item>
            ))}
          </List>
        </>
      )}
      {check?.experiment && <Checked experiment={check.experiment} />}
    </Box>
  );
}

function Checked({ experiment }: { experiment: NonNullable<ExperimentCheck['experiment']> }) {
  const { trials, method, metric, swept, notes } = experiment;
  const number = trials === null ? 'Trials without end' : counted(trials, 'trial');
  const varied =
    swept.length === 0 ? 'nothing varies' : `${swept.join(', ')} ${swept.length === 1 ? 'varies' : 'vary'}`;
  return (
    <>
      <Text size="sm">
        <b>{number}</b>, {method} search, {metric.goal} {metric.name}; {varied}.
      </Text>
      {notes.map((note) => (
        <Text key={note} size="sm" mt={4}>
          <Words text={note} />
        </Text>
      ))}
    </>
  );
}
