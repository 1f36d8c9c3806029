#!/usr/bin/env bash
# typescript 7.0.2 (the native tsc), Linux x64: of one and the same input, a different part is written each time.
#
# Guess: a file that is imported by a relative path from a file that is written is written, too, whoever else imports it by a
#        package's name, as in TypeScript 5.9.3: 201 files here, every time.
# Seen:  main.ts imports a package of the same repository by its name (a link in node_modules) and one of its files by a
#        relative path; that file imports the next, and so on, 200 files in a chain. TypeScript 5.9.3 writes 201 files each
#        time. TypeScript 7.0.2 on two cores writes another number nearly each time, 2 to 201 in 48 runs and all 201 in a
#        quarter of them, says nothing and ends with 0. With --singleThreaded it is 201, and the list of --listFilesOnly is the
#        same each time. What is missing breaks the program that was written: files in it import files that are not there. It
#        looks as if a file that is met by the package's name first were taken for somebody else's, and who comes first is a race.
#
# Who meets it: a repository of several packages that emits with tsc and here and there imports past a package's name, as tests
# and benchmarks do. The build is green; the package that is published lacks files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir -p 5 7 lib/src app node_modules
for version in 5.9.3 7.0.2; do
  (cd "${version%%.*}" && npm init -y >/dev/null && npm install --no-audit --no-fund --silent "typescript@$version")
done
ln -s ../lib node_modules/lib
echo '{"name":"root","private":true,"type":"module"}' > package.json
echo '{"name":"lib","version":"1.0.0","type":"module","exports":{".":"./src/index.ts"}}' > lib/package.json
cat > tsconfig.json <<'JSON'
{
  "compilerOptions": { "target": "es2022", "module": "nodenext", "strict": true, "types": [], "rootDir": ".", "outDir": "out" },
  "files": ["app/main.ts"]
}
JSON
echo 'export const v0: number = 0;' > lib/src/m0.ts
for i in $(seq 199); do
  echo "import { v$((i - 1)) } from './m$((i - 1)).js'; export const v$i: number = v$((i - 1)) + 1;" > "lib/src/m$i.ts"
done
for i in $(seq 0 199); do echo "export { v$i } from './m$i.js';"; done > lib/src/index.ts
cat > app/main.ts <<'TS'
import { v0 } from 'lib';
import { v199 } from '../lib/src/m199.js';
export const sum: number = v0 + v199;
TS

# How many files each of some runs writes, the status being 0.
written() {
  for _ in $(seq "$2"); do
    rm -rf out
    "$1/node_modules/.bin/tsc" -p . "${@:3}" || exit 1
    find out -name '*.js' | wc -l
  done
}
listed() { for _ in 1 2 3; do 7/node_modules/.bin/tsc -p . --listFilesOnly | sort | md5sum; done | sort -u | wc -l; }

old=$(written 5 3 | sort -u | xargs)
new=$(written 7 12 | xargs)
echo "TypeScript 5.9.3 wrote: $old"
echo "TypeScript 7.0.2 wrote: $new"
echo "with --singleThreaded: $(written 7 2 --singleThreaded | sort -u | xargs), different lists of files: $(listed)"
fewest=$(tr ' ' '\n' <<< "$new" | sort -n | head -1)
kinds=$(tr ' ' '\n' <<< "$new" | sort -u | wc -l)
if [ "$old" != 201 ] || [ "$fewest" -ge 201 ] || [ "$kinds" -lt 2 ]; then
  echo 'TypeScript behaves in another way now'
  exit 1
fi
echo 'as it was seen'
