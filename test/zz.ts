import { startTestServer } from './kit/server.ts';
import { signUp } from './kit/people.ts';
import { Pool } from 'undici';
import { time, p50p95 } from './bench/measure.ts';
const server = await startTestServer({ env: { VIVIM_LOG: 'warn', ...(process.argv[2]==='prof'?{NODE_OPTIONS:'--cpu-prof --cpu-prof-dir=/tmp/work/lead/gprof'}:{}) } });
const person = await signUp(server.url);
const pool = new Pool(server.url); const N=1500;
for (const path of ['/v1/health','/v1/me','/v1/space','/v1/topics']) {
const proofs = await Promise.all(Array.from({ length: N + 5 }, () => person.authorize('GET', server.url+path)));
const t = await time(N, async () => { const { body, statusCode } = await pool.request({ method: 'GET', path, headers: proofs.pop() ?? {} }); await body.dump(); if(statusCode!==200) throw new Error(String(statusCode)); });
console.log(path, p50p95(t)); }
await pool.close(); await server.stop();
