import { Input } from '@mantine/core';
import { useMemo, type Ref } from 'react';
import type { MistakeDocument } from '../../api/operations/experiments.ts';
import { mistakesByLine } from '../../shape/new-sweep/place-mistakes.ts';
import classes from './new-sweep.module.css';

interface Props {
  ref: Ref<HTMLTextAreaElement>;
  text: string;
  setText: (text: string) => void;
  mistakes: readonly MistakeDocument[];
}

/** The field's, for links to it. */
export const textId = 'experiment-yaml';
/** Where what is wrong is told. */
export const mistakesId = 'experiment-mistakes';
/** In pixels: of a line, and above the first. */
const [lineHeight, above] = [20, 8];

/** The experiment as text, with its lines' numbers; what is wrong in a line stands behind it. Tab leaves it, as any other field. */
export function YamlEditor({ ref, text, setText, mistakes }: Props) {
  const lines = useMemo(() => text.split('\n'), [text]);
  const wrong = useMemo(() => mistakesByLine(mistakes), [mistakes]);
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  return (
    <>
      <Input.Label htmlFor={textId}>The experiment file (YAML)</Input.Label>
      <div className={classes['editor']}>
        <div className={classes['numbers']} aria-hidden>
          {lines.map((_, i) => (
            <div key={i} data-wrong={wrong.has(i + 1) || undefined}>
              {i + 1}
            </div>
          ))}
        </div>
        <div
          className={classes['lines']}
          style={{ width: `calc(${longest + 2}ch + 16px)`, minWidth: '100%' }}
        >
          {[...wrong].map(([line, messages]) => (
            <div
              key={line}
              className={classes['wrong']}
              style={{ top: above + (line - 1) * lineHeight }}
              aria-hidden
            >
              <span style={{ marginLeft: `${(lines[line - 1]?.length ?? 0) + 2}ch` }}>
                {messages.join('; ')}
              </span>
            </div>
          ))}
          <textarea
            ref={ref}
            id={textId}
            className={classes['text']}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            rows={lines.length}
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            aria-invalid={mistakes.length > 0}
            aria-describedby={mistakesId}
          />
        </div>
      </div>
    </>
  );
}
