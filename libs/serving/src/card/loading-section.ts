import { symmetriesOf } from '@thaw/data/browser';
import type { CardFacts } from './card-facts.ts';
import { javascriptCode } from './javascript-code.ts';
import { pythonCode } from './python-code.ts';

const fitWords = {
  stretch: 'the\naspect ratio is not kept',
  crop: 'of the\nlargest part in the middle that is a square',
  pad: 'with black\naround it that makes it a square',
} as const;

const viewWords = {
  horizontal_flip: 'as it is and mirrored',
  flips: 'as it is, mirrored, upside down, and both',
  dihedral: 'as it is, mirrored, upside down, and both, and all of these turned by a quarter',
} as const;

/** How to load and call the model in Python and JavaScript, with what its input must be. */
export function loadingSection({ preprocessing }: Pick<CardFacts, 'preprocessing'>): string {
  const { input, resize, normalize, depth, test_time_augmentation: views, tensorflow_js } = preprocessing;
  const batch = input.batch ?? 'batch';
  const { divisor, offset } = normalize;
  const shift = `${offset < 0 ? '-' : '+'} ${Math.abs(offset)}`;
  const isPlain = divisor === 1 && offset === 0;
  const values = isPlain ? 'values 0 to 255' : `x / ${divisor} ${shift}`;
  const pillow = resize.interpolation.toUpperCase();
  const deep = depth
    ? ` Values of more than eight bits are scaled so that ${depth.low} to ${depth.high} become 0 to 255 (of 16-bit colour Pillow reads the high byte alone).`
    : '';
  const means = views
    ? ` Both files say what the network makes of one view: \`predict\`, the programs below and every figure here take the mean of the probabilities of ${symmetriesOf[views].length} views of an image, ${viewWords[views]}, which takes ${symmetriesOf[views].length} times as long.`
    : '';
  return `## How to use it

Input \`${input.name}\`: float32 [${batch}, ${input.height}, ${input.width}, 3], RGB, ${values}, resized to ${input.width} x ${input.height} with Pillow's ${pillow} (${fitWords[resize.resize ?? 'stretch']}).${deep} Output \`probabilities\`: [${batch}, classes] in the order of \`labels.json\`. The ONNX file also gives
\`features\` [${batch}, channels] and${tensorflow_js ? ', where the backbone makes one,' : ''} \`feature_map\` [${batch}, height, width, channels].${means}

Each of these programs gives the figures of \`predict\`, to what processors round. Saved beside \`model.onnx\`:
\`python predict.py image.jpeg\` or \`node predict.mjs image.jpeg\`.

Python, with \`pip install onnxruntime pillow numpy\`:

\`\`\`python
${pythonCode(preprocessing)}
\`\`\`

JavaScript, with \`npm install onnxruntime-node sharp\`:

\`\`\`js
${javascriptCode(preprocessing)}
\`\`\`

${tensorflow_js ? headAlone : wholeModel(input)}`;
}

function wholeModel({ height, width }: CardFacts['preprocessing']['input']): string {
  return `In the browser or in Node with TensorFlow.js alone: \`const model = await tf.loadLayersModel('model.json')\`, then
\`model.predict(tf.tensor4d(x, [1, ${height}, ${width}, 3]))\`.`;
}

const headAlone = `TensorFlow.js cannot run this model, whose backbone is an ONNX file, nor can a page in the browser: have it computed
where ONNX Runtime is, such as by the server of the dashboard. \`model.json\` is the head alone, from \`features\` to probabilities.`;
