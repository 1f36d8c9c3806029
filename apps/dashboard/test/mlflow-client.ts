import { spawn, type ChildProcess } from 'node:child_process';
import { request, type Agent } from 'node:http';
import { join } from 'node:path';
import { programArguments } from '@thaw/base/testing';

/** A server of MLflow's API alone, in a process of its own. */
export async function startServer(runsDir: string): Promise<{ child: ChildProcess; port: number }> {
  const program = programArguments(join(import.meta.dirname, 'mlflow-server.ts'));
  const child = spawn(process.execPath, [...program, runsDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((done) =>
    child.stdout.once('data', (text: Buffer) => done(Number(String(text)))),
  );
  return { child, port };
}

/** The body of an answer. Rejects where the server ends before it has answered. */
export function post(port: number, agent: Agent, call: string, fields: object): Promise<unknown> {
  return new Promise((done, fail) => {
    const body = JSON.stringify(fields);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const path = `/api/2.0/mlflow/${call}`;
    const asked = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => done(JSON.parse(text)));
      response.on('error', fail);
    });
    asked.on('error', fail);
    asked.end(body);
  });
}
