import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { readBody } from '../server/read-body.ts';

const asked = () => new IncomingMessage(new Socket());

it('ends for a client that has gone before anybody read its body, as while a model is opened', async () => {
  const request = asked();
  request.push('half of');
  request.destroy();
  await expect(readBody(request, 100)).rejects.toThrow('the client went away');
});

it('ends for a client that goes in the middle of its body', async () => {
  const request = asked();
  const body = readBody(request, 100);
  request.push('half of');
  request.destroy();
  await expect(body).rejects.toThrow('the client went away');
});

it('gives a whole body', async () => {
  const request = asked();
  const body = readBody(request, 100);
  request.push('all of it');
  request.push(null);
  expect((await body).toString()).toBe('all of it');
});
