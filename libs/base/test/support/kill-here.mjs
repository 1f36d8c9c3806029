// Loaded before a program that a test kills: see kill-at.ts.
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { call, path } = JSON.parse(process.env['THAW_KILL_AT']);
const original = fs[call];
fs[call] = (...args) => {
  // Of two names the second is the one that a file gets.
  const name = typeof args[1] === 'string' && call === 'rename' ? args[1] : String(args[0]);
  if (new RegExp(path).test(name)) process.kill(process.pid, 'SIGKILL');
  return original(...args);
};
syncBuiltinESMExports();
