import { examine } from './lib/doctor-checks';

const marks = { ok: '✓', note: '·', missing: '✗' };
const findings = await examine(process.env);
for (const { level, what, why } of findings) {
  console.log(`${marks[level]} ${what}`);
  if (level !== 'ok') console.log(`    why it matters: ${why}`);
}
const missing = findings.filter(({ level }) => level === 'missing').length;
console.log(missing === 0 ? '\nAll that is required is here.' : `\n${missing} required ${missing === 1 ? 'thing is' : 'things are'} missing.`);
process.exit(missing === 0 ? 0 : 1);
