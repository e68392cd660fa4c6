#!/usr/bin/env node
import { homedir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { VERSION } from '../version.ts';
import { run } from './run.ts';

// Whoever reads the output may stop early, as head does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await run(process.argv.slice(2), {
  stdin: () => buffer(process.stdin),
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
  version: VERSION,
  now: Date.now,
  colour: process.stdout.isTTY && process.stdout.hasColors(),
  readCluster: async (query) => {
    // Whoever injects files pays for no client of a cluster.
    const { readCluster } = await import('../check/read-cluster.ts');
    const { serverOf } = await import('../config.ts');
    const listed = (process.env.KUBECONFIG ?? '').split(path.delimiter).filter(Boolean);
    const usual = path.join(homedir(), '.kube', 'config');
    return readCluster(query, { listed, usual, server: serverOf(process.env) }, Date.now());
  },
});
