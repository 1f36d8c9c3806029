import { describe, expect, it } from 'vitest';
import { answerOf } from '../server/predict/answer.ts';
import { parseRequest } from '../server/predict/parse-request.ts';
import { predictPath } from '../server/predict/predict-path.ts';
import type { VersionRecord } from '@thaw/tracking';

const shape = [1, 2, 3];
const json = (value: unknown) => parseRequest('application/json', Buffer.from(JSON.stringify(value)), shape);
const text = (body: string) => parseRequest('application/json', Buffer.from(body), shape);
const deep = '['.repeat(200_000) + ']'.repeat(200_000);
const openInput = '{"name":"x","shape":[1,1,2,3],"datatype":"FP32",';
const prepared = [
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
];
const version = { name: 'cells', version: 2, classes: ['a', 'b'] } as unknown as VersionRecord;
const rows = [Float32Array.of(0.25, 0.75)];

describe('a request for a prediction', () => {
  it('is an address of a model with predict or explain', () => {
    expect(predictPath('/api/v1/models/cells%40champion/predict?x=1')).toEqual({
      model: 'cells@champion',
      action: 'predict',
    });
    expect(predictPath('/api/v1/models/cells/explain')).toEqual({ model: 'cells', action: 'explain' });
    for (const other of [
      '/api/v1/models/cells',
      '/api/v1/models/a/b/predict',
      '/models/%/predict',
      '/api/v1/models/%/predict',
    ]) {
      expect(predictPath(other)).toBeNull();
    }
  });

  it('is multipart with files in the field image', async () => {
    const form = new FormData();
    form.append('image', new Blob(['one']), 'one.png');
    form.append('image', new Blob(['two']), 'two.png');
    const response = new Response(form);
    const body = Buffer.from(await response.arrayBuffer());
    const { images, inputs } = await parseRequest(response.headers.get('content-type')!, body, shape);
    expect(images.map(({ file, bytes }) => [file, bytes.toString()])).toEqual([
      ['one.png', 'one'],
      ['two.png', 'two'],
    ]);
    expect(inputs).toBeNull();
  });

  it("is TensorFlow Serving's instances, of images or of numbers, and answered so", async () => {
    const images = await json({ instances: [{ b64: Buffer.from('one').toString('base64') }] });
    expect(images.images[0]!.bytes.toString()).toBe('one');
    const numbers = await json({ instances: [prepared] });
    expect(numbers.inputs).toEqual({ shape: [1, 1, 2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect(answerOf(numbers, version, rows)).toEqual({ predictions: [[0.25, 0.75]] });
  });

  it("is Open Inference's inputs, of bytes or of numbers flat or nested, and answered so", async () => {
    for (const data of [[1, 2, 3, 4, 5, 6], [prepared]]) {
      const request = await json({
        id: 'x',
        inputs: [{ name: 'input_layer', shape: [1, 1, 2, 3], datatype: 'FP32', data }],
      });
      expect(request.inputs!.data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
      expect(answerOf(request, version, rows)).toEqual({
        model_name: 'cells',
        model_version: '2',
        id: 'x',
        outputs: [{ name: 'probabilities', shape: [1, 2], datatype: 'FP32', data: [0.25, 0.75] }],
      });
    }
    const bytes = await json({
      inputs: [
        { name: 'image', shape: [1], datatype: 'BYTES', data: [Buffer.from('one').toString('base64')] },
      ],
    });
    expect(bytes.images[0]!.bytes.toString()).toBe('one');
  });

  it.each([
    [
      'text',
      () => parseRequest('text/plain', Buffer.from('x'), shape),
      415,
      'found text/plain; allowed: multipart',
    ],
    ['no JSON', () => parseRequest('application/json', Buffer.from('{'), shape), 400, 'not JSON'],
    ['another document', () => json({ images: [] }), 400, "neither TensorFlow Serving's"],
    ['no instances', () => json({ instances: [] }), 400, 'instances'],
    ['too few numbers', () => json({ instances: [[1, 2]] }), 422, '2 numbers; [1, 1, 2, 3] takes 6'],
    ['too many numbers', () => json({ instances: [[1, 2, 3, 4, 5, 6, 7]] }), 422, '7 numbers'],
    ['words for numbers', () => json({ instances: [[1, 'two']] }), 422, 'found "two"; allowed: numbers'],
    ['numbers beyond float32', () => json({ instances: [[1e300]] }), 422, 'allowed: numbers'],
    ['deep nesting', () => json({ instances: [[[[[[1]]]]]] }), 422, 'allowed: numbers'],
    ['instances deeper than any stack', () => text(`{"instances":${deep}}`), 422, 'found a list deeper'],
    [
      'data deeper than any stack',
      () => text(`{"inputs":[${openInput}"data":${deep}}]}`),
      422,
      'found a list deeper',
    ],
    ['depth alone', () => text(deep), 400, 'the body is neither'],
    [
      'another shape',
      () => json({ inputs: [{ name: 'x', shape: [1, 4], datatype: 'FP32', data: [1] }] }),
      422,
      'allowed: [batch, 1, 2, 3]',
    ],
    [
      'too many images',
      () => json({ instances: Array.from({ length: 33 }, () => ({ b64: '' })) }),
      413,
      'at most 32',
    ],
    [
      'no file',
      () => parseRequest('multipart/form-data; boundary=x', Buffer.from('--x--\r\n'), shape),
      400,
      'field "image"',
    ],
    [
      'a broken form',
      () => parseRequest('multipart/form-data', Buffer.from('x'), shape),
      400,
      'cannot be read',
    ],
  ])('is refused when it is %s', async (_, ask, status, message) => {
    await expect(ask()).rejects.toMatchObject({
      status,
      message: expect.stringContaining(message) as string,
    });
  });
});
