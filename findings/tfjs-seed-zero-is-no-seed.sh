#!/usr/bin/env bash
# TensorFlow.js 4.22.0, Node: of the random functions that take a seed, some take 0 for none.
#
# Guess: seed 0 is a seed like 1, as in NumPy and Keras: the same call gives the same numbers, whichever function it is.
# Seen:  randomUniform, randomUniformInt and dropout repeat with seed 0. randomNormal, truncatedNormal, randomStandardNormal,
#        randomGamma and multinomial give other numbers at each call, and so do the initialisers made of them: glorotNormal,
#        heNormal, leCunNormal and truncatedNormal start elsewhere each time, glorotUniform and heUniform do not. With seed 1
#        all repeat. Nothing is said.
#
# Who meets it: who numbers repeated trainings from 0. The first of them cannot be repeated, the others can; and whether it can
# changes with the initialiser.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent --ignore-scripts @tensorflow/tfjs@4.22.0
cat > see.mjs <<'JS'
import * as tf from '@tensorflow/tfjs';
await tf.setBackend('cpu');

const float = 'float32';
const functions = {
  randomUniform: (seed) => tf.randomUniform([8], 0, 1, float, seed),
  randomUniformInt: (seed) => tf.randomUniformInt([8], 0, 1e6, seed),
  dropout: (seed) => tf.dropout(tf.ones([64]), 0.5, null, seed),
  randomNormal: (seed) => tf.randomNormal([8], 0, 1, float, seed),
  truncatedNormal: (seed) => tf.truncatedNormal([8], 0, 1, float, seed),
  randomStandardNormal: (seed) => tf.randomStandardNormal([8], float, seed),
  randomGamma: (seed) => tf.randomGamma([8], 2, 2, float, seed),
  multinomial: (seed) => tf.multinomial(tf.fill([16], 1 / 16), 64, seed, true),
};
for (const name of ['glorotUniform', 'heUniform', 'glorotNormal', 'heNormal', 'leCunNormal', 'truncatedNormal']) {
  functions[`initializers.${name}`] = (seed) => tf.initializers[name]({ seed }).apply([4, 4]);
}
for (const seed of [0, 1]) {
  const repeats = (draw) => String(draw(seed).dataSync()) === String(draw(seed).dataSync());
  const names = (kept) => Object.keys(functions).filter((name) => repeats(functions[name]) === kept).join(' ') || 'none';
  console.log(`seed ${seed} repeats: ${names(true)}`);
  console.log(`seed ${seed} does not: ${names(false)}`);
}
JS
node see.mjs 2>/dev/null | grep '^seed' | tee seen.txt
diff - seen.txt <<'TXT' || { echo 'TensorFlow.js behaves in another way now'; exit 1; }
seed 0 repeats: randomUniform randomUniformInt dropout initializers.glorotUniform initializers.heUniform
seed 0 does not: randomNormal truncatedNormal randomStandardNormal randomGamma multinomial initializers.glorotNormal initializers.heNormal initializers.leCunNormal initializers.truncatedNormal
seed 1 repeats: randomUniform randomUniformInt dropout randomNormal truncatedNormal randomStandardNormal randomGamma multinomial initializers.glorotUniform initializers.heUniform initializers.glorotNormal initializers.heNormal initializers.leCunNormal initializers.truncatedNormal
seed 1 does not: none
TXT
echo 'as it was seen'
