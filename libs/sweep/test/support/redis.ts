import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Whether a real Redis can be started here; says on standard error that `file` did not run where none can. */
export function hasRedis(file: string): boolean {
  const found = spawnSync('redis-server', ['--version']).status === 0;
  if (!found) {
    process.stderr.write(
      `${file} did not run: there is no redis-server here (Debian: apt-get install redis-server)\n`,
    );
  }
  return found;
}

/** A Redis of the test's own on a loopback port; nothing of it is kept but in `folder`. */
export function startRedis(port: number, folder: string, ...more: readonly string[]): ChildProcess {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...more];
  return spawn('redis-server', options, { stdio: 'ignore' });
}

/** Once something listens on the port. */
export async function untilOpen(port: number): Promise<void> {
  while (!(await isOpen(port))) await sleep(20);
}

/** A loopback port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const opened = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return opened;
}

/** The process, which does not outlive its test, however that ends. */
export function untilTested(child: ChildProcess): ChildProcess {
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** A certificate for 127.0.0.1 that an authority of its own has signed, as files in `folder`; null without openssl. */
export function makeCertificates(
  folder: string,
): { authority: string; certificate: string; key: string } | null {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder }).status === 0;
  const [subject, days] = [
    ['-subj', '/CN=test'],
    ['-days', '2'],
  ];
  const made =
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      ...subject,
      ...days,
    ) &&
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'redis.key', '-out', 'redis.csr', ...subject);
  if (!made) return null;
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1');
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', ...days];
  if (!openssl('x509', '-req', '-in', 'redis.csr', '-out', 'redis.pem', ...signing)) return null;
  return { authority: at('ca.pem'), certificate: at('redis.pem'), key: at('redis.key') };
}
