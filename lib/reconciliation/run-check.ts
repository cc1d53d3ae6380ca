import { withoutUrl } from '@/lib/chain/chain-error';
import { log } from '@/lib/log';
import { ageFindings } from './age-findings';
import type { Check, CheckContext, CheckResult, Finding } from './finding';
import { noteMended } from './note-mended';
import type { CheckOutcome, CheckState } from './schema';

/** Makes one check. One that fails is told of in its outcome and does not keep the others from being made. */
export async function runCheck(check: Check, context: CheckContext): Promise<{ outcome: CheckOutcome; findings: Finding[] }> {
  const began = performance.now();
  const result = await make(check, context).catch((error: unknown) => {
    log.error({ check: check.name, err: withoutUrl(error) }, 'a reconciliation check could not be made');
    return { failed: withoutUrl(error).message };
  });
  const findings = 'findings' in result ? result.findings : [];
  const ms = Math.round(performance.now() - began);
  const differences = findings.filter(({ severity }) => severity === 'difference').length;
  return { outcome: { check: check.name, ...outcomeOf(result), findings: findings.length, differences, ms }, findings };
}

async function make(check: Check, context: CheckContext): Promise<CheckResult> {
  const result = await check.run(context);
  if ('off' in result) return result;
  const aged = await ageFindings(context.db, check.name, result.findings);
  return { ...result, findings: await noteMended(context.db, check.name, aged) };
}

function outcomeOf(result: CheckResult | { failed: string }): { state: CheckState; said: string } {
  if ('failed' in result) return { state: 'failed', said: result.failed };
  if ('off' in result) return { state: 'off', said: result.off };
  return { state: stateOf(result.findings), said: result.compared };
}

function stateOf(findings: Finding[]): CheckState {
  if (findings.some(({ severity }) => severity === 'difference')) return 'differs';
  return findings.length > 0 ? 'in_flight' : 'ok';
}
