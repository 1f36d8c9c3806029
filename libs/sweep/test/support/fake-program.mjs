// A stand-in for a program of the user's own: what it does is named by its argument --act.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const argument = (name) =>
  process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
const report = (value) => console.log(`thaw val_accuracy=${value} train_loss=nan`);
const forEver = () => setInterval(() => undefined, 1000);
const http = (body) => fetch(process.env.THAW_LOG_URL, { method: 'POST', body: JSON.stringify(body) });

const acts = {
  finish: () => report(0.5),
  ask: () => {
    report(process.env.THAW_TRIAL);
    setTimeout(() => undefined, 300);
  },
  kill: () => process.kill(process.pid, 'SIGKILL'),
  exit: () => process.exit(3),
  wait: forEver,
  reports: async () => {
    for (let i = 0; i < 20; i++) {
      await http({ val_accuracy: 0.5 });
      await sleep(200);
    }
  },
  draws: async () => {
    for (let i = 0; i < 20; i++) {
      process.stderr.write(`\r${i} %`);
      await sleep(200);
    }
    report(0.5);
  },
  hang: () => {
    process.on('SIGTERM', () => undefined);
    forEver();
  },
  throw: () => {
    report(0.5);
    throw new Error('the data are gone');
  },
  silent: () => undefined,
  other: () => console.log('thaw step=1 val_acuracy=0.5'),
  nan: () => report('nan'),
  broken: () => {
    console.log('epoch 1');
    console.log('thaw val_accuracy=0.5%');
    forEver();
  },
  back: () => {
    console.log('thaw step=2 val_accuracy=0.5\nthaw step=1 val_accuracy=0.6');
    forEver();
  },
  rubbish: () => {
    process.stdout.write(Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 256)));
    console.log('\nthaw step=0 val_accuracy=0.25');
    process.stdout.write('10 %\r50 %\r100 %\n');
    process.stdout.write('thaw step=1 val_accuracy=.5');
  },
  http: async () => {
    const kept = await http({ step: 7, 'val accuracy, %': 50, val_accuracy: 0.5 });
    const refused = await http({ val_accuracy: 'high' });
    console.log(`${kept.status} ${refused.status} ${await refused.text()}`);
  },
  predict: () => {
    const table = (name, rows) => writeFileSync(join(process.env.THAW_OUTPUT_DIR, name), rows.join('\n'));
    table('predictions-validation.csv', ['file,label,group,A,B', '1.png,A,a,0.75,0.25', '2.png,B,a,0.5,0.5']);
    table('predictions-test.jsonl', [
      '{"file":"3.png","label":"B","group":"b","probabilities":{"B":1,"A":0}}',
      '{"file":"4.png","label":"A","group":"c","probabilities":{"A":0.9,"B":0.1}}',
    ]);
    report(0.25);
  },
  environment: () => {
    console.log(process.env.THAW_PARAMETERS, process.argv.slice(2).join(' '));
    writeFileSync(join(process.env.THAW_CHECKPOINT_DIR, 'state'), '1');
    report(1);
  },
};
await acts[argument('act')]();
