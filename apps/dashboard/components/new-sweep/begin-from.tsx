import { NativeSelect } from '@mantine/core';
import { firstText } from '../../shape/new-sweep/first-text.ts';
import { offerUndo } from '../states/offer-undo.tsx';

interface Props {
  experiments: readonly { readonly file: string; readonly yaml: string }[];
  text: string;
  setText: (text: string) => void;
}

const mine = 'as it stands below';
const short = 'a short one, with every default';

/** Takes the text of a file, or the short one, in place of what stands there; what somebody has written comes back with Undo. */
export function BeginFrom({ experiments, text, setText }: Props) {
  const offered = [{ file: short, yaml: firstText }, ...experiments];
  const chosen = offered.find(({ yaml }) => yaml === text)?.file ?? mine;
  const begin = (file: string) => {
    const next = offered.find((each) => each.file === file);
    if (!next) return;
    setText(next.yaml);
    if (chosen === mine) offerUndo(`It begins from ${file}`, () => Promise.resolve(setText(text)));
  };
  return (
    <NativeSelect
      label="Begin from"
      description="An experiment file of this folder; it stays as it is"
      maw={420}
      mb="lg"
      value={chosen}
      onChange={(event) => begin(event.currentTarget.value)}
      data={[...(chosen === mine ? [mine] : []), ...offered.map(({ file }) => file)]}
    />
  );
}
