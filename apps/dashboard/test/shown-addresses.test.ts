import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { shownAddresses } from '../server/shown-addresses.ts';

const address = (text: string, internal = false) =>
  ({ address: text, internal, family: text.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo;
const interfaces = {
  lo: [address('127.0.0.1', true), address('::1', true)],
  eth0: [address('192.0.2.7'), address('2001:db8::7'), address('fe80::1')],
  usb0: [address('169.254.3.4')],
};

it.each<[string, Record<string, NetworkInterfaceInfo[]>, string, string[]]>([
  ['127.0.0.1', interfaces, 'http://127.0.0.1:3000', []],
  ['192.0.2.7', interfaces, 'http://192.0.2.7:3000', []],
  ['::1', interfaces, 'http://[::1]:3000', []],
  ['0.0.0.0', interfaces, 'http://localhost:3000', ['http://192.0.2.7:3000']],
  ['::', interfaces, 'http://localhost:3000', ['http://192.0.2.7:3000']],
  ['::', { eth0: [address('2001:db8::7')] }, 'http://localhost:3000', ['http://[2001:db8::7]:3000']],
  ['0.0.0.0', { lo: interfaces.lo }, 'http://localhost:3000', []],
])('--host %s is opened at addresses that exist', (host, known, here, elsewhere) => {
  expect(shownAddresses(host, 3000, known)).toEqual({ here, elsewhere });
});
