#!/usr/bin/env bash
# h5wasm 0.10.3 (HDF5 2.0.0), Node: a data set that cannot be read has a value all the same, numbers that stand nowhere in the file.
#
# Guess: a data set compressed by LZF, h5py's own filter, which h5wasm has not built in, cannot be read, and `value` throws, as it
#        does for float16 and as h5py does where a filter is missing. If it did not throw, null or zeros would come.
# Seen:  `value` gives a Float32Array of the right length with what lay in memory: none of the 4,096 numbers need be one of the file.
#        The reason goes to standard error, "required filter 'lzf' is not registered", and to nobody who catches errors. The same
#        happens where a chunk is damaged, so a checksum (fletcher32) in the file does not help. It throws once
#        activate_throwing_error_handler() of the module has been called, which its README does not name.
#
# Who meets it: who reads weights or features in Node or in a page. The network that comes out has the right shapes, and answers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --retries 0 --disable-pip-version-check h5py==3.16.0 numpy==2.4.6
venv/bin/python - <<'PY'
import h5py
import numpy as np

values = np.repeat(np.arange(1, 65, dtype='float32'), 64).reshape(64, 64)
with h5py.File('weights.h5', 'w') as file:
    for name, how in (('plain', {}), ('gzip', {'compression': 'gzip'}), ('lzf', {'compression': 'lzf'})):
        file.create_dataset(name, data=values, chunks=(64, 64) if how else None, **how)
with h5py.File('weights.h5') as file:
    print('h5py:', *(f'{name} {np.array_equal(file[name][:], values)}' for name in file))
PY
npm init -y >/dev/null
npm install --silent --ignore-scripts h5wasm@0.10.3
cat > see.mjs <<'JS'
import { File, ready } from 'h5wasm/node';

const hdf5 = await ready;
const read = (name) => {
  const file = new File('weights.h5', 'r');
  try {
    const { value } = file.get(name);
    const right = value.filter((each, i) => each === 1 + Math.floor(i / 64)).length;
    return `${value.constructor.name} of ${value.length}, ${right === value.length ? 'all' : 'not all'} as written`;
  } catch (error) {
    return `throws, filter named: ${String(error.message ?? error).includes("required filter 'lzf' is not registered")}`;
  } finally {
    file.close();
  }
};
for (const name of ['plain', 'gzip', 'lzf']) console.log(`${name}: ${read(name)}`);
hdf5.activate_throwing_error_handler();
console.log(`lzf, after activate_throwing_error_handler(): ${read('lzf')}`);
JS
node see.mjs 2>errors.txt | tee seen.txt
grep -q "required filter 'lzf' is not registered" errors.txt && echo 'standard error names the filter' | tee -a seen.txt
if grep -q activate_throwing node_modules/h5wasm/README.md; then echo 'README names the handler'; else echo 'README does not name the handler'; fi | tee -a seen.txt
diff - seen.txt <<'TXT' || { echo 'h5wasm behaves in another way now'; exit 1; }
plain: Float32Array of 4096, all as written
gzip: Float32Array of 4096, all as written
lzf: Float32Array of 4096, not all as written
lzf, after activate_throwing_error_handler(): throws, filter named: true
standard error names the filter
README does not name the handler
TXT
echo 'as it was seen'
