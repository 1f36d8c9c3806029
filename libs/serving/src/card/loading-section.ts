import type { CardFacts } from './card-facts.ts';
import { inputWords, viewsWords } from './input-words.ts';
import { javascriptCode } from './javascript-code.ts';
import { pythonCode } from './python-code.ts';

/** How to load and call the model in Python and JavaScript, with what its input must be. */
export function loadingSection({ preprocessing }: Pick<CardFacts, 'preprocessing'>): string {
  const { input, tensorflow_js } = preprocessing;
  const batch = input.batch ?? 'batch';
  const views = viewsWords(preprocessing);
  const means = views
    ? ` Both files say what the network makes of one view: \`predict\`, the programs below and every figure here take ${views}.`
    : '';
  return `## How to use it

Input \`${input.name}\`: ${inputWords(preprocessing)} Output \`probabilities\`: [${batch}, classes] in the order of \`labels.json\`. The ONNX file also gives
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
