import { jsonText } from '@thaw/base';
import { expect, it } from 'vitest';
import { labelled } from '../api/labelled.ts';

it('probabilities stand in the order of the model, whatever classes are called', () => {
  const answer = labelled(Float32Array.of(0.25, 0.75, 0), ['10', '2', 'cat']);
  expect(answer.classes).toEqual(['10', '2', 'cat']);
  expect(jsonText(answer)).toBe(
    '{"label":"2","classes":["10","2","cat"],"probabilities":{"10":0.25,"2":0.75,"cat":0}}',
  );
});
