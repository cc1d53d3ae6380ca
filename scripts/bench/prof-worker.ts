import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const s = new Session();
s.connect();
await s.post('Profiler.enable');
await s.post('Profiler.setSamplingInterval', { interval: 500 });
await s.post('Profiler.start');
process.on('SIGTERM', async () => {
  const { profile } = await s.post('Profiler.stop');
  writeFileSync('/tmp/worker.cpuprofile', JSON.stringify(profile));
  process.exit(0);
});
await import('./proxy-worker');
