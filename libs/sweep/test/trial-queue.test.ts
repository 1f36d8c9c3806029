import { describe, expect, it } from 'vitest';
import {
  openTrial,
  redisConnection,
  requireToken,
  sealTrial,
  withoutPassword,
} from '../src/distributed/trial-queue.ts';
import { job } from './support/fixtures.ts';

const token = '0123456789abcdef';
const { sweep, number, parameters, settings, engine, device } = job(3, { 'model.head_units': 8 });
const trial = {
  job: {
    sweep,
    number,
    parameters,
    settings,
    engine,
    device,
    fingerprint: 'f',
    test: false,
    weightsSha256: 'w',
  },
  asks: false,
  tracker: 'http://127.0.0.1:7077',
};

describe('a trial in the queue', () => {
  it('is read as it was sealed', () => {
    expect(openTrial(sealTrial(trial, token), token)).toEqual(trial);
  });

  it('is refused where it was sealed with another token or changed since', () => {
    const sealed = sealTrial(trial, token);
    expect(() => openTrial(sealed, `${token}x`)).toThrow(/sealed with another token: THAW_TOKEN/);
    const changed = { ...sealed, body: sealed.body.replace('127.0.0.1', '10.6.6.6') };
    expect(() => openTrial(changed, token)).toThrow(/sealed with another token/);
    expect(() => openTrial({ ...sealed, seal: '' }, token)).toThrow(/sealed with another token/);
  });

  it('names a sweep, not a path', () => {
    const bad = { ...trial, job: { ...trial.job, sweep: '../../etc' } };
    expect(() => openTrial(sealTrial(bad, token), token)).toThrow(/from another version/);
  });
});

describe('what a queue needs', () => {
  it('is a token of some length', () => {
    expect(requireToken(token)).toBe(token);
    expect(() => requireToken('short')).toThrow(/^THAW_TOKEN: found 5 characters; allowed: a secret of 16/);
  });

  it('is the address of a Redis, shown without its password', () => {
    expect(redisConnection('redis://:p@h:1')).toMatchObject({ url: 'redis://:p@h:1' });
    expect(() => redisConnection('http://h')).toThrow(/^queue: found "http:\/\/h"; allowed/);
    expect(() => redisConnection('localhost')).toThrow(/^queue: found/);
    expect(withoutPassword('redis://:p@h:1')).toBe('redis://h:1');
  });
});
